# SPDX-License-Identifier: Apache-2.0
"""How objects touch their ground, and the soft shadow that this leaves on a white sweep."""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import smoothstep

Floats = NDArray[np.float32]

_SMALLEST: Final = 0.004
_NEAR: Final = 0.06
_BROAD: Final = 0.22
_FOOT: Final = 0.025
_RIM: Final = 0.035
# Strength and spread (share of the long side, across and down) of the line of contact, and of the light it takes away.
_LINE: Final = (0.42, 0.005, 0.0028)
_PENUMBRA: Final = (0.24, 0.020, 0.0085)
_SQUASHED: Final = 0.07
_OVERHANG: Final = 0.22
_CAST: Final = (0.15, 0.028, 0.012)


class Pose(StrEnum):
    """How an object is held up."""

    STANDING = "standing"
    LOOSE = "loose"
    """Lying seen from above, or hanging: it touches no ground that the picture shows."""


def pose_of(alpha: Floats, reaches_top: bool) -> Pose:
    """The pose of a silhouette (height, width) 0..1: what stands has a broad foot, or several, in its lowest rows; what
    comes in from the photo's upper edge hangs."""
    inside = alpha > 0.5
    if reaches_top or not inside.any():
        return Pose.LOOSE
    lowest = _lowest(inside)
    columns = lowest >= 0
    near = columns & (lowest.max() - lowest <= max(2.0, _FOOT * inside.shape[0]))
    broad = near.sum() >= _BROAD * columns.sum()
    several = int(np.diff(near.astype(np.int8), prepend=0).clip(0).sum()) >= 2 and _spans(near, columns)
    return Pose.STANDING if broad or several else Pose.LOOSE


def _spans(near: NDArray[np.bool_], columns: NDArray[np.bool_]) -> bool:
    """Whether the feet stand apart by half of the width, as legs do."""
    places = np.flatnonzero(near)
    return bool(places[-1] - places[0] >= 0.5 * columns.sum())


def contact_shadow(alpha: Floats) -> Floats:
    """How much light the objects of a canvas (height, width) take from a white ground, 0..1; 0 at the canvas's rim.

    Every object that is not a crumb has a shadow of its own, where its lower edge is; it comes from the contact of two
    surfaces (a dark line that fades within millimetres) and from the light of a large soft box behind the camera.
    """
    height, width = alpha.shape
    long_side = max(height, width)
    touch, cast = np.zeros_like(alpha), np.zeros_like(alpha)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((alpha > 0.5).astype(np.uint8))
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] >= _SMALLEST * alpha.size:
            inside = np.asarray(labels == label)
            _mark_contact(touch, inside, int(stats[label, cv2.CC_STAT_HEIGHT]), long_side)
            _mark_cast(cast, inside, stats[label])
    light = np.ones_like(alpha)
    for film, (strength, across, down) in ((touch, _LINE), (touch, _PENUMBRA), (cast, _CAST)):
        soft = cv2.GaussianBlur(film, (0, 0), sigmaX=across * long_side, sigmaY=down * long_side)
        light *= 1 - np.float32(strength) * soft / max(float(soft.max()), 1e-6)
    return np.asarray((1 - light) * _inner(height, width), np.float32)


def _lowest(inside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The lowest row of each column that is inside, -1 where none is."""
    rows = inside.shape[0]
    return np.where(inside.any(0), rows - 1 - np.argmax(inside[::-1], 0), -1)


def _mark_contact(film: Floats, inside: NDArray[np.bool_], tall: int, long_side: int) -> None:
    """A thin line under the object, fainter where its lower edge rises from the ground."""
    lowest = _lowest(inside)
    base = int(lowest.max())
    weight = np.clip(1 - (base - lowest) / (_NEAR * tall + 4), 0, 1) * (lowest >= 0)
    thick = round(3 + 0.006 * long_side)
    top = max(0, base - int(_NEAR * tall) - 6)
    rows = np.arange(top, min(film.shape[0], base + thick + 1))[:, None]
    line = (rows >= lowest - 2) & (rows <= lowest + thick)
    strip = film[rows[0, 0] : rows[-1, 0] + 1]
    np.maximum(strip, (line * weight).astype(np.float32), out=strip)


def _mark_cast(film: Floats, inside: NDArray[np.bool_], box: NDArray[np.int32]) -> None:
    """The silhouette laid flat on the ground, fainter under what overhangs it."""
    left, top, width, height = (int(value) for value in box[:4])
    flat = max(4, round(height * _SQUASHED))
    whole = inside[top : top + height, left : left + width].astype(np.float32)
    rise = top + height - 1 - _lowest(inside)[left : left + width]
    whole *= np.clip(1 - rise / (_OVERHANG * height), 0, 1)
    shape = np.asarray(cv2.resize(whole, (width, flat), interpolation=cv2.INTER_AREA), np.float32)
    first = top + height - round(0.6 * flat)
    part = film[first : first + flat, left : left + width]
    np.maximum(part, shape[: part.shape[0]], out=part)


def _inner(height: int, width: int) -> Floats:
    """1 within the canvas, falling to 0 at its rim, so that no shadow is cut off."""
    across = np.minimum(np.arange(width), np.arange(width)[::-1]).astype(np.float32) - 1
    down = np.minimum(np.arange(height), np.arange(height)[::-1]).astype(np.float32) - 1
    reach = _RIM * max(height, width)
    return smoothstep(0, reach, down)[:, None] * smoothstep(0, reach, across)[None]
