# SPDX-License-Identifier: Apache-2.0
"""Set text on a canvas. Glyphs and positions come measured; nothing here measures, wraps or substitutes."""

import math
from functools import lru_cache
from typing import Final

import numpy as np
import skia

from affiche.creative.composition import TextLayer
from affiche.errors import AfficheError
from affiche.images.colour import Colour
from affiche.paint.cache import Pixels
from affiche.paint.compositing import stain
from affiche.paint.outlines import PixelBox
from affiche.typography.faces import FontFace
from affiche.typography.instance import instance
from affiche.typography.text import GlyphRun

_AIR: Final = 2


class UnreadableFont(AfficheError):
    """A font file that set the text cannot be opened for drawing."""

    code = "unreadable_font"

    def __init__(self, path: str) -> None:
        super().__init__(f"The font file '{path}' cannot be read; reinstall the fonts with the package.")
        self.path = path


def lay_text(canvas: Pixels, layer: TextLayer) -> None:
    """Draw ``layer`` on the BGRA ``canvas`` in place.

    ``rotation`` turns the block clockwise by degrees about the centre of the layer's box.
    """
    if layer.opacity <= 0:
        return
    if any(run.colour for line in layer.block.lines for run in line.runs):
        _draw(_surface(canvas, skia.kBGRA_8888_ColorType), layer, layer.opacity)
        return
    # Skia blends glyphs on colours four times slower than it collects them in a mask.
    box = _reach(layer, PixelBox(0, 0, canvas.shape[1], canvas.shape[0]))
    if not box.is_empty:
        mask = np.zeros((box.height, box.width), np.uint8)
        _draw(_surface(mask, skia.kAlpha_8_ColorType), layer, 1.0, box)
        stain(canvas, box, mask, layer.colour, layer.opacity)


def _reach(layer: TextLayer, bounds: PixelBox) -> PixelBox:
    """The part of ``bounds`` that the text's ink may touch; of a turned text all of it."""
    if layer.rotation:
        return bounds
    lefts, tops, rights, bottoms = zip(*(line.ink for line in layer.block.lines), strict=True)
    x, y = math.floor(layer.box.x + min(lefts)) - _AIR, math.floor(layer.box.y + min(tops)) - _AIR
    right, bottom = math.ceil(layer.box.x + max(rights)) + _AIR, math.ceil(layer.box.y + max(bottoms)) + _AIR
    return PixelBox(x, y, right - x, bottom - y).clipped(bounds)


def _draw(surface: skia.Surface, layer: TextLayer, opacity: float, part: PixelBox | None = None) -> None:
    """Draw the text on a surface that shows ``part`` of the canvas, or all of it."""
    pen = surface.getCanvas()
    if part is not None:
        pen.translate(-part.x, -part.y)
    if layer.rotation:
        pen.rotate(layer.rotation, *layer.box.centre)
    paint = skia.Paint(AntiAlias=True, Color=argb(layer.colour, opacity))
    for line in layer.block.lines:
        for run in line.runs:
            blob = _blob(run)
            if blob is not None:
                pen.drawTextBlob(blob, layer.box.x + line.x, layer.box.y + line.baseline, paint)
    surface.flushAndSubmit()


def _surface(pixels: Pixels, kind: skia.ColorType) -> skia.Surface:
    """``pixels`` as a surface. kN32 would claim RGBA while a canvas is BGRA: the order is named, never defaulted."""
    height, width = pixels.shape[:2]
    info = skia.ImageInfo.Make(width, height, kind, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels, pixels.strides[0])


def argb(colour: Colour, opacity: float) -> int:
    """A colour as Skia's number; ``opacity`` 0..1."""
    return int(skia.ColorSetARGB(round(255 * min(1.0, opacity)), *colour))


@lru_cache(maxsize=64)
def _blob(run: GlyphRun) -> skia.TextBlob | None:
    if not run.glyphs:
        return None
    builder = skia.TextBlobBuilder()
    positions = [skia.Point(x, y) for x, y in zip(run.xs, run.ys, strict=True)]
    builder.allocRunPos(font_of(run.face, run.size), list(run.glyphs), positions)
    return builder.make()


@lru_cache(maxsize=256)
def font_of(face: FontFace, size: float) -> skia.Font:
    """``face`` at ``size`` px as Skia draws it everywhere: unhinted, placed exactly. Raises `UnreadableFont`."""
    font = skia.Font(typeface_of(face), size)
    font.setSubpixel(True)
    font.setLinearMetrics(True)
    font.setHinting(skia.FontHinting.kNone)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    font.setEmbeddedBitmaps(face.colour)
    return font


@lru_cache(maxsize=64)
def typeface_of(face: FontFace) -> skia.Typeface:
    """The typeface of ``face``, opened once. Raises `UnreadableFont`."""
    pinned = instance(face.path, face.index, face.variations) if face.variations else None
    if pinned is not None:
        return skia.Typeface.MakeFromData(skia.Data.MakeWithCopy(pinned))
    return open_typeface(face.path, face.index, face.variations)


def open_typeface(path: str, index: int, variations: tuple[tuple[str, float], ...]) -> skia.Typeface:
    """A font file as Skia sees it, set to a place on its axes; raises `UnreadableFont`."""
    typeface = skia.Typeface.MakeFromFile(path, index)
    if typeface is None:
        raise UnreadableFont(path)
    if not variations:
        return typeface
    position = skia.FontArguments.VariationPosition
    # Skia keeps a pointer to the coordinates: they need a name of their own until the clone is made.
    coordinates = position.Coordinates([position.Coordinate(_tag(axis), value) for axis, value in variations])
    arguments = skia.FontArguments()
    arguments.setVariationDesignPosition(position(coordinates))
    return typeface.makeClone(arguments)


def _tag(axis: str) -> int:
    """An OpenType tag such as ``wght`` as its 32-bit number."""
    return int.from_bytes(axis.encode("ascii"), "big")
