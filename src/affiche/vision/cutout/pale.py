# SPDX-License-Identifier: Apache-2.0
"""Pale parts of a product on pale paper: a white carton differs from its white ground by two levels of grey."""

from typing import Final

import numpy as np

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Mask
from affiche.vision.cutout.evidence import Evidence

_CLEAN: Final = 0.8
_QUIET: Final = 0.6
_FAINTEST: Final = 0.9
_SMALLEST: Final = 0.03
_LARGEST: Final = 8.0
_SHARP: Final = 0.55
_RIM: Final = (1.4, 3.6)
_DEEP: Final = 6.0
_LEAST_DEEP: Final = 20
_BRIDGE: Final = 11


def completed(seen: Evidence, mask: Mask) -> Mask:
    """``mask`` with the parts beside it that differ from a quiet backdrop by little, but with a sharp edge: a shadow
    differs little too, and fades."""
    if seen.backdrop.clean < _CLEAN or seen.backdrop.noise > _QUIET or not mask.any():
        return mask
    differing = _differing(seen) | mask
    if differing.sum() > _LARGEST * mask.sum():
        return mask
    extra = (differing & ~mask).astype(np.uint8)
    opened = cv2.morphologyEx(extra, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    depth = np.asarray(cv2.distanceTransform(differing.astype(np.uint8), cv2.DIST_L2, 3), np.float32)
    beside = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    touching = np.bincount(labels[beside], minlength=count) > 0
    grown = mask.copy()
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] < _SMALLEST * mask.sum() or not touching[number]:
            continue
        part = labels == number
        edge, deep = part & (depth > _RIM[0]) & (depth < _RIM[1]), part & (depth > _DEEP)
        if deep.sum() < _LEAST_DEEP or not edge.any():
            continue
        distance = seen.backdrop.distance
        if np.median(distance[edge]) > _SHARP * np.median(distance[deep]):
            grown |= part
    if grown.sum() == mask.sum():
        return mask
    # Wider than the blocks of a lossy file, whose steps an edge this faint follows.
    bridge = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_BRIDGE, _BRIDGE)), np.uint8)
    closed = cv2.morphologyEx(grown.astype(np.uint8), cv2.MORPH_CLOSE, bridge)
    return np.asarray(closed > 0)


def _differing(seen: Evidence) -> Mask:
    """What differs from the backdrop by more than its noise, without the crumbs that a lossy file leaves."""
    different = (seen.backdrop.distance > max(_FAINTEST, 3 * seen.backdrop.noise)).astype(np.uint8)
    closed = cv2.morphologyEx(different, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    _, labels = cv2.connectedComponents(1 - opened, connectivity=4)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray(~(np.isin(labels, outside) & (opened == 0)))
