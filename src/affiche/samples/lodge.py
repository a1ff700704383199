# SPDX-License-Identifier: Apache-2.0
"""A timber lodge with lit windows and a jetty, drawn as vector shapes in light from the right."""

import skia

Tone = tuple[float, float, float]

_TIMBER_SHADE: Tone = (0.20, 0.15, 0.125)
_TIMBER_LIT: Tone = (0.47, 0.31, 0.20)
_SLATE_SHADE: Tone = (0.10, 0.105, 0.12)
_SLATE_LIT: Tone = (0.235, 0.21, 0.215)
_FRAME: Tone = (0.13, 0.09, 0.07)
_LAMP: Tone = (1.0, 0.78, 0.40)
_GABLE = ((18, -58, 36, 46), (70, -58, 36, 46), (48, -112, 28, 24))
_SIDE = ((146, -52, 30, 34), (200, -52, 30, 34))


def draw_lodge(pen: skia.Canvas, x: float, y: float, scale: float) -> None:
    """Draw it with the left foot of its gable at (x, y); it is 124 + 144 units of ``scale`` px wide and 172 high."""
    pen.save()
    pen.translate(x, y)
    pen.scale(scale, scale)
    _shape(pen, [(124, 2), (124, -72), (268, -72), (268, 2)], _TIMBER_LIT, (0.30, 0.20, 0.14))
    for log in range(1, 9):
        _box(pen, 124, -72 + log * 8, 144, 1.4, (0.26, 0.17, 0.11))
    _shape(pen, [(0, 2), (0, -70), (62, -140), (124, -70), (124, 2)], _TIMBER_SHADE, (0.14, 0.11, 0.10))
    for log in range(1, 9):
        _box(pen, 0, -72 + log * 8, 124, 1.2, (0.12, 0.09, 0.075))
    for left, top, wide, high in (*_GABLE, *_SIDE):
        _window(pen, left, top, wide, high)
    # The eaves throw a shadow on the wall that the sun reaches.
    _shape(pen, [(124, -72), (268, -72), (268, -64), (130, -60)], (0.17, 0.12, 0.09))
    _box(pen, 198, -176, 20, 44, (0.24, 0.20, 0.19))
    _box(pen, 211, -176, 7, 44, (0.42, 0.31, 0.25))
    _shape(pen, [(62, -150), (206, -150), (286, -62), (140, -62)], _SLATE_LIT, (0.33, 0.27, 0.255))
    _shape(pen, [(-16, -60), (60, -150), (68, -150), (140, -62), (132, -58), (62, -139), (-8, -55)], _SLATE_SHADE)
    _box(pen, -44, -5, 336, 8, (0.24, 0.19, 0.16))
    for post in range(8):
        _box(pen, -42 + post * 46, -22, 2.6, 18, (0.20, 0.16, 0.13))
    _box(pen, -44, -23, 168, 2.4, (0.27, 0.21, 0.17))
    _box(pen, -200, -2, 160, 4.5, (0.26, 0.215, 0.19))
    for post in range(5):
        _box(pen, -196 + post * 38, -2, 4, 11, (0.13, 0.11, 0.10))
    pen.restore()


def _window(pen: skia.Canvas, left: float, top: float, wide: float, high: float) -> None:
    _box(pen, left - 2.5, top - 2.5, wide + 5, high + 5, _FRAME)
    pane = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
    _shape(pen, pane, (0.93, 0.62, 0.27), _LAMP)
    _box(pen, left + wide / 2 - 1.2, top, 2.4, high, _FRAME)
    _box(pen, left, top + high * 0.42, wide, 1.8, _FRAME)


def _box(pen: skia.Canvas, left: float, top: float, width: float, height: float, tone: Tone) -> None:
    pen.drawRect(
        skia.Rect.MakeXYWH(left, top, width, height), skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*tone, 1))
    )


def _shape(pen: skia.Canvas, corners: list[tuple[float, float]], tone: Tone, foot: Tone | None = None) -> None:
    """A polygon in ``tone``, turning to ``foot`` towards its lower edge."""
    paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*tone, 1))
    if foot is not None:
        rows = [y for _, y in corners]
        ends = [skia.Point(0, min(rows)), skia.Point(0, max(rows))]
        colours = [skia.Color4f(*tone, 1).toColor(), skia.Color4f(*foot, 1).toColor()]
        paint.setShader(skia.GradientShader.MakeLinear(ends, colours))
    pen.drawPath(skia.Path.Polygon([skia.Point(x, y) for x, y in corners], True), paint)
