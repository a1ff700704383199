# SPDX-License-Identifier: Apache-2.0
"""A pale carton with a printed label and a page of small print, as a cut-out."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

NAME = (118, 150, 70, 76)
"""The first letter of the name on a carton of 900 px: left, top, width and height, px."""
PRINT = (108, 500, 24, 26)
"""The first letter of its small print."""


@cache
def carton(height: int = 900) -> NDArray[np.uint8]:
    """RGBA (height, 0.7 height, 4) with straight alpha."""
    made = np.zeros((900, 630, 4), np.uint8)
    made[8:-8, 8:-8] = (244, 242, 238, 255)
    made[8:-8, 8:60] = (214, 210, 204, 255)
    cv2.rectangle(made, (100, 120), (570, 330), (28, 60, 120, 255), -1)
    _write(made, "NORDIC", (120, 215), 2.6, (250, 250, 250), 5)
    _write(made, "oat drink", (130, 295), 1.8, (250, 220, 120), 3)
    for line in range(10):
        _write(made, "Water, oats 10%, rapeseed oil,"[line % 4 :], (110, 520 + 32 * line), 0.9, (60, 60, 60), 2)
    size = round(height * 0.7), height
    return made if height == 900 else np.asarray(cv2.resize(made, size, interpolation=cv2.INTER_AREA), np.uint8)


def _write(
    made: NDArray[np.uint8], text: str, at: tuple[int, int], size: float, colour: tuple[int, int, int], thick: int
) -> None:
    cv2.putText(made, text, at, cv2.FONT_HERSHEY_DUPLEX, size, (*colour, 255), thick, cv2.LINE_AA)
