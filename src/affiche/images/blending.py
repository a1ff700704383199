# SPDX-License-Identifier: Apache-2.0
"""How a colour is mixed with what lies below it: laid over it, or as light and shade act.

The formulas are those of "Compositing and Blending Level 1" (W3C, section 10.1), which SVG, PDF and PSD share.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour

Floats = NDArray[np.float32]


class Blend(StrEnum):
    """``normal`` covers; ``multiply`` darkens as a coloured shade does, white stays what the colour is; ``screen``
    lightens as light that falls on it does, black becomes the colour."""

    NORMAL = "normal"
    MULTIPLY = "multiply"
    SCREEN = "screen"


def blended(below: Floats, colour: Colour, blend: Blend) -> Floats:
    """What ``colour`` at full opacity makes of ``below``, RGB of 0..255 in the last axis; a new array."""
    own = np.array(colour, np.float32)
    match blend:
        case Blend.NORMAL:
            return np.broadcast_to(own, below.shape).astype(np.float32)
        case Blend.MULTIPLY:
            return np.asarray(below * (own / 255), np.float32)
        case Blend.SCREEN:
            return np.asarray(below * (1 - own / 255) + own, np.float32)
