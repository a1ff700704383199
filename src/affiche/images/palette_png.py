# SPDX-License-Identifier: Apache-2.0
"""PNG files of at most 256 colours (PNG-8): small for flat designs, and the only small PNG of a photo.

The palette is our own: libvips' quantiser takes 0.7 s for a megapixel, knows palettes of 2, 4, 16 and 256 colours
only, and cannot be told that letters matter more than sky.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.png import png_palette

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]

_BITS: Final = 6
_MOST_CELLS: Final = 8192
_PROTECTED_WEIGHT: Final = 3.0
_SHARE_POWER: Final = np.float32(0.8)
_ROUNDS: Final = 4
_BAYER_SIDE: Final = 8
_UNREST: Final = 0.1
_CHUNK: Final = 2048
_LUMA_WEIGHTS: Final = np.sqrt(np.array([0.299, 0.587, 0.114], np.float32) * 3)
"""Distances between colours count green most and blue least, as the eye does."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a picture in cells of 1/64 or 1/32 of the range: each cell's mean ``colour`` (n, 3), its
    ``weight``, and ``cells``, the number of the cell of every pixel (height, width)."""

    colour: NDArray[np.float32]
    weight: NDArray[np.float32]
    cells: NDArray[np.int32]


def count_colours(rgb: Pixels, protected: Sequence[Box] = ()) -> Colours:
    """Count a picture's colours; pixels inside ``protected`` count `_PROTECTED_WEIGHT` times.

    A picture of more colours than `_MOST_CELLS` is counted in cells twice as wide.
    """
    weights = np.ones(rgb.shape[:2], np.float32)
    for x0, y0, x1, y1 in protected:
        weights[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = _PROTECTED_WEIGHT
    fine = _counted(rgb, weights, _BITS)
    return fine if len(fine.colour) <= _MOST_CELLS else _counted(rgb, weights, _BITS - 1)


def _counted(rgb: Pixels, weights: NDArray[np.float32], bits: int) -> Colours:
    cube = (rgb >> (8 - bits)).astype(np.int32)
    keys = (cube[..., 0] << (2 * bits)) | (cube[..., 1] << bits) | cube[..., 2]
    flat, weight, count = keys.ravel(), weights.ravel(), 1 << (3 * bits)
    mass = np.bincount(flat, weight, count)
    sums = [np.bincount(flat, weight * rgb[..., channel].ravel(), count) for channel in range(3)]
    used = np.flatnonzero(mass)
    colour = (np.stack(sums, 1)[used] / mass[used, None]).astype(np.float32)
    place = np.zeros(count, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return Colours(colour, mass[used].astype(np.float32), place[keys])


def palette_of(colours: Colours, size: int) -> Pixels:
    """At most ``size`` colours (2..256) that stand best for all: median cut, then k-means; (n, 3) RGB."""
    points = colours.colour * _LUMA_WEIGHTS
    # A picture is more than its largest areas: a power below 1 lets small bright things keep their colour.
    weight = np.power(colours.weight, _SHARE_POWER)
    centres = _median_cut(points, weight, size)
    for _ in range(_ROUNDS):
        nearest = _nearest(points, centres)
        mass = np.bincount(nearest, weight, len(centres))
        moved = np.stack([np.bincount(nearest, weight * points[:, axis], len(centres)) for axis in range(3)], 1)
        kept = mass > 0
        centres[kept] = (moved[kept] / mass[kept, None]).astype(np.float32)
    _keep_flat_colours(centres, points, colours.weight)
    return np.unique(np.clip(np.rint(centres / _LUMA_WEIGHTS), 0, 255).astype(np.uint8), axis=0)


def palette_png(colours: Colours, size: int, dither: bool) -> tuple[bytes, Pixels]:
    """The file of at most ``size`` colours, and what it shows.

    Dithering is ordered and mixes two colours per cell. It leaves a colour that is in the palette alone, so flat brand
    colours stay clean.
    """
    palette = palette_of(colours, size)
    points, centres = colours.colour * _LUMA_WEIGHTS, (palette * _LUMA_WEIGHTS).astype(np.float32)
    nearest = _nearest(points, centres)
    indices = nearest.astype(np.uint8)[colours.cells]
    if dither and len(palette) > 1:
        partner, share = _partners(points, centres, nearest)
        height, width = indices.shape
        pattern = np.tile(_bayer(), (-(-height // _BAYER_SIDE), -(-width // _BAYER_SIDE)))[:height, :width]
        indices = np.where(share[colours.cells] > pattern, partner[colours.cells], indices)
    return png_palette(indices, palette), palette[indices]


def _median_cut(points: NDArray[np.float32], weight: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Halve the box with the largest weighted variance at its mean until there are ``size`` boxes."""
    boxes = [np.arange(len(points))]
    spreads = [_spread(points, weight, boxes[0])]
    while len(boxes) < size and max(spread for spread, _ in spreads) > 0:
        place = max(range(len(boxes)), key=lambda at: spreads[at][0])
        box, axis = boxes[place], spreads[place][1]
        values = points[box, axis]
        low = values <= np.average(values, weights=weight[box])
        if low.all() or not low.any():
            spreads[place] = (0.0, axis)
            continue
        boxes[place], rest = box[low], box[~low]
        spreads[place] = _spread(points, weight, boxes[place])
        boxes.append(rest)
        spreads.append(_spread(points, weight, rest))
    return np.stack([np.average(points[box], axis=0, weights=weight[box]) for box in boxes]).astype(np.float32)


def _spread(points: NDArray[np.float32], weight: NDArray[np.float32], box: NDArray[np.intp]) -> tuple[float, int]:
    """A box's largest weighted sum of squares along an axis, and the axis."""
    mass = weight[box, None]
    mean = (points[box] * mass).sum(0) / mass.sum()
    squares = (np.square(points[box] - mean) * mass).sum(0)
    axis = int(np.argmax(squares))
    return float(squares[axis]), axis


def _keep_flat_colours(centres: NDArray[np.float32], points: NDArray[np.float32], weight: NDArray[np.float32]) -> None:
    """Set a centre to the colour that at least half of its pixels have: a brand's panel must not take a tint from the
    letters' edges."""
    nearest = _nearest(points, centres)
    mass = np.bincount(nearest, weight, len(centres))
    main = np.flatnonzero(weight >= mass[nearest] / 2)
    centres[nearest[main]] = points[main]


def _nearest(points: NDArray[Any], centres: NDArray[Any]) -> NDArray[np.intp]:
    """The nearest centre's number for every point (n, 3)."""
    # |p - c|^2 without |p|^2, which is the same for every centre.
    return np.asarray(np.argmin(np.square(centres).sum(1) - 2 * (points @ centres.T), axis=1), np.intp)


def _partners(
    points: NDArray[np.float32], centres: NDArray[np.float32], nearest: NDArray[np.intp]
) -> tuple[Pixels, NDArray[np.float32]]:
    """For every point the colour to mix its nearest with, and that colour's share, 0..0.5.

    The mix comes as near to the point as it can; of mixes that are about as near, the one of like colours is taken,
    because it is seen least.
    """
    partner, share = np.empty(len(points), np.uint8), np.empty(len(points), np.float32)
    for start in range(0, len(points), _CHUNK):
        part = slice(start, start + _CHUNK)
        own = centres[nearest[part]]
        aside = points[part] - own
        step = centres[None] - own[:, None]
        length = np.square(step).sum(-1)
        along = np.einsum("nd,nmd->nm", aside, step)
        shares = np.clip(along / np.maximum(length, 1e-6), 0, 0.5)
        left = np.square(aside).sum(-1)[:, None] - 2 * shares * along + np.square(shares) * length
        best = np.argmin(left + _UNREST * shares * length, axis=1)
        partner[part] = best
        share[part] = shares[np.arange(len(best)), best]
    return partner, share


def _bayer() -> NDArray[np.float32]:
    """The ordered pattern of side `_BAYER_SIDE` with values between 0 and 1."""
    pattern = np.zeros((1, 1), np.float32)
    while len(pattern) < _BAYER_SIDE:
        pattern = np.block([[4 * pattern, 4 * pattern + 2], [4 * pattern + 3, 4 * pattern + 1]])
    return ((pattern + 0.5) / pattern.size).astype(np.float32)
