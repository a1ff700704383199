# SPDX-License-Identifier: Apache-2.0
"""Every hint, without learned weights, at what in a photo is the product and what the scene behind it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.connectivity import told_apart
from affiche.vision.cutout.backdrop import Backdrop, border_colours, read_backdrop
from affiche.vision.cutout.barrier import barrier_distance
from affiche.vision.saliency import shrunk
from affiche.vision.superpixels import Superpixels

Map = NDArray[np.float32]
Pixels = NDArray[np.uint8]

SIDE: Final = 400
_BARRIER_SIDE: Final = 240
_PATCHES: Final = 260
_COMPACTNESS: Final = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Hints about a photo on its small copy ``rgb`` (h, w, 3), long side at most `SIDE`.

    ``region`` (superpixels that do not run out of the picture), ``barrier`` (behind a step in colour), ``border``
    (colours that the border lacks) and ``fused`` are maps (h, w) of 0..1; ``centre`` is 1 in the middle and falls off.
    """

    rgb: Pixels
    lab: Map
    backdrop: Backdrop
    region: Map
    barrier: Map
    border: Map
    centre: Map
    fused: Map


def read_evidence(rgb: Pixels) -> Evidence:
    """The hints in an RGB photo (height, width, 3); one larger than `SIDE` is reduced."""
    small = np.ascontiguousarray(shrunk(rgb, SIDE))
    lab = to_lab(small)
    height, width = lab.shape[:2]
    patches = Superpixels.of(np.asarray(cv2.bilateralFilter(lab, 5, 12, 3), np.float32), _PATCHES, _COMPACTNESS)
    region = patches.spread(told_apart(patches).salient, width, height)
    barrier = stretched(_barrier(lab))
    border = border_colours(lab)
    backdrop = read_backdrop(lab)
    centre = _centre(height, width)
    scene = 0.45 * region + 0.35 * barrier * (0.6 + 0.4 * centre) + 0.20 * border * (0.5 + 0.5 * centre)
    misfit, clean = backdrop.misfit, np.float32(backdrop.clean)
    studio = (0.5 * misfit * np.sqrt(barrier) + 0.5 * misfit) * (0.8 + 0.2 * centre)
    fused = (1 - clean) * scene * (0.55 + 0.45 * centre) + clean * studio
    return Evidence(small, lab, backdrop, region, barrier, border, centre, stretched(fused, 0.5, 99.5))


def to_lab(rgb: Pixels) -> Map:
    """8-bit sRGB as CIE Lab, L over 0..100."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)


def stretched(raw: Map, low: float = 1, high: float = 99) -> Map:
    """``raw`` with its percentiles ``low`` and ``high`` drawn to 0 and 1."""
    dark, bright = (float(value) for value in np.percentile(raw, (low, high)))
    return np.asarray(np.clip((raw - dark) / (bright - dark + 1e-6), 0, 1), np.float32)


def _barrier(lab: Map) -> Map:
    height, width = lab.shape[:2]
    scale = min(1.0, _BARRIER_SIDE / max(height, width))
    size = (max(3, round(width * scale)), max(3, round(height * scale)))
    small = np.asarray(cv2.resize(lab, size, interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(cv2.resize(barrier_distance(small), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _centre(height: int, width: int) -> Map:
    y = ((np.arange(height, dtype=np.float32)[:, None] + 0.5) / height - 0.5) / 0.40
    x = ((np.arange(width, dtype=np.float32)[None, :] + 0.5) / width - 0.5) / 0.40
    return np.asarray(np.exp(-(x * x + y * y) / 1.2), np.float32)
