# SPDX-License-Identifier: Apache-2.0
"""A small picture of where a product differs from its source."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

LARGEST: Final = 400
"""Long side of the product on the map, px."""
_PAPER: Final = 252
_BLACK, _WHITE = 56, 226
_MARGIN: Final = 12
# Shares of the limit, and the colours there: nothing is laid over half of it, all that is red is over it.
_SHARES: Final = (0.35, 0.6, 0.999, 1.0, 2.0)
_RAMP: Final = ((255, 236, 140), (255, 190, 40), (244, 120, 20), (224, 24, 24), (150, 0, 32))
_VEILED: Final = (0.0, 0.75, 0.92, 1.0, 1.0)


def difference_map(product: Pixels, cover: NDArray[np.bool_], apart: Floats, limit: float) -> bytes:
    """A PNG: the product (height, width, 3) in pale grey on white where ``cover`` is set, and over it ``apart``
    (cells, CIEDE2000) from yellow at a third of ``limit`` to red where it is exceeded."""
    height, width = cover.shape
    scale = min(1.0, LARGEST / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(product), cv2.COLOR_RGB2GRAY), np.float32)
    shown = np.where(cover, _BLACK + (_WHITE - _BLACK) / 255 * grey, _PAPER)
    shown = cv2.resize(shown.astype(np.float32), size, interpolation=cv2.INTER_AREA)[..., None]
    share = cv2.resize(apart, size, interpolation=cv2.INTER_NEAREST) / np.float32(limit)
    veil = np.interp(share, _SHARES, _VEILED)[..., None]
    colour = np.dstack([np.interp(share, _SHARES, channel) for channel in np.array(_RAMP, np.float32).T])
    rgb = np.rint(shown + (colour - shown) * veil).astype(np.uint8)
    rgb = cv2.copyMakeBorder(rgb, *(_MARGIN,) * 4, cv2.BORDER_CONSTANT, value=(_PAPER,) * 3)
    return encode(np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA), np.uint8), ImageFormat.PNG)
