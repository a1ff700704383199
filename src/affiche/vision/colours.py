# SPDX-License-Identifier: Apache-2.0
"""The few colours that make up a picture."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.images.native import cv2

Shares = tuple[tuple[Colour, float], ...]

_BITS: Final = 4
_MERGE: Final = 16.0


def dominant_colours(
    pixels: NDArray[np.uint8], weights: NDArray[np.float32] | None = None, limit: int = 6, least: float = 0.02
) -> Shares:
    """Colours of RGB pixels (n, 3) with their shares, most frequent first; ``weights`` (n,) count pixels in part.

    Pixels fall into bins of 16 levels; bins nearer than 16 in CIE Lab to a more frequent one join it. Colours under
    ``least`` are left out, so the shares may sum to less than 1. Empty for no weight at all.
    """
    if weights is None:
        weights = np.ones(len(pixels), np.float32)
    total = float(weights.sum())
    if total <= 0:
        return ()
    codes = (pixels >> (8 - _BITS)).astype(np.int32) @ np.array([1 << 2 * _BITS, 1 << _BITS, 1], np.int32)
    counts = np.bincount(codes, weights, 1 << 3 * _BITS)
    bins = np.flatnonzero(counts)
    means = np.stack(
        [np.bincount(codes, weights * pixels[:, channel], 1 << 3 * _BITS)[bins] / counts[bins] for channel in range(3)],
        axis=1,
    )
    order = np.argsort(-counts[bins], kind="stable")
    return _merged(means[order], counts[bins][order] / total, limit, least)


def _merged(means: NDArray[np.float64], shares: NDArray[np.float64], limit: int, least: float) -> Shares:
    lab = cv2.cvtColor((means / 255).astype(np.float32)[None], cv2.COLOR_RGB2Lab)[0]
    free = np.ones(len(means), dtype=np.bool_)
    found: list[tuple[Colour, float]] = []
    for index in range(len(means)):
        if not free[index]:
            continue
        near = free & (np.linalg.norm(lab - lab[index], axis=1) < _MERGE)
        free &= ~near
        share = float(shares[near].sum())
        mean = (means[near] * shares[near, None]).sum(axis=0) / share
        found.append((Colour(*(round(float(channel)) for channel in mean)), share))
        if shares[free].sum() < least:
            break
    found.sort(key=lambda entry: (-entry[1], entry[0]))
    return tuple(entry for entry in found[:limit] if entry[1] >= least)
