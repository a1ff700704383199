# SPDX-License-Identifier: Apache-2.0
"""Setting upright what the camera saw a little askew."""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.float64]

LEAST: Final = 0.4
MOST: Final = 8.0
"""Degrees: what leans less is straight, what leans more is meant to."""

_TALL: Final = 1.2
_ENDS: Final = 0.12
_STRAIGHT: Final = 0.02
"""Of the width: how far the middle of a row may be from the axis."""
_AGREEING: Final = 0.8
"""The share of the rows whose middle has to be so near."""
_ROUNDS: Final = 6
_SIDE: Final = 600
"""Px of the long side at which the lean is measured."""
_VISIBLE: Final = 8


def lean_of(alpha: Pixels) -> float:
    """By how many degrees a silhouette (height, width), trimmed, leans to the right of upright; 0 for one that has no
    upright axis to tell it by, or leans so far that it is meant to."""
    scale = min(1.0, _SIDE / max(alpha.shape))
    size = (max(1, round(alpha.shape[1] * scale)), max(1, round(alpha.shape[0] * scale)))
    small = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
    lean = _lean(small > 127)
    if lean is None or abs(lean) > MOST:
        return 0.0
    # Shoulders and handles pull the middles of a leaning product's rows; of one that is nearly upright they do not.
    rest = _lean(_moved(small, lean) > 127)
    lean += rest or 0.0
    return round(lean, 2) if LEAST <= abs(lean) <= MOST else 0.0


def _lean(inside: NDArray[np.bool_]) -> float | None:
    """Degrees, None without an axis."""
    height, width = inside.shape
    rows = np.flatnonzero(inside.any(1))
    if not len(rows) or height < _TALL * width:
        return None
    tall = rows[-1] + 1 - rows[0]
    rows = rows[(rows >= rows[0] + _ENDS * tall) & (rows <= rows[-1] - _ENDS * tall)]
    left = np.argmax(inside[rows], 1)
    right = width - 1 - np.argmax(inside[rows][:, ::-1], 1)
    slope, apart = _axis(rows.astype(np.float64), (left + right) / 2, _STRAIGHT * width)
    if (apart <= _STRAIGHT * width).mean() < _AGREEING:
        return None
    return -math.degrees(math.atan(slope))


def _axis(rows: Numbers, middles: Numbers, near: float) -> tuple[float, Numbers]:
    """The slope (px across for each px down) of the line through most of the middles, and how far each is from it:
    least squares, weighted anew by Cauchy's function, which far ones hardly move."""
    weights = np.ones(len(rows))
    slope, apart = 0.0, np.zeros(len(rows))
    for _ in range(_ROUNDS):
        centre = np.average(rows, weights=weights), np.average(middles, weights=weights)
        across = rows - centre[0]
        slope = float((weights * across * (middles - centre[1])).sum() / (weights * across**2).sum())
        apart = np.abs(middles - centre[1] - slope * across)
        weights = 1 / (1 + (apart / near) ** 2)
    return slope, apart


def turned(cutout: Pixels, degrees: float) -> Pixels:
    """RGBA pixels with straight alpha, turned to the left by ``degrees`` about their middle and trimmed anew. Colours
    are weighted by coverage, so that nothing of the clear parts bleeds in."""
    cover = cutout[..., 3:].astype(np.float32) / 255
    weighted = np.dstack([cutout[..., :3] * cover, cover])
    moved = _moved(weighted, degrees)
    alpha = np.clip(moved[..., 3], 0, 1)
    colours = np.clip(moved[..., :3] / np.maximum(moved[..., 3:], 1 / 255), 0, 255)
    pixels = np.rint(np.dstack([np.where(alpha[..., None] > 0, colours, 0), alpha * 255])).astype(np.uint8)
    x, y, box_width, box_height = cv2.boundingRect((pixels[..., 3] >= _VISIBLE).astype(np.uint8))
    return np.ascontiguousarray(pixels[y : y + box_height, x : x + box_width])


def _moved(values: NDArray[Any], degrees: float) -> NDArray[Any]:
    """A picture turned to the left about its middle, on a canvas that holds all of it."""
    height, width = values.shape[:2]
    turn = math.radians(degrees)
    wide = math.ceil(abs(width * math.cos(turn)) + abs(height * math.sin(turn))) + 2
    tall = math.ceil(abs(height * math.cos(turn)) + abs(width * math.sin(turn))) + 2
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), degrees, 1.0)
    matrix[:, 2] += (wide - width) / 2, (tall - height) / 2
    return np.asarray(cv2.warpAffine(values, matrix, (wide, tall), flags=cv2.INTER_CUBIC), values.dtype)
