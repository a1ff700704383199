# SPDX-License-Identifier: Apache-2.0
"""How objects touch their ground, and the soft shadow that this leaves on a white sweep."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import smoothstep

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SMALLEST: Final = 0.004
_NEAR: Final = 0.06
_BROAD: Final = 0.22
_FOOT: Final = 0.025
_RIM: Final = 0.035
_AT_TOP: Final = 0.01
# Strength and spread (share of the long side, across and down) of the line of contact, and of the light it takes away.
_LINE: Final = (0.42, 0.005, 0.0028)
_PENUMBRA: Final = (0.24, 0.020, 0.0085)
_SQUASHED: Final = 0.07
_OVERHANG: Final = 0.22
_CAST: Final = (0.15, 0.028, 0.012)
# Strength, spread and way down (shares of the long side) of what a thing that lies takes from the ground around it.
_UNDER: Final = ((0.34, 0.004, 0.004), (0.20, 0.016, 0.014))


class Pose(StrEnum):
    """How an object is held up."""

    STANDING = "standing"
    LYING = "lying"
    """Seen from above: the ground is behind all of it."""
    HANGING = "hanging"
    """It touches no ground that the picture shows."""


class _Thing(NamedTuple):
    """One object of a canvas: its silhouette (height, width) and its box, px."""

    inside: Mask
    left: int
    top: int
    width: int
    height: int


def poses_of(alpha: Floats, hangs_from: int | None) -> tuple[Pose, ...]:
    """The pose of each object of a canvas (height, width) 0..1, crumbs left out. ``hangs_from`` is the row that was the
    photo's upper edge, None if none of it shows."""
    return tuple(_pose(thing, hangs_from) for thing in _things(alpha))


def contact_shadow(alpha: Floats, hangs_from: int | None = None, *, always: bool = False) -> Floats:
    """How much light the objects of a canvas (height, width) take from a white ground, 0..1; 0 at the canvas's rim.

    What stands has a shadow where its lower edge is: a dark line that fades within millimetres, from the contact of two
    surfaces, and what a large soft box behind the camera leaves. What lies has one close around it, deeper below, as
    the light comes from the picture's upper edge. What hangs has none, unless ``always``, where a wall is behind it.
    """
    height, width = alpha.shape
    long_side = max(height, width)
    touch, cast, flat = (np.zeros_like(alpha) for _ in range(3))
    for thing in _things(alpha):
        pose = _pose(thing, hangs_from)
        if pose is Pose.STANDING:
            _mark_contact(touch, thing, long_side)
            _mark_cast(cast, thing)
        elif pose is Pose.LYING or always:
            flat[thing.inside] = 1
    light = np.ones_like(alpha)
    for film, (strength, across, down) in ((touch, _LINE), (touch, _PENUMBRA), (cast, _CAST)):
        soft = cv2.GaussianBlur(film, (0, 0), sigmaX=across * long_side, sigmaY=down * long_side)
        light *= 1 - np.float32(strength) * soft / max(float(soft.max()), 1e-6)
    for strength, spread, way in _UNDER if flat.any() else ():
        lower = np.roll(flat, round(way * long_side), axis=0)
        light *= 1 - np.float32(strength) * cv2.GaussianBlur(lower, (0, 0), spread * long_side)
    return np.asarray((1 - light) * _inner(height, width), np.float32)


def _things(alpha: Floats) -> Iterator[_Thing]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats((alpha > 0.5).astype(np.uint8))
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] >= _SMALLEST * alpha.size:
            yield _Thing(np.asarray(labels == label), *(int(value) for value in stats[label, :4]))


def _pose(thing: _Thing, hangs_from: int | None) -> Pose:
    """What stands has a broad foot, or several, in its lowest rows; what comes in from the photo's upper edge hangs."""
    if hangs_from is not None and thing.top <= hangs_from + _AT_TOP * thing.height:
        return Pose.HANGING
    lowest = _lowest(thing.inside)
    columns = lowest >= 0
    near = columns & (lowest.max() - lowest <= max(2.0, _FOOT * thing.height))
    broad = near.sum() >= _BROAD * thing.width
    several = int(np.diff(near.astype(np.int8), prepend=0).clip(0).sum()) >= 2 and _spans(near, thing.width)
    return Pose.STANDING if broad or several else Pose.LYING


def _spans(near: Mask, width: int) -> bool:
    """Whether the feet stand apart by half of the width, as legs do."""
    places = np.flatnonzero(near)
    return bool(places[-1] - places[0] >= 0.5 * width)


def _lowest(inside: Mask) -> NDArray[np.int64]:
    """The lowest row of each column that is inside, -1 where none is."""
    rows = inside.shape[0]
    return np.where(inside.any(0), rows - 1 - np.argmax(inside[::-1], 0), -1)


def _mark_contact(film: Floats, thing: _Thing, long_side: int) -> None:
    """A thin line under the object, fainter where its lower edge rises from the ground."""
    lowest = _lowest(thing.inside)
    base = int(lowest.max())
    weight = np.clip(1 - (base - lowest) / (_NEAR * thing.height + 4), 0, 1) * (lowest >= 0)
    thick = round(3 + 0.006 * long_side)
    top = max(0, base - int(_NEAR * thing.height) - 6)
    rows = np.arange(top, min(film.shape[0], base + thick + 1))[:, None]
    line = (rows >= lowest - 2) & (rows <= lowest + thick)
    strip = film[rows[0, 0] : rows[-1, 0] + 1]
    np.maximum(strip, (line * weight).astype(np.float32), out=strip)


def _mark_cast(film: Floats, thing: _Thing) -> None:
    """The silhouette laid flat on the ground, fainter under what overhangs it."""
    inside, left, top, width, height = thing
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
