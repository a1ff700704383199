# SPDX-License-Identifier: Apache-2.0
"""Where a product is lettered or finely textured: what buyers read, and what a repainted picture gets wrong first."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_REACH: Final = 0.012
_JOINED: Final = 3
"""Letters as far apart as this many reaches belong to one label."""
_BUSY: Final = 5.0
_SMALLEST: Final = 0.0008
_MOST_PLACES: Final = 12


class Place(NamedTuple):
    """A part of the picture, in its px."""

    x: int
    y: int
    width: int
    height: int


def lettered(rgb: Pixels, inside: Mask) -> Mask:
    """The parts of a product (height, width, 3), within ``inside``, where edges of any colour follow close upon each
    other; shading and single edges are none."""
    if not inside.any():
        return np.zeros_like(inside)
    reach = max(3, round(_REACH * max(inside.shape)))
    planes = [np.asarray(plane, np.float32) for plane in cv2.split(np.ascontiguousarray(rgb))]
    across = np.max([np.abs(cv2.Sobel(plane, cv2.CV_32F, 1, 0, scale=0.25)) for plane in planes], axis=0)
    down = np.max([np.abs(cv2.Sobel(plane, cv2.CV_32F, 0, 1, scale=0.25)) for plane in planes], axis=0)
    # Letters have edges in both directions; a fold, a seam or a rim has them in one.
    busy = np.minimum(_mean(across * inside, reach), _mean(down * inside, reach)) > _BUSY
    size = 2 * _JOINED * reach + 1
    joined = cv2.morphologyEx(busy.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    large = stats[:, cv2.CC_STAT_AREA] >= _SMALLEST * inside.sum()
    large[0] = False
    return np.asarray(large[labels] & inside) if count > 1 else np.zeros_like(inside)


def places_of(letters: Mask, width: int, height: int, at: tuple[int, int]) -> tuple[Place, ...]:
    """The boxes of the largest parts, at most twelve, in px of a picture in which ``letters`` covers ``width`` x
    ``height`` px at the column and row ``at``."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(letters.astype(np.uint8))
    largest = sorted(stats[1:].tolist(), key=lambda part: -part[cv2.CC_STAT_AREA])[:_MOST_PLACES]
    across, down = width / letters.shape[1], height / letters.shape[0]
    return tuple(
        Place(at[0] + round(x * across), at[1] + round(y * down), round(wide * across), round(tall * down))
        for x, y, wide, tall, _ in largest
    )


def _mean(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), reach), np.float32)
