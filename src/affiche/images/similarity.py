# SPDX-License-Identifier: Apache-2.0
"""How close a compressed picture is to the picture that it was made of: structural similarity (SSIM)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float32]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in px; right and bottom are the first column and row outside."""

_WINDOW: Final = 11
_SIGMA: Final = 1.5
_C1: Final = np.float32((0.01 * 255) ** 2)
_C2: Final = np.float32((0.03 * 255) ** 2)
_CHROMA_WEIGHT: Final = 0.1
_CELL: Final = 8
_WORST_SHARE: Final = 95
_COST_OF_COLOUR: Final = 0.02
"""By eye: at 0.01 a banded PNG-8 of a studio wall beats a JPEG that looks better, and loses at 0.02."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """``picture``: mean SSIM of the luminance over the whole picture. ``protected``: the SSIM of the worst protected
    region, colours counted; 1.0 without regions. Both are 1.0 for equal pictures and seldom below 0.

    ``colour_error`` is the distance (CIE Lab, delta E 1976) of the means of squares of 8 px that 5 % of the squares
    exceed: banded skies and shifted brand colours, which SSIM hardly notices."""

    picture: float
    protected: float
    colour_error: float

    @property
    def merit(self) -> float:
        """What candidates are judged by: the worse SSIM, less 0.02 for every unit of colour error."""
        return min(self.picture, self.protected) - _COST_OF_COLOUR * self.colour_error


EXACT: Final = Similarity(1.0, 1.0, 0.0)


class Original:
    """A picture that others are compared with; what depends on it alone is computed once.

    SSIM after Wang, Bovik, Sheikh and Simoncelli (2004): a Gaussian window of 11 px, sigma 1.5 px, K1 0.01, K2 0.03.
    Inside ``protected`` regions it is the sum of 0.8 Y, 0.1 Cb and 0.1 Cr (Wang, Lu and Bovik, 2004), because halved
    chroma blurs coloured letters where the luminance hardly sees it. Regions are clipped to the picture.
    """

    def __init__(self, rgb: Pixels, protected: Sequence[Box] = ()) -> None:
        height, width = rgb.shape[:2]
        clipped = ((max(0, x0), max(0, y0), min(width, x1), min(height, y1)) for x0, y0, x1, y1 in protected)
        self._regions = tuple(box for box in clipped if box[0] < box[2] and box[1] < box[3])
        self._cells = _cell_colours(rgb)
        self._luminance = _Reference(_luminance(rgb))
        self._chroma = tuple(
            tuple(_Reference(plane) for plane in _chroma(rgb[y0:y1, x0:x1])) for x0, y0, x1, y1 in self._regions
        )

    def compare(self, rgb: Pixels) -> Similarity:
        """How close ``rgb``, of the same size, comes."""
        luminance = self._luminance.ssim(_luminance(rgb))
        worst = 1.0
        for (x0, y0, x1, y1), references in zip(self._regions, self._chroma, strict=True):
            planes = _chroma(rgb[y0:y1, x0:x1])
            chroma = sum(float(np.mean(one.ssim(plane))) for one, plane in zip(references, planes, strict=True))
            weight = 1 - _CHROMA_WEIGHT * len(references)
            worst = min(worst, weight * float(np.mean(luminance[y0:y1, x0:x1])) + _CHROMA_WEIGHT * chroma)
        distances = np.sqrt(np.square(_cell_colours(rgb) - self._cells).sum(-1))
        return Similarity(float(np.mean(luminance)), worst, float(np.percentile(distances, _WORST_SHARE)))


def structural_similarity(one: Plane, other: Plane) -> Plane:
    """The SSIM of two planes of codes 0..255 at every pixel, see `Original`."""
    return _Reference(one).ssim(other)


class _Reference:
    """One plane of the original with its local means and variances."""

    def __init__(self, plane: Plane) -> None:
        self._plane = plane
        self._mean = _smooth(plane)
        mean_square = self._mean * self._mean
        self._mean_square_and_c1 = mean_square + _C1
        self._variance_and_c2 = _smooth(plane * plane) - mean_square + _C2

    def ssim(self, other: Plane) -> Plane:
        """The SSIM at every pixel; sums in place, because memory is what takes the time."""
        mean = _smooth(other)
        above = self._mean * mean
        below = mean * mean
        variance = _smooth(other * other)
        variance -= below
        covariance = _smooth(self._plane * other)
        covariance -= above
        above *= 2
        above += _C1
        covariance *= 2
        covariance += _C2
        above *= covariance
        below += self._mean_square_and_c1
        variance += self._variance_and_c2
        below *= variance
        above /= below
        return above


def _smooth(plane: NDArray[Any]) -> Plane:
    smooth = cv2.GaussianBlur(plane, (_WINDOW, _WINDOW), _SIGMA, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(smooth, np.float32)


def _luminance(rgb: Pixels) -> Plane:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)


def _chroma(rgb: Pixels) -> tuple[Plane, Plane]:
    planes = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2YCrCb).astype(np.float32)
    return np.ascontiguousarray(planes[..., 2]), np.ascontiguousarray(planes[..., 1])


def _cell_colours(rgb: Pixels) -> Plane:
    """The mean colour of every square of `_CELL` px, in CIE Lab."""
    height, width = rgb.shape[:2]
    size = max(1, width // _CELL), max(1, height // _CELL)
    means = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(means, cv2.COLOR_RGB2LAB), np.float32)
