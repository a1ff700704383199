# SPDX-License-Identifier: Apache-2.0
"""Set text on a canvas. Glyphs and positions come measured; nothing here measures, wraps or substitutes."""

from functools import lru_cache

import skia

from affiche.creative.composition import TextLayer
from affiche.errors import AfficheError
from affiche.images.colour import Colour
from affiche.paint.cache import Pixels
from affiche.typography.faces import FontFace
from affiche.typography.instance import instance
from affiche.typography.text import GlyphRun, TextBlock


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
    surface = _surface(canvas)
    pen = surface.getCanvas()
    if layer.rotation:
        pen.rotate(layer.rotation, *layer.box.centre)
    paint = skia.Paint(AntiAlias=True, Color=argb(layer.colour, layer.opacity))
    _draw_block(pen, layer.block, layer.box.x, layer.box.y, paint)
    surface.flushAndSubmit()


def _draw_block(pen: skia.Canvas, block: TextBlock, x: float, y: float, paint: skia.Paint) -> None:
    for line in block.lines:
        for run in line.runs:
            blob = _blob(run)
            if blob is not None:
                pen.drawTextBlob(blob, x + line.x, y + line.baseline, paint)


def _surface(canvas: Pixels) -> skia.Surface:
    height, width = canvas.shape[:2]
    # kN32 would claim RGBA while the buffer is BGRA: the order is named, never defaulted.
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, canvas, canvas.strides[0])


def argb(colour: Colour, opacity: float) -> int:
    """A colour as Skia's number; ``opacity`` 0..1."""
    return int(skia.ColorSetARGB(round(255 * min(1.0, opacity)), *colour))


@lru_cache(maxsize=512)
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
