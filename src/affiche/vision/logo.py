# SPDX-License-Identifier: Apache-2.0
"""A logo as its ink: ground removed, trimmed, its colours known."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.images.native import cv2
from affiche.vision.colours import Shares, dominant_colours
from affiche.vision.ground import plain_ground, without_ground

Pixels = NDArray[np.uint8]

_VISIBLE: Final = 8
_INK: Final = 128


@dataclass(frozen=True, slots=True, eq=False)
class Logo:
    """``pixels`` (height, width, 4) are RGBA with straight alpha, trimmed to the ink.

    ``opaque`` says that no ink could be told from a ground: it is a photo or a tile and is shown as it is.
    ``one_colour`` is set when all ink has one colour, so that it may be repainted. ``colours`` are the ink's with
    their shares; ``mean_luminance`` is the ink's WCAG relative luminance, 0..1.
    """

    pixels: Pixels
    opaque: bool
    one_colour: Colour | None
    colours: Shares
    mean_luminance: float

    @property
    def aspect(self) -> float:
        """Width over height."""
        return float(self.pixels.shape[1] / self.pixels.shape[0])

    @property
    def is_light(self) -> bool:
        """Whether the ink needs a dark ground."""
        return self.mean_luminance > 0.5


def read_logo(pixels: Pixels) -> Logo:
    """Read a logo from RGBA pixels (height, width, 4) with straight alpha."""
    ink, opaque = _ink_of(pixels)
    ink = _trimmed(ink)
    strong = ink[..., 3].ravel() >= _INK
    colours = dominant_colours(ink[..., :3].reshape(-1, 3)[strong])
    one = colours[0][0] if not opaque and len(colours) == 1 else None
    total = sum(share for _, share in colours) or 1.0
    light = [colour.luminance * share for colour, share in colours]
    return Logo(ink, opaque, one, colours, float(sum(light)) / total)


def _ink_of(pixels: Pixels) -> tuple[Pixels, bool]:
    """The picture with its ground made clear, and whether that failed: a photo or a full tile stays as it is."""
    if not (pixels[..., 3] > 250).all():
        return pixels, False
    ground = plain_ground(pixels)
    cut = without_ground(pixels, ground) if ground is not None else None
    return (pixels, True) if cut is None else (cut, False)


def _trimmed(pixels: Pixels) -> Pixels:
    x, y, width, height = cv2.boundingRect((pixels[..., 3] >= _VISIBLE).astype(np.uint8))
    if width == 0:
        return pixels
    return np.ascontiguousarray(pixels[y : y + height, x : x + width])
