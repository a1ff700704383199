# SPDX-License-Identifier: Apache-2.0
"""Whether the product in a finished picture is still the product of the photo."""

from typing import ClassVar, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.errors import AfficheError
from affiche.images.native import cv2
from affiche.retouch.colour_difference import ciede2000

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

CELLS: Final = 200
SMALLEST_CELL: Final = 4
"""Cells along the product's long side, and px of the source that a cell measures at least: fine enough for a letter,
coarse enough not to see resampling."""
_OPAQUE: Final = 250


class Limits(NamedTuple):
    """The most CIEDE2000, on the mean of all cells and in any one."""

    mean: float
    most: float


STRICT: Final = Limits(1.0, 5.0)
BALANCED: Final = Limits(3.0, 10.0)


class Fidelity(NamedTuple):
    """CIEDE2000 between the product and its source in the allowed light: mean, most, and the cells it was taken of."""

    mean: float
    most: float
    cells: int


class NotFaithful(AfficheError):
    """The finished product has other colours or other details than its source."""

    code: ClassVar[str] = "not_faithful"

    def __init__(self, found: Fidelity, limits: Limits) -> None:
        super().__init__(
            f"The product would not look as in the photo: colours differ by {found.mean:.1f} on average and by "
            f"{found.most:.1f} at most (CIEDE2000; allowed {limits.mean:g} and {limits.most:g})."
        )


def fidelity(source: Pixels, picture: Pixels) -> Fidelity:
    """Compares RGB ``picture`` (height, width, 3) of a product's box with its ``source``, RGBA of any size, in cells
    that the product covers wholly and whose neighbours it covers too."""
    rows, columns = _grid(*source.shape[:2])
    cover = cv2.resize((source[..., 3] >= _OPAQUE).astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    inside = cv2.erode((cover > 0.999).astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0) > 0
    if not inside.any():
        return Fidelity(0.0, 0.0, 0)
    before = cv2.resize(np.ascontiguousarray(source[..., :3]), (columns, rows), interpolation=cv2.INTER_AREA)
    after = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
    apart = ciede2000(np.asarray(before, np.uint8), np.asarray(after, np.uint8))[inside]
    return Fidelity(round(float(apart.mean()), 3), round(float(apart.max()), 3), int(inside.sum()))


def require_faithful(source: Pixels, picture: Pixels, limits: Limits) -> Fidelity:
    """`fidelity`; raises `NotFaithful` over the limits."""
    found = fidelity(source, picture)
    if found.mean > limits.mean or found.most > limits.most:
        raise NotFaithful(found, limits)
    return found


def _grid(height: int, width: int) -> tuple[int, int]:
    scale = min(1 / SMALLEST_CELL, CELLS / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))
