# SPDX-License-Identifier: Apache-2.0
"""A product's cut-out as a solid: how thick it is, where it touches the ground, how it narrows upwards.

A picture shows one side only, so the depth is a guess that suits standing goods: every row of the silhouette is taken
as an ellipse seen from the front, as of a bottle, a bag or a shoe box with round edges, and the foot reaches the ground
all around although its front edge is drawn as a curve.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.images.native import cv2

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_SOLID: Final = 128
_FOOT_SHARE: Final = 0.055
_STEEP, _STEEP_RISE = 0.2, 1.0
"""Sine of the angle from which a foot is seen from above: lower edges rise by more, as a share of the width."""
_CORNERED, _LEAST_RISE = 0.17, 6.0
"""How much smaller the ellipse of a turned box's foot is than that around its corners; and the rise, px, that tells."""
_NARROWEST_FOOT: Final = 0.02
_MOST_FEET: Final = 6
_BANDS: Final = ((0.0, 0.12), (0.12, 0.4), (0.4, 0.72), (0.72, 1.0))
_THICKNESS: Final = 0.62
_DEEPEST: Final = 0.42
"""Half depth by half width of a row, and the most of it by the product's height."""


class Foot(NamedTuple):
    """A place where the product touches its ground: middle column, half its width and half its depth, px."""

    x: float
    half_width: float
    half_depth: float


class Band(NamedTuple):
    """A level piece of the product: middle column, half width, half depth, px; ``low`` to ``high`` over the ground."""

    x: float
    half_width: float
    half_depth: float
    low: float
    high: float


class Solid(NamedTuple):
    """``rgb`` (height, width, 3) is straight sRGB, ``alpha`` (height, width), both 0..1; ``thickness`` half the depth
    at every pixel, px; ``underside`` the height of each column's lower edge over the ground, px; ``slices``
    (height, width, 3) the coverage of cross-sections behind and before the middle by 0, 0.45 and 0.8 of
    ``half_depth``, which reach the ground; lower edges up to ``foot_rise`` px over the ground are still its feet's."""

    rgb: Floats
    alpha: Floats
    thickness: Floats
    underside: Floats
    slices: Floats
    half_depth: float
    feet: tuple[Foot, ...]
    bands: tuple[Band, ...]
    foot_rise: float


SLICE_DEPTHS: Final = (0.0, 0.45, 0.8)


def trimmed(cutout: Bytes) -> Bytes:
    """The part of an RGBA ``cutout`` that is not clear; raises `InvalidInput` where all is."""
    rows, columns = (np.flatnonzero((cutout[..., 3] > 24).any(axis)) for axis in (1, 0))
    if len(rows) < 4 or len(columns) < 4:
        raise InvalidInput("cutout", "The cut-out is empty; give a picture whose product is opaque on a clear ground.")
    return cutout[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def resized(cutout: Bytes, width: int, height: int) -> tuple[Floats, Floats]:
    """Straight ``rgb`` and ``alpha`` of a size; colours are weighted by coverage, so that none bleeds in."""
    alpha = cutout[..., 3:].astype(np.float32) / 255
    weighted = np.dstack([cutout[..., :3].astype(np.float32) / 255 * alpha, alpha])
    shrinking = height < cutout.shape[0]
    scaled = cv2.resize(weighted, (width, height), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC)
    scaled = np.clip(scaled, 0, 1)
    rgb = np.clip(scaled[..., :3] / np.maximum(scaled[..., 3:], 1e-3), 0, 1)
    return np.ascontiguousarray(rgb, np.float32), np.ascontiguousarray(scaled[..., 3], np.float32)


def solid(rgb: Floats, alpha: Floats, steepness: float) -> Solid:
    """The solid of a product; ``steepness`` is the sine of the camera's downward angle at the product."""
    height, width = alpha.shape
    inside = alpha > 0.5 * alpha.max()
    columns = inside.any(0)
    lowest = np.where(columns, height - 1 - np.argmax(inside[::-1], 0), -1)
    underside = np.where(columns, height - 1 - lowest, height).astype(np.float32)
    feet = _feet(underside, width, height, steepness)
    thickness = _thickness(inside, underside, feet)
    half_depth = max(2.0, float(np.percentile(thickness[inside], 95)))
    return Solid(
        rgb, alpha, thickness, underside, _slices(alpha, thickness, underside, feet, half_depth), half_depth, feet,
        _bands(inside, thickness), _foot_rise(width, height, steepness),
    )  # fmt: skip


def _foot_rise(width: int, height: int, steepness: float) -> float:
    """How far over the ground, px, the lower edge of a foot may lie: a round foot's edge rises towards its sides, and
    that of a turned box, the further the more steeply it is seen."""
    return max(2.0, _FOOT_SHARE * min(width, height), _STEEP_RISE * (steepness - _STEEP) * width)


def _feet(underside: Floats, width: int, height: int, steepness: float) -> tuple[Foot, ...]:
    """Runs of columns whose lower edge is near the ground."""
    near = (underside < _foot_rise(width, height, steepness)).astype(np.uint8)[None]
    near = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones((1, 2 * (width // 40) + 1), np.uint8))[0]
    ends = np.flatnonzero(np.diff(near, prepend=0, append=0))
    feet = []
    for start, stop in zip(ends[::2], ends[1::2], strict=True):
        half = (stop - start) / 2
        if 2 * half < max(2.0, _NARROWEST_FOOT * width):
            continue
        sag = float(np.percentile(underside[start:stop], 90)) / max(steepness, 0.05)
        depth = np.clip(max(_THICKNESS * half, min(sag, 1.1 * half)), 1.5, 0.5 * height)
        inner = 1 - _CORNERED * _corneredness(underside[start:stop]) if steepness > _STEEP else 1.0
        feet.append(Foot(float(start + stop) / 2, float(max(half * inner, 1.5)), float(depth * inner)))
    feet.sort(key=lambda foot: -foot.half_width)
    if not feet:
        middle = int(np.argmin(underside))
        feet = [Foot(float(middle), max(2.0, 0.03 * width), max(2.0, 0.02 * width))]
    return tuple(feet[:_MOST_FEET])


def _corneredness(edge: Floats) -> float:
    """0 for the lower edge of a round foot, 1 for that of a box that turns a corner to the camera: by the mean rise of
    an ellipse (1 - pi / 4 of its most) and of two slopes (half of it)."""
    most = float(np.percentile(edge, 95))
    return float(np.clip((float(edge.mean()) / most - 0.215) / 0.285, 0, 1)) if most > _LEAST_RISE else 0.0


def _thickness(inside: NDArray[np.bool_], underside: Floats, feet: tuple[Foot, ...]) -> Floats:
    """Half the depth: every run of a row is the front of an ellipse."""
    height, width = inside.shape
    left, right = _run_lengths(inside), _run_lengths(inside[:, ::-1])[:, ::-1]
    whole = np.maximum(left + right, 1)
    profile = 2 * np.sqrt(left * right) / whole
    deepest = np.minimum(_THICKNESS * whole / 2, _DEEPEST * min(height, 1.6 * width))
    made = (profile * deepest).astype(np.float32)
    spans = ((foot.x - 0.8 * foot.half_width, foot.x + 0.8 * foot.half_width) for foot in feet)
    rises = [underside[max(0, int(start)) : int(stop) + 1] for start, stop in spans]
    round_part = round(min(0.2 * height, 2 + max(float(rise.max()) for rise in rises)))
    steady = made[max(0, height - 2 * round_part - 1)]
    made[height - round_part :] = np.maximum(made[height - round_part :], steady)
    return np.asarray(cv2.blur(made, (1, max(3, height // 40) | 1)) * inside, np.float32)


def _run_lengths(inside: NDArray[np.bool_]) -> Floats:
    """How many pixels in a row are inside, up to and with each pixel, counted from the left."""
    count = np.cumsum(inside, 1, dtype=np.int32)
    before = np.maximum.accumulate(np.where(inside, 0, count), 1)
    return (count - before).astype(np.float32)


def _slices(alpha: Floats, thickness: Floats, underside: Floats, feet: tuple[Foot, ...], half_depth: float) -> Floats:
    edge = max(1.0, 0.06 * half_depth)
    inner = [np.clip((thickness - share * half_depth) / edge + 0.5, 0, 1) * alpha for share in SLICE_DEPTHS[1:]]
    made = np.dstack([alpha, *inner]).astype(np.float32)
    height, width = alpha.shape
    for foot in feet:
        first, last = max(0, int(foot.x - foot.half_width)), min(width, int(foot.x + foot.half_width) + 1)
        for column in range(first, last):
            gap = int(underside[column])
            if 0 < gap < height // 4:
                made[height - gap - 1 :, column] = made[height - gap - 2, column]
    return made


def _bands(inside: NDArray[np.bool_], thickness: Floats) -> tuple[Band, ...]:
    height = inside.shape[0]
    bands = []
    for low, high in _BANDS:
        rows = slice(int(height * (1 - high)), max(int(height * (1 - high)) + 1, int(height * (1 - low))))
        share = inside[rows].mean(0)
        weight = float(share.sum())
        if weight < 1:
            continue
        middle = float((share * np.arange(len(share))).sum() / weight)
        depth = max(1.5, float(np.percentile(thickness[rows][inside[rows]], 80)))
        bands.append(Band(middle, max(1.5, weight / 2), depth, low * height, high * height))
    return tuple(bands)
