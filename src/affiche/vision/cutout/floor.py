# SPDX-License-Identifier: Apache-2.0
"""What the old floor leaves around a product: its shadow and its mirror image."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Mask, quadratic, weighted_fit
from affiche.vision.cutout.evidence import Map, Pixels

_FIT_ROUNDS: Final = 6
_LEAST_GROUND: Final = 0.1
_ANGLE: Final = 9.0
_DARKEST: Final = 0.25
_LIGHTEST: Final = 1.08
_ROUGHEST: Final = 0.05
_LARGEST_SHADOW: Final = 0.4
_SMALLEST_PIECE: Final = 25

# Where the product's own colours are all unlike the stage's, whatever is like it is the stage, however it is shaded.
_CORE: Final = 15
_RAREST: Final = 2
_DISTINCT: Final = 0.6
_LEAST_ANGLE: Final = 0.6
_SPREAD: Final = 1.5
_DEEPEST: Final = 0.05
_BRIGHTEST: Final = 1.02

# Around the foot: how far up it reaches, how deep inside the product's own colours are read, and how unlike the stage
# these must be.
_FOOT: Final = 0.15
_LEG: Final = 0.12
_FOOT_CORE: Final = 9
_LEAST_CORE: Final = 60
_FOOT_DISTINCT: Final = 0.4
_FOOT_ANGLES: Final = (4.0, 20.0)
_LARGEST_FOOT: Final = 0.6

# A mirror image: at least so like what it mirrors, so much fainter, and so deep.
_LIKENESS: Final = 0.85
_FAINTEST: Final = 0.04
_STRONGEST: Final = 0.6
_SHALLOWEST: Final = 0.03


@dataclass(frozen=True, slots=True)
class Ground:
    """A photo (h, w, 3) in linear light and the empty stage behind the product, in the same.

    ``tint`` is the angle in degrees under which a colour is the stage's and cannot be the product's; 0 if the product
    has such colours too.
    """

    light: Map
    empty: Map
    tint: float = 0.0

    @property
    def ratio(self) -> Map:
        """How much of the stage's light a pixel has; below 1 in a shadow."""
        return np.asarray((self.light * self.empty).sum(axis=2) / (self.empty**2).sum(axis=2), np.float32)

    @property
    def angle(self) -> Map:
        """Degrees between a pixel's colour and the stage's; a shadow keeps the colour."""
        lengths = np.linalg.norm(self.light, axis=2) * np.linalg.norm(self.empty, axis=2)
        cosine = (self.light * self.empty).sum(axis=2) / np.maximum(lengths, 1e-6)
        return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.float32)

    @property
    def bare(self) -> Mask:
        """Pixels that can only be the stage, in light or in shade; none for a ``tint`` of 0."""
        ratio = self.ratio
        return np.asarray((self.angle < self.tint) & (ratio > _DEEPEST) & (ratio < _BRIGHTEST))


def read_ground(rgb: Pixels, mask: Mask) -> Ground:
    """The stage around ``mask`` (h, w) in a small sRGB picture (h, w, 3)."""
    light = linear(np.asarray(cv2.GaussianBlur(rgb, (0, 0), 0.8) / np.float32(255), np.float32))
    around = cv2.dilate(mask.astype(np.uint8), np.ones((15, 15), np.uint8)) == 0
    if around.mean() < _LEAST_GROUND:
        around = ~mask
    basis = quadratic(*mask.shape)
    terms, values = basis[around], light[around].astype(np.float64)
    weights = np.ones(len(terms))
    coefficients = np.zeros((terms.shape[1], 3))
    for _ in range(_FIT_ROUNDS):
        coefficients = weighted_fit(terms, values, weights)
        residual = np.linalg.norm(values - terms @ coefficients, axis=1)
        weights = 1 / (1 + (residual / (2.5 * max(0.004, 1.48 * float(np.median(residual))))) ** 2) ** 2
    empty = np.clip(basis.reshape(-1, terms.shape[1]) @ coefficients, 0.01, 1.2).reshape(light.shape)
    ground = Ground(light, empty.astype(np.float32))
    return replace(ground, tint=_tint(ground, mask, around))


def linear(rgb: Map) -> Map:
    """sRGB 0..1 as linear light (IEC 61966-2-1)."""
    return np.asarray(np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4), np.float32)


def _tint(ground: Ground, mask: Mask, around: Mask) -> float:
    core = cv2.erode(mask.astype(np.uint8), np.ones((_CORE, _CORE), np.uint8), borderValue=0) > 0
    if not core.any():
        return 0.0
    angle = ground.angle
    tint = min(_ANGLE, _DISTINCT * float(np.percentile(angle[core], _RAREST)))
    return tint if tint >= max(_LEAST_ANGLE, _SPREAD * float(np.percentile(angle[around], 90))) else 0.0


def shadow(ground: Ground, mask: Mask) -> Mask:
    """The part of ``mask`` that is a shadow on the stage: its colour, darker, and open to the outside. Where the
    product has that colour too, it must also be smooth and fade out."""
    log_ratio = np.log(np.clip(ground.ratio, 0.02, 2)).astype(np.float32)
    slope = np.hypot(*(cv2.Sobel(log_ratio, cv2.CV_32F, *axis, scale=1 / 8) for axis in ((1, 0), (0, 1))))
    smooth = cv2.blur(slope.astype(np.float32), (5, 5)) < _ROUGHEST
    like = (ground.angle < _ANGLE) & (ground.ratio > _DARKEST) & (ground.ratio < _LIGHTEST) & smooth
    found = _open_to_outside((like | ground.bare) & mask, mask)
    return np.asarray(found if found.sum() <= _LARGEST_SHADOW * mask.sum() else np.zeros_like(mask))


def floor_at_foot(ground: Ground, mask: Mask) -> Mask:
    """The part of ``mask`` around the product's foot that is floor: beside a round foot it is darkened by the touch and
    tinged by what it mirrors, and only there is it told by colour alone, if the foot's own is quite another."""
    rows = np.flatnonzero(mask.any(axis=1))
    none = np.zeros_like(mask)
    if not len(rows):
        return none
    bottom, tall = int(rows[-1]) + 1, int(rows[-1] - rows[0]) + 1
    core = cv2.erode(mask.astype(np.uint8), np.ones((_FOOT_CORE, _FOOT_CORE), np.uint8), borderValue=0) > 0
    core[: bottom - round(_LEG * tall)] = False
    if core.sum() < _LEAST_CORE:
        return none
    angle = ground.angle
    tint = _FOOT_DISTINCT * float(np.percentile(angle[core], _RAREST))
    if tint < _FOOT_ANGLES[0]:
        return none
    like = (angle < min(tint, _FOOT_ANGLES[1])) & (ground.ratio > _DEEPEST) & (ground.ratio < _BRIGHTEST)
    foot = mask.copy()
    foot[: bottom - round(_FOOT * tall)] = False
    found = _open_to_outside(like & foot, mask)
    return np.asarray(found if found.sum() <= _LARGEST_FOOT * foot.sum() else none)


def _open_to_outside(part: Mask, mask: Mask) -> Mask:
    """The pieces of ``part`` that meet the outside of ``mask`` along a good part of their rim."""
    pieces = cv2.morphologyEx(part.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(pieces)
    areas = stats[:, cv2.CC_STAT_AREA]
    outside = cv2.dilate((~mask).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    contact = np.bincount(labels[outside], minlength=len(areas))
    kept = (areas > _SMALLEST_PIECE) & (contact > 0.6 * np.sqrt(areas))
    kept[0] = False
    return np.asarray(kept[labels])


def mirror_line(ground: Ground, mask: Mask) -> int | None:
    """The row on which the product stands if what hangs below it in ``mask`` is its mirror image in the floor."""
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows) < 16:
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    off = ground.light - ground.empty
    least = max(4, round(_SHALLOWEST * (bottom - top)))
    best, line = _LIKENESS, None
    for row in range(top + (bottom - top) // 2, bottom - least):
        depth = bottom - row
        above, below = off[row - depth : row][::-1], off[row:bottom]
        if row - depth < 0:
            continue
        inside = mask[row:bottom]
        likeness = _likeness(above[inside], below[inside])
        if likeness > best:
            best, line = likeness, row
    return line


def _likeness(original: NDArray[np.float32], image: NDArray[np.float32]) -> float:
    """Correlation 0..1 of a mirror image with what it mirrors; 0 where it is not fainter than that."""
    energy = float((original**2).sum())
    if energy <= 0:
        return 0.0
    product = float((original * image).sum())
    if not _FAINTEST <= product / energy <= _STRONGEST:
        return 0.0
    return product / float(np.sqrt(energy * max(float((image**2).sum()), 1e-12)))
