# SPDX-License-Identifier: Apache-2.0
"""A sample photo with a person in it: a painted portrait in window light, which belongs to nobody."""

from typing import Final

import numpy as np
import skia
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import fractal
from affiche.samples.film import develop

Tone = tuple[float, float, float]

_COMPUTED: Final = 1500
_SKIN: Final = (0.86, 0.62, 0.49)
_SHADE: Final = (0.55, 0.31, 0.23)
_HAIR: Final = (0.15, 0.085, 0.06)
_DRESS: Final = (0.13, 0.33, 0.36)


def portrait(width: int, height: int) -> NDArray[np.uint8]:
    """The picture, (height, width, 3) RGB; the face is right of the middle, its eyes on the upper third."""
    size = width, height
    if width > _COMPUTED:
        width, height = _COMPUTED, round(_COMPUTED * height / width)
    room = _room(width, height)
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
    pen = surface.getCanvas()
    pen.scale(width / 1500, width / 1500)
    pen.translate(950, 430)
    _draw_hair_behind(pen)
    _draw_shoulders(pen)
    _draw_head(pen)
    _draw_features(pen)
    _draw_hair_before(pen)
    surface.flushAndSubmit()
    sitter = pixels.astype(np.float32) / 255
    alpha = cv2.GaussianBlur(sitter[..., 3:], (0, 0), 0.8 * width / 1500)[..., None]
    colour = (sitter[..., :3] / np.maximum(sitter[..., 3:], 1e-3)) ** 2.2
    weave = fractal(91, height, width, height / 7, width / 7, 3)[..., None]
    picture = room + alpha * (colour * (1 + 0.05 * weave) * _window_light(width, height) - room)
    return develop(picture, size, seed=23, exposure=1.25, glow=0.14)


def _room(width: int, height: int) -> NDArray[np.float32]:
    """A plain wall out of focus, bright on the side of the window."""
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    light = 0.16 + 0.62 * np.exp(-(((x - 0.12) / 0.50) ** 2) - ((y - 0.30) / 0.75) ** 2)
    light = light * (
        1 + 0.07 * cv2.resize(fractal(90, 64, 96, 5, 6, 3), (width, height), interpolation=cv2.INTER_CUBIC)
    )
    return np.asarray(light[..., None] * np.array([0.84, 0.76, 0.66], np.float32), np.float32)


def _window_light(width: int, height: int) -> NDArray[np.float32]:
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    return np.asarray(
        (1.25 - 0.62 * np.clip((x - 0.52) / 0.28, 0, 1)) + np.zeros((height, 1, 1), np.float32), np.float32
    )


def _paint(tone: Tone, soft: float = 0.0, opacity: float = 1.0) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*tone, opacity))
    if soft > 0:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, soft))
    return paint


def _curve(*points: tuple[float, float]) -> skia.Path:
    """A closed smooth curve through the middles of the sides of a polygon."""
    path = skia.Path()
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, points[1:] + points[:1], strict=True)]
    path.moveTo(*middles[-1])
    for corner, middle in zip(points, middles, strict=True):
        path.quadTo(*corner, *middle)
    path.close()
    return path


def _head() -> skia.Path:
    return _curve(
        (-150, -230),
        (0, -262),
        (150, -230),
        (178, -60),
        (166, 70),
        (120, 190),
        (50, 258),
        (-50, 258),
        (-120, 190),
        (-166, 70),
        (-178, -60),
    )


def _draw_hair_behind(pen: skia.Canvas) -> None:
    locks = _curve(
        (-215, -250), (0, -350), (215, -250), (262, 40), (240, 330), (150, 420), (-150, 420), (-240, 330), (-262, 40)
    )
    pen.drawPath(locks, _paint(_HAIR))


def _draw_shoulders(pen: skia.Canvas) -> None:
    neck = _curve((-92, 120), (92, 120), (100, 330), (200, 480), (-200, 480), (-100, 330))
    pen.drawPath(neck, _paint((0.72, 0.47, 0.36)))
    pen.drawPath(_curve((-90, 190), (95, 190), (100, 300), (20, 318), (-80, 262)), _paint(_SHADE, 22, 0.75))
    dress = _curve(
        (-120, 372), (0, 470), (120, 372), (330, 430), (470, 640), (470, 900), (-470, 900), (-470, 640), (-330, 430)
    )
    pen.drawPath(dress, _paint(_DRESS))
    pen.save()
    pen.clipPath(dress, True)
    pen.drawPath(
        _curve((120, 380), (480, 420), (520, 900), (200, 900), (160, 600)), _paint((0.05, 0.15, 0.18), 60, 0.8)
    )
    for fold in (-250, -120, 40):
        pen.drawPath(
            _curve((fold, 450), (fold + 26, 450), (fold + 70, 900), (fold - 20, 900)),
            _paint((0.06, 0.19, 0.22), 16, 0.55),
        )
    pen.restore()


def _draw_head(pen: skia.Canvas) -> None:
    head = _head()
    pen.drawPath(head, _paint(_SKIN))
    pen.save()
    pen.clipPath(head, True)
    pen.drawPath(_curve((70, -270), (240, -270), (240, 280), (20, 300), (96, 120)), _paint(_SHADE, 46, 0.62))
    pen.drawPath(_curve((-140, -250), (140, -250), (150, -180), (-150, -180)), _paint(_SHADE, 26, 0.45))
    pen.drawOval(skia.Rect.MakeLTRB(-150, 20, -40, 120), _paint((0.92, 0.50, 0.42), 30, 0.35))
    pen.drawOval(skia.Rect.MakeLTRB(52, 20, 150, 120), _paint((0.80, 0.38, 0.30), 30, 0.30))
    pen.drawOval(skia.Rect.MakeLTRB(-136, -20, -40, 50), _paint((0.98, 0.80, 0.68), 24, 0.6))
    pen.drawOval(skia.Rect.MakeLTRB(-70, -190, 40, -110), _paint((0.97, 0.78, 0.66), 28, 0.5))
    pen.drawOval(skia.Rect.MakeLTRB(-40, 196, 34, 240), _paint((0.96, 0.75, 0.63), 16, 0.5))
    pen.restore()


def _draw_features(pen: skia.Canvas) -> None:
    for side in (-1, 1):
        _draw_eye(pen, side * 76.0, -38.0, side)
    pen.drawPath(_curve((-14, -60), (10, -60), (26, 60), (34, 84), (-4, 92), (8, 40)), _paint(_SHADE, 11, 0.60))
    pen.drawPath(_curve((-26, -50), (-6, -50), (-2, 70), (-20, 74)), _paint((0.99, 0.82, 0.70), 9, 0.75))
    pen.drawPath(_curve((-38, 78), (0, 96), (38, 78), (30, 104), (-30, 104)), _paint(_SHADE, 7, 0.62))
    for side in (-1, 1):
        pen.drawOval(skia.Rect.MakeXYWH(side * 21 - 10, 84, 20, 10), _paint((0.30, 0.13, 0.10), 3, 0.85))
    pen.drawPath(
        _curve((-70, 150), (-18, 134), (0, 141), (18, 134), (70, 150), (0, 160)), _paint((0.60, 0.19, 0.18), 2)
    )
    pen.drawPath(_curve((-68, 151), (0, 158), (68, 151), (34, 182), (-34, 182)), _paint((0.74, 0.29, 0.26), 2))
    pen.drawPath(_curve((-66, 149), (0, 155), (66, 149), (0, 161)), _paint((0.28, 0.07, 0.07), 2.5, 0.9))
    pen.drawOval(skia.Rect.MakeLTRB(-26, 164, 8, 174), _paint((0.95, 0.62, 0.56), 5, 0.7))
    pen.drawOval(skia.Rect.MakeLTRB(-40, 184, 40, 204), _paint(_SHADE, 9, 0.55))


def _draw_eye(pen: skia.Canvas, x: float, y: float, side: int) -> None:
    pen.save()
    pen.translate(x, y)
    pen.drawOval(skia.Rect.MakeLTRB(-62, -38, 62, 26), _paint(_SHADE, 15, 0.62))
    almond = _curve((-62, 6), (-22, -30), (24, -30), (62, 2), (24, 24), (-22, 24))
    pen.drawPath(almond, _paint((0.93, 0.90, 0.87), 1))
    pen.save()
    pen.clipPath(almond, True)
    pen.drawCircle(0, -3, 22, _paint((0.22, 0.20, 0.12), 1.5))
    pen.drawCircle(0, -3, 20, _paint((0.33, 0.30, 0.17), 2))
    pen.drawCircle(0, -3, 10, _paint((0.03, 0.02, 0.02), 1))
    pen.drawOval(skia.Rect.MakeLTRB(-60, -36, 60, -13), _paint((0.16, 0.08, 0.06), 6, 0.75))
    pen.restore()
    pen.drawCircle(-8, -10, 4.6, _paint((1, 1, 1), 1))
    lash = _curve((-54, 2), (-22, -26), (24, -26), (58, -4), (24, -17), (-22, -17))
    pen.drawPath(lash, _paint((0.09, 0.05, 0.04), 2))
    pen.drawPath(_curve((-46, 12), (0, 24), (48, 9), (0, 19)), _paint((0.30, 0.15, 0.11), 3, 0.7))
    inner, outer = -side * 56.0, side * 66.0
    brow = _curve((inner, -60), (0, -80), (outer, -58), (outer * 0.9, -50), (0, -66), (inner, -44))
    pen.drawPath(brow, _paint((0.17, 0.09, 0.06), 4, 0.92))
    pen.restore()


def _draw_hair_before(pen: skia.Canvas) -> None:
    left = _curve(
        (10, -330),
        (-170, -300),
        (-240, -90),
        (-236, 140),
        (-214, 330),
        (-168, 120),
        (-172, -60),
        (-110, -190),
        (20, -246),
    )
    right = _curve(
        (-10, -330), (170, -300), (240, -90), (240, 140), (206, 320), (170, 120), (176, -60), (130, -180), (-10, -246)
    )
    for lock in (left, right):
        pen.drawPath(lock, _paint(_HAIR, 1.5))
    pen.save()
    pen.clipPath(left, True)
    ends = [skia.Point(0, -330), skia.Point(0, 190)]
    fade = skia.GradientShader.MakeLinear(ends, [skia.ColorSetARGB(84, 118, 74, 48), skia.ColorSetARGB(0, 118, 74, 48)])
    for strand in range(9):
        shift = strand * 13.0
        gleam = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=5)
        gleam.setShader(fade)
        gleam.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 4))
        path = skia.Path()
        path.moveTo(0 - shift, -318 + shift * 0.5)
        path.cubicTo(-150 - shift * 0.6, -270, -190 - shift * 0.5, -100, -200 - shift * 0.4, 460)
        pen.drawPath(path, gleam)
    pen.restore()
