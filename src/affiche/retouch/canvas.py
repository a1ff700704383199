# SPDX-License-Identifier: Apache-2.0
"""Where on its canvas a product stands, and its pixels at that size."""

from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

FILL: Final = 0.85
"""The share of the frame that a product fills, as marketplaces ask."""
WANTED: Final = 1600
LARGEST: Final = 2400
MOST_ENLARGED: Final = 1.6

_ROUNDING: Final = 0.6
"""Standard deviation, px of the source."""
_WITHIN: Final = 0.98


class Layout(NamedTuple):
    """A canvas and the box in it, px."""

    width: int
    height: int
    left: int
    top: int
    box_width: int
    box_height: int

    @classmethod
    def of(cls, width: int, height: int, aspect: float = 1.0, fill: float = FILL) -> Self:
        """A canvas of ``aspect`` (width by height) whose middle ``fill`` (0..1) a product of ``width`` x ``height`` px
        fills. Its long side is the product's own size but `WANTED` at least, unless that enlarges the product more
        than `MOST_ENLARGED`, and `LARGEST` at most."""
        own = max(width / fill, height / fill * aspect)
        own_long = max(own, own / aspect)
        long_side = min(max(own_long, min(WANTED, own_long * MOST_ENLARGED)), LARGEST)
        scale = long_side / own_long
        columns, rows = round(own * scale), round(own / aspect * scale)
        box_width = min(columns, max(1, round(width * scale)))
        box_height = min(rows, max(1, round(height * scale)))
        return cls(columns, rows, (columns - box_width) // 2, (rows - box_height) // 2, box_width, box_height)

    @classmethod
    def within(cls, width: int, height: int, box: tuple[int, int, int, int]) -> Self:
        """The frame of a photo, px, with the product in its ``box`` (left, top, width, height) where it was; made
        smaller if it is larger than `LARGEST`."""
        scale = min(1.0, LARGEST / max(width, height))
        left, top = (int(place * scale) for place in box[:2])
        columns, rows = round(width * scale), round(height * scale)
        box_width, box_height = (max(1, round(length * scale)) for length in box[2:])
        return cls(columns, rows, left, top, min(box_width, columns - left), min(box_height, rows - top))

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the box."""
        return slice(self.top, self.top + self.box_height), slice(self.left, self.left + self.box_width)

    def spread(self, values: Floats) -> Floats:
        """``values`` (box height, box width) on the whole canvas, 0 around."""
        canvas = np.zeros((self.height, self.width), np.float32)
        canvas[self.box] = values
        return canvas


class Whole(NamedTuple):
    """All of a picture as a part of it."""

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


class Film(NamedTuple):
    """A product at its final size: straight ``rgb`` 0..255 (height, width, 3) and ``alpha`` 0..1 (height, width)."""

    rgb: Floats
    alpha: Floats

    @classmethod
    def of(cls, cutout: Pixels, width: int, height: int) -> Self:
        """RGBA pixels with straight alpha at a size, by the Lanczos kernel; colours are weighted by coverage, so that
        nothing of the clear parts bleeds in."""
        cover = cutout[..., 3]
        weighted = np.rint(cutout[..., :3] * (cover[..., None].astype(np.float32) / 255)).astype(np.uint8)
        whole = Whole(cutout.shape[1], cutout.shape[0])
        light = PhotoPyramid(weighted).crop(whole, width, height).astype(np.float32)
        shown = PhotoPyramid(np.dstack([cover] * 3)).crop(whole, width, height)[..., 0]
        alpha = shown.astype(np.float32) / np.float32(255)
        rgb = np.asarray(np.clip(light / np.maximum(alpha, 1 / 255)[..., None], 0, 255), np.float32)
        enlarged = width / cutout.shape[1]
        return cls(rgb, alpha) if enlarged <= 1 else cls(*_rounded(light, rgb, alpha, enlarged))

    def over(self, ground: Floats) -> Pixels:
        """The product before ``ground`` (height, width, 3), 0..255; where nothing covers it the ground is exact."""
        alpha = self.alpha[..., None]
        return np.asarray(np.rint(np.clip(self.rgb * alpha + ground * (1 - alpha), 0, 255)), np.uint8)

    @property
    def pixels(self) -> Pixels:
        """RGBA with straight alpha; clear pixels are black."""
        cover = np.rint(self.alpha * 255).astype(np.uint8)
        rgb = np.rint(self.rgb).astype(np.uint8)
        return np.dstack([np.where(cover[..., None] > 0, rgb, np.uint8(0)), cover])


def _rounded(light: Floats, rgb: Floats, alpha: Floats, enlarged: float) -> tuple[Floats, Floats]:
    """Colours and alpha of a product that was made larger, its outline without the steps of the small one's pixels.
    ``light`` is ``rgb`` times ``alpha``; at the outline, where it is spread, colours come from within."""
    sigma = _ROUNDING * enlarged
    soft = np.asarray(cv2.GaussianBlur(alpha, (0, 0), sigma), np.float32)
    spread = cv2.GaussianBlur(light, (0, 0), sigma) / np.maximum(soft, 1 / 255)[..., None]
    inside = soft[..., None] > _WITHIN
    return np.asarray(np.where(inside, rgb, np.clip(spread, 0, 255)), np.float32), soft
