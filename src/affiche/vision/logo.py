# SPDX-License-Identifier: Apache-2.0
"""A logo as its ink: ground removed, trimmed, its colours known."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.images.native import cv2, pyvips
from affiche.images.resample import PhotoPyramid
from affiche.vision.colours import Shares, dominant_colours
from affiche.vision.ground import plain_ground, without_ground, without_specks

Pixels = NDArray[np.uint8]

MAX_SIDE: Final = 1600

_VISIBLE: Final = 16
_INK: Final = 128
_TRUSTED_SHARE: Final = 0.35


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def ink(self) -> PhotoPyramid:
        """The colours times the alpha, so that what hides under clear pixels never bleeds into an edge."""
        alpha = np.asarray(cv2.cvtColor(self.pixels[..., 3], cv2.COLOR_GRAY2RGB), np.uint8)
        return PhotoPyramid(np.asarray(cv2.multiply(self.pixels[..., :3], alpha, scale=1 / 255), np.uint8))

    @cached_property
    def cover(self) -> PhotoPyramid:
        """The alpha, three times beside itself."""
        return PhotoPyramid(np.asarray(cv2.cvtColor(self.pixels[..., 3], cv2.COLOR_GRAY2RGB), np.uint8))

    @property
    def is_light(self) -> bool:
        """Whether the ink needs a dark ground."""
        return self.mean_luminance > 0.5


def read_logo(pixels: Pixels) -> Logo:
    """Read a logo from RGBA pixels (height, width, 4) with straight alpha; more than `MAX_SIDE` px are reduced."""
    ink, opaque = _ink_of(_reduced(pixels))
    ink = _trimmed(ink)
    colours = dominant_colours(ink[..., :3][_inside(ink[..., 3])])
    one = colours[0][0] if not opaque and len(colours) == 1 else None
    total = sum(share for _, share in colours) or 1.0
    light = [colour.luminance * share for colour, share in colours]
    return Logo(ink, opaque, one, colours, float(sum(light)) / total)


def _reduced(pixels: Pixels) -> Pixels:
    """The logo at most `MAX_SIDE` px long: no creative shows more of it. Weighted by alpha, so that the colour hidden
    under clear pixels does not show."""
    height, width = pixels.shape[:2]
    scale = MAX_SIDE / max(width, height)
    if scale >= 1:
        return pixels
    image = pyvips.Image.new_from_memory(np.ascontiguousarray(pixels).data, width, height, 4, "uchar")
    image = image.copy(interpretation="srgb").premultiply().resize(scale, kernel="lanczos3").unpremultiply()
    image = image.cast("uchar")
    return np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, 4)


def _ink_of(pixels: Pixels) -> tuple[Pixels, bool]:
    """The picture with its ground made clear, and whether that failed: a photo or a full tile stays as it is."""
    if not (pixels[..., 3] > 250).all():
        return pixels, False
    ground = plain_ground(pixels)
    cut = without_ground(pixels, ground) if ground is not None else None
    return (pixels, True) if cut is None else (cut, False)


def _trimmed(pixels: Pixels) -> Pixels:
    """The part that holds ink, dust apart; everything when there is none."""
    visible = (pixels[..., 3] >= _VISIBLE).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(without_specks(visible))
    if width == 0:
        return pixels
    return np.ascontiguousarray(pixels[y : y + height, x : x + width])


def _inside(alpha: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The ink whose colour can be trusted: clear of edges, where a lossy file mixes colours, unless strokes are so
    thin that nothing else is left."""
    ink = (alpha >= _INK).astype(np.uint8)
    for side in (7, 5, 3):
        core = cv2.erode(ink, np.ones((side, side), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        if core.sum() >= _TRUSTED_SHARE * ink.sum() > 0:
            return np.asarray(core > 0)
    return np.asarray(ink > 0)
