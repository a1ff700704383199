# SPDX-License-Identifier: Apache-2.0
"""The sample logo: Solenne, lodges at quiet lakes. A sun over a ridge and its lake, and the name beside it."""

from typing import Final

import numpy as np
import skia
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.paint.glyphs import open_typeface
from affiche.typography.fonts import face

INK: Final = Colour(0x1F, 0x4E, 0x5F)
_NAME: Final = "Solenne"
_HEIGHT: Final = 300


def logo(width: int = 1200) -> NDArray[np.uint8]:
    """The logo as RGBA with straight alpha, ``width`` px wide and a quarter as high, on a clear ground."""
    height = width * _HEIGHT // 1200
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
    pen = surface.getCanvas()
    pen.scale(width / 1200, width / 1200)
    paint = skia.Paint(AntiAlias=True, Color=skia.ColorBLACK)
    pen.drawPath(_mark(), paint)
    _write(pen, paint, 234, (338, 228))
    surface.flushAndSubmit()
    pixels[..., :3] = INK
    return pixels


def _mark() -> skia.Path:
    """A ring whose lower part is a lake with lines of light; a ridge and a sun stand above it."""
    disc = skia.Path.Circle(150, 150, 136)
    sun = skia.Path.Circle(200, 88, 29)
    ridge = skia.Path.Polygon(
        [skia.Point(x, y) for x, y in ((0, 178), (84, 72), (126, 124), (148, 100), (214, 178))], True
    )
    sky = skia.Path.Rect(skia.Rect.MakeLTRB(0, 0, 300, 178))
    cuts = skia.Path.Rect(skia.Rect.MakeLTRB(0, 178, 300, 187))
    cuts.addRect(skia.Rect.MakeLTRB(120, 205, 262, 213))
    cuts.addRect(skia.Rect.MakeLTRB(66, 229, 190, 236))
    land = skia.Op(skia.Op(disc, sky, skia.kIntersect_PathOp), ridge, skia.kIntersect_PathOp)
    water = skia.Op(skia.Op(disc, sky, skia.kDifference_PathOp), cuts, skia.kDifference_PathOp)
    ring = skia.Op(disc, skia.Path.Circle(150, 150, 125), skia.kDifference_PathOp)
    upper_ring = skia.Op(ring, sky, skia.kIntersect_PathOp)
    whole = skia.Op(skia.Op(land, water, skia.kUnion_PathOp), upper_ring, skia.kUnion_PathOp)
    return skia.Op(whole, sun, skia.kUnion_PathOp)


def _write(pen: skia.Canvas, paint: skia.Paint, size: float, start: tuple[float, float]) -> None:
    """The name from the pen position ``start`` on, letter by letter."""
    serif = face("Playfair Display", 600)
    font = skia.Font(open_typeface(serif.path, serif.index, serif.variations), size)
    font.setHinting(skia.FontHinting.kNone)
    font.setLinearMetrics(True)
    x, y = start
    glyphs = font.textToGlyphs(_NAME)
    for glyph, advance in zip(glyphs, font.getWidths(glyphs), strict=True):
        outline = font.getPath(glyph)
        outline.transform(skia.Matrix.Translate(x, y))
        pen.drawPath(outline, paint)
        x += advance
