# SPDX-License-Identifier: Apache-2.0
"""Holes in an outline: the backdrop seen through a handle, or a label that only has the backdrop's colour."""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Backdrop, Mask
from affiche.vision.cutout.evidence import Map

_TINY: Final = 0.004
_SMALLEST: Final = 2e-4
_CLEAN: Final = 0.3
_QUIET: Final = 2.5
"""The noise (CIE Lab) up to which one surface through the border tells the backdrop's colour everywhere."""
_SHADED: Final = -25.0
_CLIPPED: Final = 97.5
_PURE: Final = 0.6

# What is seen through a handle goes on beside it: how much of the hole's rim, in one piece, lies as close to the
# outside as a handle is thick, by the hole's own size and px; from how near and how many pixels the stage is read.
_BESIDE: Final = 0.45
_HANDLE: Final = (0.5, 3.0)
_REACH: Final = (1.2, 10.0)
_LEAST_BESIDE: Final = 30
_PALE: Final = 90.0
_CLOSE: Final = (2.0, 1.0)
"""CIE Lab by which light and tint may differ from those beside it, on top of how much these vary."""
_MOST_TINT: Final = 3.0
_EVEN: Final = 1.5
_DISTINCT: Final = (12.0, 4.0)
"""CIE Lab between the hole and the product around it: at least, and by the difference from the stage beside it."""


def settled(mask: Mask, lab: Map, backdrop: Backdrop) -> Mask:
    """``mask`` with every hole decided: open where the backdrop shows through, filled otherwise.

    Before a scene large holes stay open.
    """
    labels, stats, holes = _holes(mask)
    scene = backdrop.clean <= _CLEAN
    known = not scene and backdrop.noise < _QUIET
    doubtful = [hole for hole in holes if not scene or stats[hole, cv2.CC_STAT_AREA] < _TINY * mask.size]
    if not doubtful:
        return mask
    outside = ~mask & ~np.isin(labels, holes)
    closed = [
        hole
        for hole in doubtful
        if stats[hole, cv2.CC_STAT_AREA] < _SMALLEST * mask.size
        or not (
            (known and _shows_backdrop(labels, stats, hole, lab, backdrop))
            or _goes_on(*_near(labels == hole, stats[hole], mask, outside, lab))
        )
    ]
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
    left, top, width, height = (int(value) for value in stats[hole, : cv2.CC_STAT_AREA])
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


def _near(hole: Mask, measures: NDArray[np.int32], *maps: NDArray[Any]) -> list[NDArray[Any]]:
    """The hole and ``maps`` as far around it as anything can tell of it."""
    left, top, width, height, area = (int(value) for value in measures)
    margin = math.ceil(max(_REACH[1], _REACH[0] * math.sqrt(area))) + 3
    window = slice(max(0, top - margin), top + height + margin), slice(max(0, left - margin), left + width + margin)
    return [one[window] for one in (hole, *maps)]


def _goes_on(hole: Mask, mask: Mask, outside: Mask, lab: Map) -> bool:
    """Whether what lies just beyond a thin part of the product goes on in a hole: the same light and tint, as even, and
    quite another colour than the product around it. On a backdrop that changes from place to place, a wall with the
    shade of leaves on it, this tells more than one surface through the border does.

    A handle is thin on one side of its hole, while a label has the product's edges close on two. Pale paper tells
    nothing, since the counters of letters and blank labels on pale cartons look like it.
    """
    side = math.sqrt(float(hole.sum()))
    core = cv2.erode(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if not core.any():
        return False
    if _share_behind_handle(hole & ~core, outside, _HANDLE[0] * side + _HANDLE[1]) < _BESIDE:
        return False
    away = np.asarray(cv2.distanceTransform((~hole).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    unmixed = cv2.erode(outside.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1) > 0
    beside = unmixed & (away < max(_REACH[1], _REACH[0] * side))
    around = mask & (away > 1) & (away < 4)
    if beside.sum() < _LEAST_BESIDE or not around.any():
        return False
    (stage, varied), (found, uneven) = _middle(lab[beside]), _middle(lab[core])
    off = found - stage
    close = abs(off[0]) <= _CLOSE[0] + varied[0]
    close &= math.hypot(*off[1:]) <= min(_MOST_TINT, _CLOSE[1] + math.hypot(*varied[1:]))
    product = float(np.linalg.norm(found - np.median(lab[around], axis=0)))
    distinct = product > max(_DISTINCT[0], _DISTINCT[1] * float(np.linalg.norm(off)))
    return bool(close and distinct and stage[0] < _PALE and (uneven <= _EVEN + varied).all())


def _share_behind_handle(edge: Mask, outside: Mask, thickness: float) -> float:
    """The longest piece of a hole's ``edge`` that is less than ``thickness`` px from the outside, by all of it."""
    apart = np.asarray(cv2.distanceTransform((~outside).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    _, _, stats, _ = cv2.connectedComponentsWithStats((edge & (apart < thickness)).astype(np.uint8), connectivity=8)
    return float(stats[1:, cv2.CC_STAT_AREA].max(initial=0)) / int(edge.sum())


def _middle(colours: Map) -> tuple[Map, Map]:
    """Median of colours (n, 3), and per channel how far they spread around it."""
    middle = np.median(colours, axis=0)
    return middle, 1.48 * np.median(np.abs(colours - middle), axis=0)
