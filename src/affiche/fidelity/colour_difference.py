# SPDX-License-Identifier: Apache-2.0
"""How far apart people see two colours."""

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import pyvips

Pixels = NDArray[np.uint8]


def ciede2000(one: Pixels, other: Pixels) -> NDArray[np.float32]:
    """CIEDE2000 (CIE 142-2001, D65) between two sRGB pictures (height, width, 3), for every pixel: 0 is equal, 1 just
    visible side by side, 100 black to white."""
    difference = _lab(one).dE00(_lab(other)).cast("float")
    data = np.frombuffer(difference.write_to_memory(), np.float32)
    return data.reshape(one.shape[:2])


def _lab(rgb: Pixels) -> "pyvips.Image":
    height, width = rgb.shape[:2]
    image = pyvips.Image.new_from_memory(np.ascontiguousarray(rgb).tobytes(), width, height, 3, "uchar")
    return image.copy(interpretation="srgb").colourspace("lab")
