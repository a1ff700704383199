# SPDX-License-Identifier: Apache-2.0
"""What runs out of a picture and what does not: robust background detection on superpixels.

W. Zhu et al., "Saliency Optimization from Robust Background Detection", CVPR 2014.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.superpixels import Superpixels

_COLOUR_SIGMA: Final = 10.0
_SPACE_SIGMA: Final = 0.4
_BACKGROUND_WEIGHT: Final = 5.0


class Apart(NamedTuple):
    """Per patch: ``beyond``, the probability 0..1 that it belongs to what runs out of the picture, and ``salient``,
    0..1, how far it stands out from that."""

    beyond: NDArray[np.float64]
    salient: NDArray[np.float32]


def told_apart(patches: Superpixels) -> Apart:
    """Both values of every patch."""
    difference = _distances(patches.colour)
    beyond = _background(patches, difference)
    return Apart(beyond, _foreground(patches, difference, beyond))


def _foreground(
    patches: Superpixels, difference: NDArray[np.float64], background: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Saliency per patch, 0..1, that best agrees with background probability, contrast and smoothness."""
    nearness = np.exp(-(_distances(patches.place) ** 2) / (2 * _SPACE_SIGMA**2))
    contrast = _unit((difference * nearness * (background * patches.share)).sum(axis=1))
    wanted = np.where(contrast < contrast.mean(), 0.0, contrast)
    smooth = np.where(_within_two_steps(patches.adjacent), np.exp(-(difference**2) / (2 * _COLOUR_SIGMA**2)) + 0.1, 0.0)
    system = np.diag(_BACKGROUND_WEIGHT * background + wanted + smooth.sum(axis=1) + 1e-6) - smooth
    # Solved by OpenCV: NumPy's solver starts threads of its own.
    _, solution = cv2.solve(system, wanted, flags=cv2.DECOMP_CHOLESKY)
    return _unit(np.asarray(solution, np.float64).ravel()).astype(np.float32)


def _within_two_steps(adjacent: NDArray[np.bool_]) -> NDArray[np.bool_]:
    near = np.stack([adjacent[row].any(axis=0) for row in adjacent]) | adjacent
    np.fill_diagonal(near, False)
    return near


def _background(patches: Superpixels, difference: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability 0..1 that a patch belongs to what runs out of the picture (boundary connectivity)."""
    on_rim = patches.rim > 0
    linked = patches.adjacent | np.outer(on_rim, on_rim)
    np.fill_diagonal(linked, False)
    nearest = np.where(linked, difference, np.inf).min(axis=1)
    slack = float(np.mean(nearest[np.isfinite(nearest)])) if np.isfinite(nearest).any() else 0.0
    way = np.where(linked, np.maximum(0.0, difference - slack), np.inf).astype(np.float32)
    np.fill_diagonal(way, 0.0)
    for middle in range(len(way)):
        np.minimum(way, way[:, middle, None] + way[middle], out=way)
    same = np.exp(-(way.astype(np.float64) ** 2) / (2 * _COLOUR_SIGMA**2))
    area = same.sum(axis=1)
    connectivity = same[:, on_rim].sum(axis=1) / np.sqrt(area)
    return np.asarray(1 - np.exp(-(connectivity**2) / 2))


def _distances(points: NDArray[np.float32]) -> NDArray[np.float64]:
    """Between all pairs of rows (n, d): (n, n)."""
    total = np.zeros((len(points), len(points)))
    for axis in points.T.astype(np.float64):
        total += np.square(axis[:, None] - axis)
    return np.sqrt(total, out=total)


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(np.ptp(values))
    return (values - values.min()) / spread if spread > 1e-9 else np.zeros_like(values)
