# SPDX-License-Identifier: Apache-2.0
"""Products drawn as plain outlines."""

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Pixels = NDArray[np.uint8]
Points = list[tuple[float, float]]


def drawn(points: Points, colour: tuple[int, int, int] = (180, 40, 40), size: tuple[int, int] = (400, 600)) -> Pixels:
    """RGBA of ``size`` (width, height) with a filled polygon; points in shares of the size."""
    width, height = size
    canvas = np.zeros((height, width, 4), np.uint8)
    corners = np.rint(np.array(points) * [width - 1, height - 1]).astype(np.int32)
    return np.asarray(cv2.fillPoly(canvas, [corners], (*colour, 255)), np.uint8)


def rounded(width: float, top: float, bottom: float, sag: float) -> Points:
    """A cylinder seen a little from above: straight sides, elliptical ends."""
    across = np.linspace(-1, 1, 40)
    upper = [(0.5 + width / 2 * x, top - sag * float(np.sqrt(1 - x * x))) for x in across]
    lower = [(0.5 + width / 2 * x, bottom + sag * float(np.sqrt(1 - x * x))) for x in across[::-1]]
    return upper + lower


BOTTLE: Points = [(0.4, 0), (0.6, 0), (0.6, 0.18), (0.85, 0.3), (0.85, 1), (0.15, 1), (0.15, 0.3), (0.4, 0.18)]
BOX: Points = [(0.1, 0), (0.9, 0), (0.9, 1), (0.1, 1)]
TUBE: Points = [(0.05, 0), (0.95, 0), (0.8, 0.75), (0.75, 0.76), (0.75, 1), (0.25, 1), (0.25, 0.76), (0.2, 0.75)]
BLOB: Points = [(0.5 + 0.5 * float(np.cos(t)), 0.5 + 0.5 * float(np.sin(t))) for t in np.linspace(0, 6.28, 60)]
