# SPDX-License-Identifier: Apache-2.0
"""The layers of a composition on a Skia canvas that records vectors."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import skia

from affiche.creative.composition import (
    Composition,
    FillLayer,
    LogoLayer,
    PhotoLayer,
    Role,
    ScrimLayer,
    Shadow,
    TextLayer,
)
from affiche.images.blending import Blend
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache
from affiche.paint.emblem import logo_film
from affiche.paint.glyphs import argb, font_of, typeface_of
from affiche.paint.outlines import PixelBox, silhouette, snapped
from affiche.paint.pdf.lettering import Lettering, Piece
from affiche.paint.photo import cover
from affiche.paint.scrim import smootherstep
from affiche.paint.shadow import shadow_mask
from affiche.typography.faces import FontFace
from affiche.vision.logo import Logo

_PHOTO_QUALITY: Final = 90
# From this many photo px per canvas px on, the photo is kept at 2 px per canvas px: 192 to the inch.
_DENSE_FROM: Final = 1.5
_MAX_LOGO_DENSITY: Final = 4
# Straight lines between so many samples of a smootherstep are nowhere further than 0.1 % from it.
_STOPS: Final = 33
_BLENDS: Final = {Blend.MULTIPLY: skia.BlendMode.kMultiply, Blend.SCREEN: skia.BlendMode.kScreen}
_SMOOTH: Final = skia.SamplingOptions(skia.FilterMode.kLinear)


def draw_page(canvas: skia.Canvas, composition: Composition, photo: PhotoPyramid, logo: Logo) -> list[Piece]:
    """Draw all layers from back to front, in canvas px. Returns the pieces of text in the order in which they were
    drawn, each by one command."""
    bounds = PixelBox(0, 0, composition.format.width, composition.format.height)
    cache = PaintCache()
    lettering = Lettering()
    pieces: list[Piece] = []
    for layer in composition.layers:
        match layer:
            case PhotoLayer():
                _draw_photo(canvas, layer, bounds, photo)
            case FillLayer():
                _draw_fill(canvas, layer, bounds, cache)
            case ScrimLayer():
                _draw_scrim(canvas, layer, bounds)
            case LogoLayer():
                _draw_logo(canvas, layer, logo)
            case TextLayer():
                pieces += _draw_text(canvas, layer, lettering)
    return pieces


def _draw_photo(canvas: skia.Canvas, layer: PhotoLayer, bounds: PixelBox, photo: PhotoPyramid) -> None:
    """The photo as a JPEG file, which Skia embeds as it is."""
    box = snapped(layer.box)
    shown = box.clipped(bounds)
    if shown.is_empty:
        return
    density = 2 if layer.blur <= 0 and layer.source.width >= _DENSE_FROM * layer.box.width else 1
    picture = cover(layer, _enlarged(box, density), _enlarged(bounds, density), photo)
    image = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(encode(picture, ImageFormat.JPEG, _PHOTO_QUALITY)))
    canvas.save()
    canvas.clipPath(silhouette(layer.outline, box), doAntiAlias=True)
    canvas.drawImageRect(image, _rect(shown), _SMOOTH)
    canvas.restore()


def _draw_fill(canvas: skia.Canvas, layer: FillLayer, bounds: PixelBox, cache: PaintCache) -> None:
    box = snapped(layer.box)
    if layer.shadow is not None:
        _draw_shadow(canvas, layer, layer.shadow, bounds, cache)
    if layer.opacity > 0:
        paint = skia.Paint(AntiAlias=True, Color=argb(layer.colour, layer.opacity))
        canvas.drawPath(silhouette(layer.outline, box), paint)


def _draw_shadow(canvas: skia.Canvas, layer: FillLayer, shadow: Shadow, bounds: PixelBox, cache: PaintCache) -> None:
    """The raster's own shadow: PDF has no blur."""
    whole, mask = shadow_mask(layer, shadow, snapped(layer.box), cache)
    seen = whole.clipped(bounds)
    if seen.is_empty or shadow.opacity <= 0:
        return
    pixels = np.empty((seen.height, seen.width, 4), np.uint8)
    pixels[..., :3] = shadow.colour
    pixels[..., 3] = cv2.convertScaleAbs(mask[seen.moved(-whole.x, -whole.y).slices], alpha=min(1.0, shadow.opacity))
    image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
    canvas.drawImageRect(image, _rect(seen), _SMOOTH)


def _draw_scrim(canvas: skia.Canvas, layer: ScrimLayer, bounds: PixelBox) -> None:
    box = snapped(layer.box).clipped(bounds)
    if box.is_empty or max(layer.opacities) <= 0:
        return
    near, far = layer.opacities
    paint = skia.Paint(Color=argb(layer.colour, far))
    if layer.start != layer.end:
        paint.setAlphaf(1.0)  # it would thin the gradient
        along = np.linspace(0, 1, _STOPS)
        opacities = near + (far - near) * smootherstep(along)
        paint.setShader(
            skia.GradientShader.MakeLinear(
                [skia.Point(*layer.start), skia.Point(*layer.end)],
                [argb(layer.colour, opacity) for opacity in opacities],
                along.tolist(),
            )
        )
    if layer.blend in _BLENDS:
        paint.setBlendMode(_BLENDS[layer.blend])
    canvas.drawRect(_rect(box), paint)


def _draw_logo(canvas: skia.Canvas, layer: LogoLayer, logo: Logo) -> None:
    box = snapped(layer.box)
    density = max(1, min(_MAX_LOGO_DENSITY, logo.pixels.shape[1] // box.width))
    film = logo_film(logo, density * box.width, density * box.height, layer.tint)
    image = skia.Image.fromarray(film, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    canvas.drawImageRect(image, _rect(box), _SMOOTH)


def _draw_text(canvas: skia.Canvas, layer: TextLayer, lettering: Lettering) -> list[Piece]:
    """Icons become outlines: the private characters of an icon font are nothing to read."""
    if layer.opacity <= 0:
        return []
    paint = skia.Paint(AntiAlias=True, Color=argb(layer.colour, layer.opacity))
    drawn: list[Piece] = []
    canvas.save()
    if layer.rotation:
        canvas.rotate(layer.rotation, *layer.box.centre)
    for line in layer.block.lines:
        canvas.save()
        canvas.translate(layer.box.x + line.x, layer.box.y + line.baseline)
        for run in line.runs:
            if layer.role is Role.ICON:
                _draw_outlines(canvas, run.face, run.size, zip(run.glyphs, run.xs, run.ys, strict=True), paint)
                continue
            text = lettering.set(run)
            seen = [piece for piece in text.pieces if not piece.is_blank]
            for piece in seen:
                _draw_piece(canvas, piece, paint)
            _draw_outlines(canvas, run.face, run.size, ((mark.glyph, mark.x, mark.y) for mark in text.marks), paint)
            drawn += seen
        canvas.restore()
    canvas.restore()
    return drawn


def _draw_piece(canvas: skia.Canvas, piece: Piece, paint: skia.Paint) -> None:
    font = font_of(piece.face, piece.size)
    if piece.copy:
        font = font.makeWithSize(piece.size)
        font.setTypeface(_copy(piece.face, piece.copy))
    builder = skia.TextBlobBuilder()
    places = [skia.Point(letter.x, letter.y) for letter in piece.letters]
    builder.allocRunPos(font, [letter.glyph for letter in piece.letters], places)
    canvas.drawTextBlob(builder.make(), 0, 0, paint)


@lru_cache(maxsize=256)
def _copy(face: FontFace, number: int) -> skia.Typeface:
    """The same typeface under another identity, so that Skia embeds it once more."""
    return typeface_of(face).makeClone(skia.FontArguments())


def _draw_outlines(
    canvas: skia.Canvas, face: FontFace, size: float, glyphs: Iterable[tuple[int, float, float]], paint: skia.Paint
) -> None:
    font = font_of(face, size)
    for glyph, x, y in glyphs:
        path = font.getPath(glyph)
        if path is not None:
            path.offset(x, y)
            canvas.drawPath(path, paint)


def _enlarged(box: PixelBox, density: int) -> PixelBox:
    return PixelBox(*(density * side for side in box))


def _rect(box: PixelBox) -> skia.Rect:
    return skia.Rect.MakeXYWH(*box)
