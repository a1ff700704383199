# SPDX-License-Identifier: Apache-2.0
"""Holes in an outline: the backdrop seen through a handle, or a label that only has the backdrop's colour."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Backdrop, Mask
from affiche.vision.cutout.evidence import Map

_TINY: Final = 0.004
_SMALLEST: Final = 2e-4
_CLEAN: Final = 0.3
_SHADED: Final = -25.0
_CLIPPED: Final = 97.5
_PURE: Final = 0.6


def settled(mask: Mask, lab: Map, backdrop: Backdrop) -> Mask:
    """``mask`` with every hole decided: open where the backdrop shows through, filled otherwise.

    Before a scene, where no backdrop is known, only the tiny ones are filled.
    """
    labels, stats, holes = _holes(mask)
    if backdrop.clean <= _CLEAN:
        small = [hole for hole in holes if stats[hole, cv2.CC_STAT_AREA] < _TINY * mask.size]
        return _filled(mask, labels, small)
    closed = [hole for hole in holes if not _shows_backdrop(labels, stats, hole, lab, backdrop)]
    return _filled(mask, labels, closed)


def _holes(mask: Mask) -> tuple[NDArray[np.int32], NDArray[np.int32], list[int]]:
    """Labels of the parts outside ``mask``, their measures, and which of them are enclosed."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=4)
    outside = set(np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])).tolist())
    enclosed = [number for number in range(1, count) if number not in outside]
    return np.asarray(labels, np.int32), np.asarray(stats, np.int32), enclosed


def _filled(mask: Mask, labels: NDArray[np.int32], holes: list[int]) -> Mask:
    if not holes:
        return mask
    return np.asarray(mask | np.isin(labels, holes))


def _shows_backdrop(
    labels: NDArray[np.int32], stats: NDArray[np.int32], hole: int, lab: Map, backdrop: Backdrop
) -> bool:
    """Whether a hole has the backdrop's own colour, or that colour in shade. White paper that is burnt out tells
    little, since labels burn out too: there the hole has to be flawless."""
    left, top, width, height, area = (int(value) for value in stats[hole])
    if area < _SMALLEST * labels.size:
        return False
    window = slice(top, top + height), slice(left, left + width)
    inside = np.pad((labels[window] == hole).astype(np.uint8), 1)
    core = cv2.erode(inside, np.ones((3, 3), np.uint8))[1:-1, 1:-1] > 0
    if not core.any():
        return False
    found, expected = lab[window][core], backdrop.surface[window][core]
    light, *tint = (float(value) for value in np.median(found - expected, axis=0))
    if float(np.median(expected[:, 0])) > _CLIPPED:
        return float(np.percentile(np.linalg.norm(found - np.median(found, axis=0), axis=1), 95)) < _PURE
    noise = max(1.0, backdrop.noise)
    same_tint = math.hypot(*tint) <= 0.8 + 0.4 * noise
    return same_tint and _SHADED <= light <= 1 + noise
