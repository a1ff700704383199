# SPDX-License-Identifier: Apache-2.0
"""Where people look in a photo, found without learned weights.

Robust background detection (W. Zhu et al., "Saliency Optimization from Robust Background Detection", CVPR 2014) on
superpixels, helped by sharpness (what the photographer focused on), lively colour and a mild centre prior.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.vision.connectivity import told_apart
from affiche.vision.superpixels import Superpixels

Map = NDArray[np.float32]

MAP_SIDE: Final = 256
FOCUS_SIDE: Final = 640
_EVENNESS: Final = 0.75


def saliency(rgb: NDArray[np.uint8]) -> Map:
    """Saliency 0..1 of an RGB picture as a map (h, w) whose long side is at most `MAP_SIDE`."""
    small = shrunk(rgb, MAP_SIDE)
    height, width = small.shape[:2]
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)
    patches = Superpixels.of(lab)
    apart = told_apart(patches)
    raw = 0.5 * patches.spread(apart.salient, width, height)
    raw += 0.3 * patches.spread((1 - apart.beyond).astype(np.float32), width, height)
    sharp = sharpness(rgb, width, height)
    telling = max(0.15, 1 - 2.2 * float(sharp.mean()))
    raw += 0.45 * telling * sharp
    raw += 0.2 * _inner(_liveliness(lab))
    raw *= 1 - 0.7 * telling * (1 - _in_focus(sharp))
    raw *= 0.65 + 0.35 * _centre_prior(height, width)
    return np.asarray(_stretched(_edge_kept(raw, np.asarray(lab[..., 0] / 100, np.float32))) ** _EVENNESS, np.float32)


def shrunk(pixels: NDArray[np.uint8], long_side: int) -> NDArray[np.uint8]:
    """A picture with its long side at most ``long_side`` px, by area averages."""
    return PhotoPyramid(pixels).reduced(long_side)


def sharpness(rgb: NDArray[np.uint8], width: int, height: int) -> Map:
    """Energy of the finest detail that the picture has at `FOCUS_SIDE`, 0..1, as a map (``height``, ``width``)."""
    working = shrunk(rgb, FOCUS_SIDE)
    grey = cv2.cvtColor(working, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.resize(np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.2)), (width, height), interpolation=cv2.INTER_AREA)
    return _stretched(np.asarray(cv2.GaussianBlur(fine, (0, 0), max(1.0, max(width, height) / 70)), np.float32))


def _liveliness(lab: Map) -> Map:
    """Chroma above the picture's own, 0..1: saturated things draw the eye, warm ones a little more."""
    warmth = np.maximum(lab[..., 1], 0) * 0.25 + np.maximum(lab[..., 2], 0) * 0.15
    chroma = cv2.GaussianBlur(np.hypot(lab[..., 1], lab[..., 2]) + warmth, (0, 0), 2.0)
    return np.asarray(np.clip((chroma - float(np.median(chroma))) / 40, 0, 1), np.float32)


def _in_focus(sharp: Map) -> Map:
    """1 near sharp detail, falling to 0 in wide blurred parts; smooth parts of a sharp thing stay in."""
    wide = cv2.GaussianBlur(sharp, (0, 0), max(sharp.shape) / 18)
    return np.asarray(np.clip(wide / (0.3 * max(float(wide.max()), 1e-6)), 0, 1), np.float32)


def _inner(cue: Map) -> Map:
    """A cue weakened by how much of it lies along the picture's rim, where backgrounds run out."""
    rim = float(np.concatenate([cue[0], cue[-1], cue[:, 0], cue[:, -1]]).mean())
    return cue * min(1.0, max(0.0, 2 - 2 * rim / max(float(cue.mean()), 1e-6)))


def _centre_prior(height: int, width: int) -> Map:
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height - 0.5
    x = (np.arange(width, dtype=np.float32)[None, :] + 0.5) / width - 0.5
    return np.asarray(np.exp(-(x**2 + y**2) / (2 * 0.33**2)), dtype=np.float32)


def _edge_kept(raw: Map, guide: Map) -> Map:
    """``raw`` smoothed along the edges of ``guide`` (guided filter, He et al. 2013)."""
    size = (9, 9)
    mean_guide, mean_raw = cv2.blur(guide, size), cv2.blur(raw, size)
    slope = (cv2.blur(guide * raw, size) - mean_guide * mean_raw) / (
        cv2.blur(guide * guide, size) - mean_guide * mean_guide + 1e-3
    )
    offset = mean_raw - slope * mean_guide
    return np.asarray(cv2.blur(slope, size) * guide + cv2.blur(offset, size), dtype=np.float32)


def _stretched(raw: Map) -> Map:
    low, high = (float(value) for value in np.percentile(raw, (1, 99.5)))
    if high - low < 1e-4:
        return np.zeros_like(raw)
    return np.asarray(np.clip((raw - low) / (high - low), 0, 1), np.float32)
