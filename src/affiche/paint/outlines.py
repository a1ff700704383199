# SPDX-License-Identifier: Apache-2.0
"""Silhouettes as anti-aliased coverage masks on the pixel grid."""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import skia

from affiche.creative.composition import Box, Outline, OutlineKind
from affiche.paint.cache import PaintCache, Pixels

_BAND_ROWS: Final = 48


class PixelBox(NamedTuple):
    """A rectangle of whole pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, for boxes that lie inside the canvas."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def clipped(self, other: "PixelBox") -> "PixelBox":
        x, y = max(self.x, other.x), max(self.y, other.y)
        return PixelBox(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def moved(self, dx: int, dy: int) -> "PixelBox":
        return PixelBox(self.x + dx, self.y + dy, self.width, self.height)

    def bands(self) -> Iterator["PixelBox"]:
        """The box in bands of rows that stay in a core's own cache while several steps work on them."""
        for top in range(self.y, self.bottom, _BAND_ROWS):
            yield PixelBox(self.x, top, self.width, min(_BAND_ROWS, self.bottom - top))

    def around(self, hole: "PixelBox") -> list["PixelBox"]:
        """What is left of this box when ``hole``, which lies inside it, is cut out: at most four boxes."""
        if hole.is_empty:
            return [self]
        strips = [
            PixelBox(self.x, self.y, self.width, hole.y - self.y),
            PixelBox(self.x, hole.bottom, self.width, self.bottom - hole.bottom),
            PixelBox(self.x, hole.y, hole.x - self.x, hole.height),
            PixelBox(hole.right, hole.y, self.right - hole.right, hole.height),
        ]
        return [strip for strip in strips if not strip.is_empty]


def snapped(box: Box) -> PixelBox:
    """``box`` with its edges on the pixel grid, so that straight edges are crisp; a hairline keeps one pixel."""
    x, y = round(box.x), round(box.y)
    return PixelBox(x, y, max(1, round(box.right) - x), max(1, round(box.bottom) - y))


def is_plain(outline: Outline) -> bool:
    """Whether the silhouette fills its box entirely."""
    return outline.kind is OutlineKind.RECTANGLE and outline.radius <= 0


def coverage(outline: Outline, box: PixelBox, cache: PaintCache) -> Pixels:
    """How much of each pixel of ``box`` lies inside ``outline``: (height, width), 0..255."""
    outline = local(outline, box)
    key = ("coverage", outline, box.width, box.height)
    return cache.get(key, lambda: _draw_coverage(outline, box.width, box.height))


def local(outline: Outline, box: PixelBox) -> Outline:
    """``outline`` with its corners relative to ``box``, equal for equal shapes anywhere on the canvas."""
    return Outline(outline.kind, outline.radius, tuple((x - box.x, y - box.y) for x, y in outline.points))


def silhouette(outline: Outline, box: PixelBox) -> skia.Path:
    """``outline`` in ``box`` as a path in canvas px."""
    path = skia.Path(_path(local(outline, box), box.width, box.height))
    path.offset(box.x, box.y)
    return path


def solid_part(outline: Outline, box: PixelBox) -> PixelBox:
    """A large rectangle that ``outline`` covers fully, found without looking at pixels; empty for polygons."""
    width, height = box.width, box.height
    match outline.kind:
        case OutlineKind.RECTANGLE:
            # A corner of the inner rectangle may come as near as r (1 - 1/sqrt 2) to the outer corner.
            inset = math.ceil(_radius(outline, width, height) * (1 - math.sqrt(0.5))) + (outline.radius > 0)
            return PixelBox(box.x + inset, box.y + inset, width - 2 * inset, height - 2 * inset)
        case OutlineKind.ELLIPSE:
            across, down = (
                math.ceil(width * (0.5 - math.sqrt(0.125))) + 1,
                math.ceil(height * (0.5 - math.sqrt(0.125))) + 1,
            )
            return PixelBox(box.x + across, box.y + down, width - 2 * across, height - 2 * down)
        case OutlineKind.ARCH:
            top, foot = math.ceil(_spring(width, height)), math.ceil(outline.radius)
            return PixelBox(box.x, box.y + top, width, height - top - foot)
        case OutlineKind.POLYGON:
            return PixelBox(box.x, box.y, 0, 0)


def _radius(outline: Outline, width: int, height: int) -> float:
    return max(0.0, min(outline.radius, width / 2, height / 2))


def _spring(width: int, height: int) -> float:
    """Height of an arch's half ellipse: a half circle, flatter where the box is too low for one."""
    return min(width / 2, height)


def _draw_coverage(outline: Outline, width: int, height: int) -> Pixels:
    mask = np.zeros((height, width), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, mask, width)
    surface.getCanvas().drawPath(_path(outline, width, height), skia.Paint(AntiAlias=True, Color=skia.ColorBLACK))
    surface.flushAndSubmit()
    return mask


def _path(outline: Outline, width: int, height: int) -> skia.Path:
    radius = _radius(outline, width, height)
    whole = skia.Rect.MakeWH(width, height)
    match outline.kind:
        case OutlineKind.RECTANGLE:
            return skia.Path.RRect(skia.RRect.MakeRectXY(whole, radius, radius))
        case OutlineKind.ELLIPSE:
            return skia.Path.Oval(whole)
        case OutlineKind.ARCH:
            crown = (width / 2, _spring(width, height))
            foot = min(radius, height - crown[1])
            arch = skia.RRect.MakeEmpty()
            arch.setRectRadii(
                whole, [skia.Point(*crown), skia.Point(*crown), skia.Point(foot, foot), skia.Point(foot, foot)]
            )
            return skia.Path.RRect(arch)
        case OutlineKind.POLYGON:
            return skia.Path.Polygon([skia.Point(x, y) for x, y in outline.points], True)
