# SPDX-License-Identifier: Apache-2.0
"""Noise, local contrast and sharpness at the final size; what surrounds a product has no part in them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.retouch.canvas import Film

Floats = NDArray[np.float32]

_NOISY: Final = 1.6
_BROAD: Final = 0.018
_CONTRAST: Final = 0.12
_FINE: Final = 0.9
_SHARPNESS: Final = 0.45
_LUMA: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
# J. Immerkaer, Fast noise variance estimation (1996): blind to slopes and to straight edges.
_IMMERKAER: Final = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def finished(film: Film) -> Film:
    """A quieter, crisper product; colours keep their hue, since only brightness is worked on besides noise."""
    rgb = _quiet(film)
    luma = np.asarray(rgb @ _LUMA, np.float32)
    detail = luma - _mean(luma, film.alpha, _FINE)
    relief = luma - _mean(luma, film.alpha, _BROAD * max(film.alpha.shape))
    gain = np.clip(_SHARPNESS * detail, -16, 16) + np.clip(_CONTRAST * relief, -8, 8)
    return Film(np.clip(rgb + gain[..., None], 0, 255).astype(np.float32), film.alpha)


def noise_of(film: Film) -> float:
    """The standard deviation of the product's noise, in codes 0..255."""
    luma = np.asarray(film.rgb @ _LUMA, np.float32)
    inside = cv2.erode((film.alpha > 0.99).astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=0) > 0
    if not inside.any():
        return 0.0
    response = np.abs(cv2.filter2D(luma, -1, _IMMERKAER))[inside]
    return float(np.median(response) / 0.6745 / 6)


def _quiet(film: Film) -> Floats:
    sigma = noise_of(film)
    if sigma < _NOISY:
        return film.rgb
    return np.asarray(cv2.bilateralFilter(film.rgb, 5, 2.2 * sigma, 1.6), np.float32)


def _mean(values: Floats, alpha: Floats, sigma: float) -> Floats:
    """The mean of the product's own pixels around each of them."""
    weighted = cv2.GaussianBlur(values * alpha, (0, 0), sigma)
    return np.asarray(weighted / np.maximum(cv2.GaussianBlur(alpha, (0, 0), sigma), 1e-3), np.float32)
