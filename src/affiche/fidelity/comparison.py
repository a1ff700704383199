# SPDX-License-Identifier: Apache-2.0
"""Compares a finished product with its source, in cells away from the product's edges."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.fidelity.colour_difference import ciede2000
from affiche.fidelity.difference_map import difference_map
from affiche.fidelity.lettering import Place, lettered, places_of
from affiche.fidelity.receipt import Difference, Lighting, Limits, NotFaithful, Receipt, Verdict
from affiche.images.native import cv2
from affiche.images.similarity import structural_similarity

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

LARGEST: Final = 800
"""Long side, px, at which the two are compared: that of the smaller one, but never more."""
CELL: Final = 4
"""Side of a cell, px: fine enough for a letter, coarse enough to see neither grain nor resampling."""
EDGE: Final = 4
"""How far from the product's edge, px, cells begin; what is nearer mixes with the light behind the product."""
_OPAQUE: Final = 250


class Unlit(NamedTuple):
    """The source before the allowed light, RGBA of the source's size, and how far the light may move it."""

    pixels: Pixels
    allowed: Limits


def measured(
    source: Pixels, picture: Pixels, limits: Limits, unlit: Unlit | None = None, *, at: tuple[int, int] = (0, 0)
) -> Receipt:
    """Compares RGB ``picture`` (height, width, 3) of a product's box, as finished, with ``source``: RGBA of the same
    box at any size, in the light that was allowed, opaque where the product is seen. ``at`` is the column and the row
    of the box's upper left corner in the whole picture.
    """
    size = _common_size(source, picture)
    before, after = _shrunk(source[..., :3], size), _shrunk(picture, size)
    cover = _shrunk((source[..., 3] >= _OPAQUE).astype(np.float32), size) > 0.999
    inside = _eroded(cover)
    plain = before if unlit is None else _shrunk(unlit.pixels[..., :3], size)
    letters = lettered(plain, inside)
    grid = max(1, size[0] // CELL), max(1, size[1] // CELL)
    cells = _shrunk(inside.astype(np.float32), grid) > 0.999
    label_cells = cells & (_shrunk(letters.astype(np.float32), grid) > 0.5)
    apart = ciede2000(_shrunk(before, grid), _shrunk(after, grid))
    similar = structural_similarity(_grey(before), _grey(np.where(inside[..., None], after, before)))
    across, down = picture.shape[1], picture.shape[0]
    return Receipt(
        product=_difference(apart[cells], similar[inside]),
        label=_difference(apart[label_cells], similar[letters]),
        limits=limits,
        measured=round(float(inside.sum() / max(1, cover.sum())), 3),
        worst=_worst(np.where(cells, apart, -1), across, down, at),
        labels=places_of(letters, across, down, at),
        lighting=None
        if unlit is None
        else _lighting(_shrunk(plain, grid), _shrunk(before, grid), cells, unlit.allowed),
        difference_map=difference_map(before, cover, np.where(cells, apart, 0), limits.most),
    )


def require_faithful(receipt: Receipt) -> Receipt:
    """The receipt itself; raises `NotFaithful` if something of it is over its limits."""
    if receipt.verdict is Verdict.NOT_FAITHFUL:
        raise NotFaithful(receipt)
    return receipt


def _common_size(source: Pixels, picture: Pixels) -> tuple[int, int]:
    """Columns and rows at which none of the two is enlarged."""
    height, width = (min(source.shape[axis], picture.shape[axis]) for axis in (0, 1))
    scale = min(1.0, LARGEST / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _shrunk(values: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    return np.asarray(cv2.resize(np.ascontiguousarray(values), size, interpolation=cv2.INTER_AREA), values.dtype)


def _eroded(cover: Mask) -> Mask:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * EDGE + 1, 2 * EDGE + 1))
    return np.asarray(cv2.erode(cover.astype(np.uint8), kernel, borderValue=0) > 0)


def _grey(rgb: Pixels) -> Floats:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY), np.float32)


def _difference(apart: Floats, similar: Floats) -> Difference:
    if not apart.size or not similar.size:
        return Difference()
    mean, most = _mean_and_most(apart)
    return Difference(mean, most, round(float(similar.mean()), 4), apart.size)


def _lighting(unlit: Pixels, lit: Pixels, cells: Mask, allowed: Limits) -> Lighting:
    moved = ciede2000(unlit, lit)[cells]
    return Lighting(*(_mean_and_most(moved) if moved.size else (0.0, 0.0)), allowed)


def _mean_and_most(apart: Floats) -> tuple[float, float]:
    return round(float(apart.mean()), 3), round(float(apart.max()), 3)


def _worst(apart: Floats, width: int, height: int, at: tuple[int, int]) -> Place | None:
    """The cell with the most difference; cells below 0 do not count."""
    row, column = (int(place) for place in np.unravel_index(int(apart.argmax()), apart.shape))
    if apart[row, column] < 0:
        return None
    rows, columns = apart.shape
    x, y = round(column * width / columns), round(row * height / rows)
    right, bottom = round((column + 1) * width / columns), round((row + 1) * height / rows)
    return Place(at[0] + x, at[1] + y, right - x, bottom - y)
