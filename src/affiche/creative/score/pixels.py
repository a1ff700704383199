# SPDX-License-Identifier: Apache-2.0
"""The score of a picture of which nothing but its pixels is known."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box
from affiche.creative.score.values import WEIGHTS, Part, Score, graded
from affiche.images.native import cv2
from affiche.vision.saliency import saliency, shrunk

_SIDE: Final = 256
_EDGE: Final = 24
_CROWDED: Final = 0.30
_ROOMY: Final = 0.08
_TILES: Final = 4
_CENTRED: Final = 0.06
_LOPSIDED: Final = 0.30
_UNKNOWN: Final = "Pixels alone do not tell; give the design with --composition."


def score_of_pixels(rgb: NDArray[np.uint8]) -> Score:
    """Score an RGB picture (height, width, 3). Only clutter and balance can be read from pixels; the other parts have
    no value and do not count."""
    told = {"clutter": _clutter(rgb), "balance": _balance(rgb)}
    return Score(tuple(told.get(name) or Part(name, None, None, _UNKNOWN) for name in WEIGHTS))


def _clutter(rgb: NDArray[np.uint8]) -> Part:
    """The share of pixels on edges; the box is the busiest sixteenth."""
    grey = cv2.cvtColor(shrunk(rgb, _SIDE), cv2.COLOR_RGB2GRAY).astype(np.int32)
    edges = np.zeros(grey.shape, np.bool_)
    edges[:, 1:] |= np.abs(np.diff(grey, axis=1)) >= _EDGE
    edges[1:, :] |= np.abs(np.diff(grey, axis=0)) >= _EDGE
    share = int(edges.sum()) / edges.size
    value = graded(1 - (share - _ROOMY) / (_CROWDED - _ROOMY))
    if share <= _ROOMY:
        return Part("clutter", value, None, "There is room: few edges.")
    return Part(
        "clutter", value, _busiest(edges, rgb), f"Calm this place: {100 * share:.0f} % of the picture are edges."
    )


def _busiest(edges: NDArray[np.bool_], rgb: NDArray[np.uint8]) -> Box:
    rows, columns = edges.shape
    height, width = rgb.shape[:2]
    tiles = {
        (x, y): int(
            edges[
                y * rows // _TILES : (y + 1) * rows // _TILES, x * columns // _TILES : (x + 1) * columns // _TILES
            ].sum()
        )
        for y in range(_TILES)
        for x in range(_TILES)
    }
    x, y = max(tiles, key=lambda tile: tiles[tile])
    return Box(x * width / _TILES, y * height / _TILES, width / _TILES, height / _TILES)


def _balance(rgb: NDArray[np.uint8]) -> Part:
    """How near the middle the salient mass lies; the box marks it."""
    levels = np.rint(255 * saliency(rgb)).astype(np.int64)
    mass = int(levels.sum())
    if not mass:
        return Part("balance", None, None, "Nothing in this picture stands out.")
    height, width = rgb.shape[:2]
    rows, columns = levels.shape
    x = (int((levels.sum(axis=0) * np.arange(columns)).sum()) / mass + 0.5) / columns
    y = (int((levels.sum(axis=1) * np.arange(rows)).sum()) / mass + 0.5) / rows
    away = math.hypot(x - 0.5, y - 0.5)
    value = graded(1 - max(0.0, away - _CENTRED) / (_LOPSIDED - _CENTRED))
    reach = 0.02 * max(width, height)
    box = Box(x * width - reach, y * height - reach, 2 * reach, 2 * reach)
    if away <= _CENTRED:
        return Part("balance", value, box, "What stands out is in balance.")
    return Part("balance", value, box, "Bring something to the other side: what stands out lies off the middle.")
