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
_INK_FROM: Final = 26.0
_NOISE: Final = 9.0
_RIM: Final = 5
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

    Along edges the mixture C = a F + (1 - a) G is undone: F is taken from the strongest ink nearby, so that no halo of
    the old ground stays behind.
    """
    rgb = pixels[..., :3].astype(np.float32)
    back = np.array(ground, np.float32)
    distance = np.abs(rgb - back).max(axis=-1)
    ink = _without_specks((distance > _INK_FROM).astype(np.uint8))
    if not ink.any():
        return None
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_RIM, _RIM))
    strongest = cv2.dilate(distance * ink, kernel)
    rim = (cv2.erode(ink, kernel) == 0) & (cv2.dilate(ink, kernel) > 0)
    share = np.clip((distance - _NOISE) / np.maximum(strongest - _NOISE, 1.0), 0, 1)
    alpha = np.where(rim, share, ink.astype(np.float32))
    weight = np.maximum(alpha, 1e-3)[..., None]
    colours = np.clip((rgb - (1 - weight) * back) / weight, 0, 255)
    clear = np.concatenate([colours, alpha[..., None] * 255], axis=-1)
    return np.asarray(np.rint(clear), np.uint8)


def _without_specks(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``ink`` (0 or 1) without the dust of a compressed file."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = max(3.0, _SPECK * ink.size)
    kept = np.array([place > 0 and stats[place, cv2.CC_STAT_AREA] >= least for place in range(count)])
    return np.asarray(kept[labels], np.uint8)
