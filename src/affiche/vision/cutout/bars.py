# SPDX-License-Identifier: Apache-2.0
"""Black bars that a screenshot or a film still carries around the photo."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_BLACK: Final = 24
_FLAT: Final = 6
_STEP: Final = 12
_CROSSED: Final = 0.6
_SMEARED: Final = 0.4
_SURE: Final = 0.6
_WIDEST: Final = 0.35


def within_bars(rgb: Pixels) -> tuple[slice, slice]:
    """Rows and columns of a small picture (h, w, 3) without its bars; all of it where there are none.

    Bars come in pairs, and their inner edge is straight: most of the line beyond it differs, while
    around a product on black paper little does.
    """
    rows = _between(rgb)
    return rows, _between(rgb[rows].transpose(1, 0, 2))


def _between(rgb: Pixels) -> slice:
    """The lines between the bars above and below."""
    first, last = _depth(rgb), _depth(rgb[::-1])
    return slice(first, len(rgb) - last) if first and last else slice(0, len(rgb))


def _depth(rgb: Pixels) -> int:
    """Lines of the bar at the top, with those that a lossy file smeared; 0 if there is none."""
    colour = rgb[0].astype(np.int16).mean(axis=0)
    off = np.abs(rgb[: int(len(rgb) * _WIDEST)].astype(np.int16) - colour).max(axis=2)
    different = (off > _STEP).mean(axis=1)
    crossed = np.flatnonzero(different > _CROSSED)
    if colour.max() > _BLACK or len(crossed) == 0 or crossed[0] == 0:
        return 0
    depth = int(crossed[0])
    flat = off[: max(1, round(_SURE * depth))].max() <= _FLAT
    return depth if flat and different[:depth].max() < _SMEARED else 0
