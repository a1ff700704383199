# SPDX-License-Identifier: Apache-2.0
"""Taking a plain ground away from a logo that was saved without transparency."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.images.native import cv2

Pixels = NDArray[np.uint8]

_PLAIN_SPREAD: Final = 16
_PLAIN_SHARE: Final = 0.94
_INK_FROM: Final = 26
_NOISE: Final = 14
_RIM: Final = 5
_DEEP: Final = 9
_SPECK: Final = 2e-5


def plain_ground(pixels: Pixels) -> Colour | None:
    """The one colour that runs around an opaque picture, or None: a photo has no plain ground."""
    rgb = pixels[..., :3]
    border = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]]).astype(np.int16)
    middle = np.median(border, axis=0)
    near = np.abs(border - middle).max(axis=1) <= _PLAIN_SPREAD
    if near.mean() < _PLAIN_SHARE:
        return None
    return Colour(*(round(float(value)) for value in middle))


def without_ground(pixels: Pixels, ground: Colour) -> Pixels | None:
    """RGBA ``pixels`` (h, w, 4) with ``ground`` made clear, counters of letters included; None if nothing is left.

    Along edges the mixture C = a F + (1 - a) G is undone with the nearest pure ink as F, so that neither a halo of the
    old ground nor the dirt of a lossy file stays behind.
    """
    rgb = np.ascontiguousarray(pixels[..., :3])
    distance = np.asarray(cv2.absdiff(rgb, np.full_like(rgb, ground)).max(axis=-1), np.uint8)
    ink = without_specks((distance > _INK_FROM).astype(np.uint8))
    if not ink.any():
        return None
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_RIM, _RIM)), np.uint8)
    rim = (cv2.erode(ink, kernel) == 0) & (cv2.dilate(ink, kernel) > 0)
    clear = np.dstack([rgb, ink * np.uint8(255)])
    clear[rim] = _unmixed(rgb[rim], _nearest_pure(rgb, distance * ink, kernel)[rim], ground)
    return clear


def _nearest_pure(rgb: Pixels, strength: Pixels, kernel: Pixels) -> Pixels:
    """For every pixel the colour of the nearest one that is full ink: one clear of all edges, where a lossy file's
    coarser chroma does not reach, or, far from any such, the middle of a hairline."""
    deep = cv2.erode((strength > 0).astype(np.uint8), np.ones((_DEEP, _DEEP), np.uint8))
    reached = cv2.dilate(deep, np.ones((2 * _DEEP + 1, 2 * _DEEP + 1), np.uint8)) > 0
    middle = (strength > 0) & (strength >= 0.9 * cv2.dilate(strength, kernel))
    pure = (deep > 0) | (middle & ~reached)
    _, labels = cv2.distanceTransformWithLabels(
        (~pure).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(labels.max()) + 1, 3), np.uint8)
    colours[labels[pure]] = rgb[pure]
    return np.asarray(colours[labels], np.uint8)


def _unmixed(mixed: Pixels, pure: Pixels, ground: Colour) -> Pixels:
    """RGBA of pixels (n, 3) that mix ``ground`` with the ink ``pure``: its colour, as opaque as explains them."""
    way = pure.astype(np.float32) - np.array(ground, np.float32)
    length = np.maximum((way**2).sum(axis=1), 1.0)
    share = ((mixed - np.array(ground, np.float32)) * way).sum(axis=1) / length
    floor = np.minimum(_NOISE / np.sqrt(length), 0.25)
    alpha = np.clip((share - floor) / (1 - 2 * floor), 0, 1)
    return np.concatenate([pure, np.rint(alpha * 255).astype(np.uint8)[:, None]], axis=1)


def without_specks(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``ink`` (0 or 1) without the dust of a scan or of a compressed file."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= max(3.0, _SPECK * ink.size)
    kept[0] = False
    return np.asarray(kept.astype(np.uint8)[labels], np.uint8)
