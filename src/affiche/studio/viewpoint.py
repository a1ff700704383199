# SPDX-License-Identifier: Apache-2.0
"""From how high a product was photographed, told by its cut-out alone, and which camera of a scene suits it.

A level circle of half width a, seen from e degrees above, is an ellipse of half height a sin(e). So the curve of a
round foot, and that of a rim, say how far the camera looked down on each. Of a box that is turned, the lower edge is a
corner between two slopes, whose product is sin(e) squared (the projection of two level directions at right angles).
Of a box seen from the front the lower edge is straight from everywhere, but its lid shows above its front as a strip
that grows narrower towards the back.

Things that have no such foot (a toy, a round bag, a plant) say nothing, and get the usual camera.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.studio.product import trimmed
from affiche.studio.scene import Camera, Pitch

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_MEASURED: Final = 640
"""The longer side, px, at which a cut-out is measured: a foot seen from 2 degrees still curves by several px."""
_STEEPEST_EDGE: Final = 1.6
_INNER: Final = 0.86
_LEAST_SHARE: Final = 0.3
_ROUNDEST: Final = 0.62
"""Half height by half width of a rim, and of a foot, at most: what is rounder is no level circle."""
_BULGE: Final = 1.12
"""How much broader or narrower than its foot a body may be close over it: a ball bulges, a crescent ends."""
_NOISE_PX: Final = 0.9
_NOISE_SHARE: Final = 0.014
_LEAST_BEND_PX: Final = 1.5
_TILTED: Final = 0.02
"""Slope of a straight lower edge from which it is that of a box whose other side is hardly seen: it tells nothing."""
_LEAST_RIM: Final = 0.035
_RIM_STANDS_OUT: Final = 2.0
_FAINT: Final = 0.004
_STRETCHES: Final = (1.0, 1.02, 1.04, 1.07, 1.1, 1.14)
_LID_DEPTH: Final = 0.62
"""Depth of a box by its width, as `affiche.studio.product` has it."""
_LEANING: Final = 0.975
"""Width of a lid's back by that of its front, at most."""
_LID_EDGE: Final = 0.012
_FOOT_AT, _TOP_AT = 0.3, 2.1
"""Heights in units of the foot and of the top of a product that stands in a scene, on average."""


class Viewpoint(NamedTuple):
    """How steeply, in degrees, the camera of a photo looked down on the product's ``foot`` and on its ``top``; None
    where the cut-out does not tell."""

    foot: float | None
    top: float | None


def viewpoint(cutout: Bytes) -> Viewpoint:
    """Measures an RGBA ``cutout`` of any size. Raises `InvalidInput` for one without anything in it."""
    cut = trimmed(cutout)
    scale = _MEASURED / max(cut.shape[:2])
    size = max(8, round(cut.shape[1] * scale)), max(8, round(cut.shape[0] * scale))
    cut = np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR), np.uint8)
    alpha = cut[..., 3].astype(np.float32) / np.float32(255)
    foot = _foot_angle(_depths(alpha[::-1]))
    if foot == 0:
        lid = _lid_angle(cut, alpha)
        return Viewpoint(0.0 if lid is None else None, lid)
    return Viewpoint(foot, _rim_angle(cut, alpha))


def suited(seen: Viewpoint) -> Pitch:
    """The camera under which ground and product agree best; the usual one for a product that does not tell."""
    if seen.foot is None and seen.top is None:
        return Pitch.USUAL
    return min(Pitch, key=lambda pitch: (_disagreement(seen, pitch), abs(pitch - Pitch.USUAL)))


def pitch_for(cutout: Bytes) -> Pitch:
    """`suited` to what `viewpoint` measures."""
    return suited(viewpoint(cutout))


def _disagreement(seen: Viewpoint, pitch: Pitch) -> float:
    """Mean difference in degrees of what was seen from what the camera of a scene sees."""
    camera = Camera().pitched(pitch)
    far = -camera.at[1]
    apart = [
        abs(angle - math.degrees(math.atan2(camera.at[2] - height, far)))
        for angle, height in ((seen.foot, _FOOT_AT), (seen.top, _TOP_AT))
        if angle is not None
    ]
    return sum(apart) / len(apart)


class _Edge(NamedTuple):
    """A run of columns around the outermost point of an outline: ``depth`` px inwards of each, from column ``first``;
    ``widths`` of the silhouette in px, row by row inwards."""

    depth: Floats
    first: int
    widths: NDArray[np.intp]


def _depths(alpha: Floats) -> _Edge | None:
    """The upper edge of a silhouette: the longest run of columns that near the uppermost point rise no steeper than a
    foot does. ``alpha`` upside down gives the lower edge."""
    covered = alpha.max(0) > 0.5
    row = np.argmax(alpha > 0.5, axis=0)
    at, before = alpha[row, np.arange(len(row))], alpha[np.maximum(row - 1, 0), np.arange(len(row))]
    depth = row - np.where(row > 0, (at - 0.5) / np.maximum(at - before, 1e-3), 0)
    reach = 0.5 * alpha.shape[1]
    near = covered & (depth < reach)
    smooth = np.asarray(cv2.GaussianBlur(depth.astype(np.float32)[None], (0, 0), 1.5), np.float32)[0]
    near &= np.abs(np.gradient(smooth)) < _STEEPEST_EDGE
    ends = np.flatnonzero(np.diff(near.astype(np.int8), prepend=0, append=0))
    runs = [(int(start), int(stop)) for start, stop in zip(ends[::2], ends[1::2], strict=True)]
    lowest = [(start, stop) for start, stop in runs if depth[start:stop].min() < 0.03 * alpha.shape[0] + 2]
    if not lowest:
        return None
    start, stop = max(lowest, key=lambda run: run[1] - run[0])
    if stop - start < _LEAST_SHARE * len(row):
        return None
    return _Edge(depth[start:stop].astype(np.float32), start, (alpha > 0.5).sum(1))


def _foot_angle(edge: _Edge | None) -> float | None:
    """How steeply a lower edge is seen, 0 for a straight one; None where it is of no level thing."""
    if edge is None:
        return None
    bend, (slopes, corner_error) = _bend(edge), _corner(edge)
    half = bend.half
    if min(bend.error, corner_error) > _allowed(half):
        return None
    cornered = corner_error < 0.7 * bend.error and min(slopes) > 0.01 * half
    sine = math.sqrt(slopes[0] * slopes[1]) / half if cornered else max(0.0, bend.high / half)
    body = edge.widths[min(len(edge.widths) - 1, round(2.2 * sine * half))]
    if sine > _ROUNDEST or not 1 / _BULGE < body / (2 * half) < _BULGE:
        return None
    if sine * half > _LEAST_BEND_PX:
        return math.degrees(math.asin(sine))
    return 0.0 if abs(bend.tilt) < _TILTED * half else None


def _allowed(half: float) -> float:
    """Mean error in px of an edge ``half`` px wide that still is the one it is taken for."""
    return _NOISE_PX + _NOISE_SHARE * half


class _Bend(NamedTuple):
    """Half of an ellipse: ``high`` its half height and ``half`` its half width, px; ``tilt`` px over that half;
    the mean ``error`` of the edge, px, and the ellipse's outermost point ``apex``, px inwards."""

    high: float
    half: float
    tilt: float
    error: float
    apex: float


def _bend(edge: _Edge) -> _Bend:
    """The ellipse, tilted a little, that fits the inner part of an edge best. It may be broader than the edge's run,
    which ends where an ellipse grows steep."""
    half = len(edge.depth) / 2
    place = (np.arange(len(edge.depth)) + 0.5) / half - 1
    inner = np.abs(place) < _INNER
    best = _Bend(0.0, half, 0.0, math.inf, 0.0)
    for stretch in _STRETCHES:
        t, depth = place[inner] / stretch, edge.depth[inner]
        shape = np.stack([np.ones_like(t), t, 1 - np.sqrt(1 - t * t)], -1)
        found, *_ = np.linalg.lstsq(shape, depth, rcond=None)
        error = float(np.sqrt(np.mean((shape @ found - depth) ** 2)))
        if error < best.error:
            best = _Bend(float(found[2]), half * stretch, float(found[1]), error, float(found[0]))
    return best


def _corner(edge: _Edge) -> tuple[tuple[float, float], float]:
    """Slopes, px per half width, of the two lines that rise from a corner, and the error, px."""
    place = (np.arange(len(edge.depth)) + 0.5) / (len(edge.depth) / 2) - 1
    inner = np.abs(place) < _INNER
    t, depth = place[inner], edge.depth[inner]
    best: tuple[tuple[float, float], float] = ((0.0, 0.0), math.inf)
    for at in np.linspace(-0.75, 0.75, 61):
        shape = np.stack([np.ones_like(t), np.maximum(at - t, 0), np.maximum(t - at, 0)], -1)
        found, *_ = np.linalg.lstsq(shape, depth, rcond=None)
        error = float(np.sqrt(np.mean((shape @ found - depth) ** 2)))
        if error < best[1] and found[1] >= 0 and found[2] >= 0:
            best = (float(found[1]), float(found[2])), error
    return best


def _rim_angle(cut: Bytes, alpha: Floats) -> float | None:
    """How steeply a round top is seen: its back is the outline's upper edge, its front an edge within. Without that
    front the top may just as well be a dome, and says nothing."""
    edge = _depths(alpha)
    if edge is None:
        return None
    bend = _bend(edge)
    if bend.error > _allowed(bend.half) or not _LEAST_RIM * bend.half < bend.high < _ROUNDEST * bend.half:
        return None
    half = len(edge.depth) / 2
    t = ((np.arange(len(edge.depth)) + 0.5) - half) / bend.half
    inner = np.abs(t) < _INNER
    steps, columns = _steps_down(cut), edge.first + np.flatnonzero(inner)
    front = bend.apex + bend.high * (1 + np.sqrt(1 - t[inner] ** 2))
    beside = [_mean_step(steps, columns, front + share * bend.high) for share in (-0.5, -0.35, 0.35, 0.5)]
    there = max(_mean_step(steps, columns, front + px) for px in range(-4, 5))
    if there < _RIM_STANDS_OUT * (float(np.mean(beside)) + _FAINT):
        return None
    return math.degrees(math.asin(bend.high / bend.half))


def _lid_angle(cut: Bytes, alpha: Floats) -> float | None:
    """How steeply the lid of a box is seen that faces the camera: a strip at the top whose sides lean inwards evenly,
    down to an edge all across."""
    inside = alpha > 0.5
    widths = inside[: len(alpha) // 2].sum(1).astype(np.float32)
    row = int(np.argmax(cv2.blur(widths[:, None], (1, 5))))
    broad = float(widths[row])
    if row < _LEAST_RIM * len(alpha):
        return None
    rows = np.arange(1, row - 1)
    sides = np.polyfit(rows, widths[1 : row - 1], 1)
    uneven = float(np.abs(np.polyval(sides, rows) - widths[1 : row - 1]).max())
    if uneven > _NOISE_SHARE * broad + _NOISE_PX or not 0.5 < np.polyval(sides, 0) / broad < _LEANING:
        return None
    left = int(np.argmax(inside[row]))
    across = slice(left + int(0.1 * broad), left + int(0.9 * broad))
    steps = np.abs(_steps_down(cut)[max(0, row - 5) : row + 6, across])
    if float(np.median(steps, axis=1).max()) < _LID_EDGE:
        return None
    return math.degrees(math.asin(min(0.9, row / (_LID_DEPTH * broad))))


def _steps_down(cut: Bytes) -> Floats:
    """How much lighter each pixel is than the one above, 0..1, a little smoothed."""
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(cut[..., :3]), cv2.COLOR_RGB2GRAY), np.float32) / 255
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.2), np.float32)
    return np.gradient(soft, axis=0).astype(np.float32)


def _mean_step(steps: Floats, columns: NDArray[np.intp], rows: Floats) -> float:
    """The size of the mean step along a curve: an edge has one sign, print has both."""
    at = np.clip(np.rint(rows).astype(np.intp), 0, len(steps) - 1)
    return abs(float(steps[at, columns].mean()))
