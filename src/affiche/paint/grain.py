# SPDX-License-Identifier: Apache-2.0
"""The one noise that every painter uses: the same on every machine and in every process."""

from functools import cache
from typing import Final

import numpy as np

from affiche.paint.cache import Pixels

_TILE: Final = 512
_SEED: Final = 20_261_122


@cache
def _tile() -> Pixels:
    """Uniform noise 0..255 from a bit generator whose stream NumPy guarantees never to change."""
    words = np.random.PCG64(_SEED).random_raw(_TILE * _TILE // 8)
    tile = np.asarray(words, dtype="<u8").view(np.uint8).reshape(_TILE, _TILE)
    tile.flags.writeable = False
    return tile


def grain(width: int, height: int) -> Pixels:
    """White noise, (height, width) uint8 uniform over 0..255, the same for every call of the same size."""
    down, across = -(-height // _TILE), -(-width // _TILE)
    return np.tile(_tile(), (down, across))[:height, :width]
