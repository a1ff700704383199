# SPDX-License-Identifier: Apache-2.0
"""Eased shade and light that make room for text without being seen."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import ScrimLayer
from affiche.images.native import cv2
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import lay_ink
from affiche.paint.grain import grain
from affiche.paint.outlines import PixelBox, snapped

# Peak of the noise in levels at full opacity; a usual scrim of 50..70 % then carries the 1 % that hides banding.
_GRAIN_LEVELS: Final = 3
_COARSE: Final = 4
_INK_ROWS: Final = 256


def smootherstep(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Perlin's 6 t^5 - 15 t^4 + 10 t^3 with ``t`` clamped to 0..1: no visible start and no visible end."""
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * t * (t * (t * 6 - 15) + 10))


def lay_scrim(canvas: Pixels, layer: ScrimLayer, cache: PaintCache) -> None:
    """Draw ``layer`` on ``canvas`` in place."""
    for band, ink, mask in scrim_bands(layer, PixelBox(0, 0, canvas.shape[1], canvas.shape[0]), cache):
        lay_ink(canvas, band, ink, mask, blend=layer.blend)


def scrim_bands(layer: ScrimLayer, bounds: PixelBox, cache: PaintCache) -> Iterator[tuple[PixelBox, Pixels, Pixels]]:
    """``layer`` inside ``bounds`` as bands of rows: where, its opaque BGRA ink, its opacity 0..255, of which one row or
    one column may stand for all. Where no band is, nothing is to be seen of it."""
    box = snapped(layer.box).clipped(bounds)
    if box.is_empty or max(layer.opacities) <= 0:
        return
    box, opacity = _without_clear_edges(box, opacity_field(layer, box))
    if box.is_empty:
        return
    key = ("scrim ink", layer.colour, box.width)
    ink = cache.get(key, lambda: _grained(layer, box.width))
    for band in box.bands():
        rows = slice(band.y - box.y, band.bottom - box.y)
        mask = opacity if opacity.shape[0] == 1 else opacity[rows]
        # Each band takes its grain from another place, so that no repetition can be seen.
        start = (band.y * 7) % (_INK_ROWS - band.height + 1)
        yield band, ink[start : start + band.height], mask


def opacity_field(layer: ScrimLayer, box: PixelBox) -> Pixels:
    """The scrim's opacity, 0..255, at the pixel centres of ``box``: (height, width), or (height, 1) or (1, width) where
    the gradient runs straight down or straight across."""
    (x0, y0), (x1, y1) = layer.start, layer.end
    dx, dy = x1 - x0, y1 - y0
    near, far = (255 * opacity for opacity in layer.opacities)
    xs = np.arange(box.x + 0.5, box.right, dtype=np.float64)
    ys = np.arange(box.y + 0.5, box.bottom, dtype=np.float64)
    length = dx * dx + dy * dy
    if length == 0:
        return np.full((1, 1), round(far), np.uint8)

    def eased(along: NDArray[np.float64]) -> NDArray[np.float64]:
        return near + (far - near) * smootherstep(along / length)

    if dx == 0:
        return np.rint(eased((ys[:, None] - y0) * dy)).astype(np.uint8)
    if dy == 0:
        return np.rint(eased((xs[None, :] - x0) * dx)).astype(np.uint8)
    columns, rows = -(-box.width // _COARSE), -(-box.height // _COARSE)
    coarse_x = box.x + (np.arange(columns) + 0.5) * box.width / columns
    coarse_y = box.y + (np.arange(rows) + 0.5) * box.height / rows
    field = eased((coarse_x[None, :] - x0) * dx + (coarse_y[:, None] - y0) * dy).astype(np.float32)
    fine = cv2.resize(field, (box.width, box.height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.convertScaleAbs(fine), np.uint8)


def _without_clear_edges(box: PixelBox, opacity: Pixels) -> tuple[PixelBox, Pixels]:
    """The box shrunk to where the field holds anything; an eased gradient is clear over much of its length."""
    rows, columns = np.flatnonzero(opacity.max(axis=1)), np.flatnonzero(opacity.max(axis=0))
    if rows.size == 0:
        return PixelBox(box.x, box.y, 0, 0), opacity
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    part = opacity[top:bottom, left:right]
    if opacity.shape[0] == 1:
        top, bottom = 0, box.height
    if opacity.shape[1] == 1:
        left, right = 0, box.width
    return PixelBox(box.x + left, box.y + top, right - left, bottom - top), part


def _grained(layer: ScrimLayer, width: int) -> Pixels:
    """A stock of the scrim's colour with noise of +-`_GRAIN_LEVELS`, (`_INK_ROWS`, width, 4) opaque BGRA."""
    steps = 2 * _GRAIN_LEVELS + 1
    noise = (grain(width, _INK_ROWS).astype(np.uint16) * steps >> 8).astype(np.uint8)
    shades = np.arange(-_GRAIN_LEVELS, _GRAIN_LEVELS + 1)[:, None] + np.array([*reversed(layer.colour), 255])
    shades[:, 3] = 255
    inks = np.clip(shades, 0, 255).astype(np.uint8).view(np.uint32).ravel()
    return np.asarray(inks.take(noise).view(np.uint8).reshape(_INK_ROWS, width, 4))
