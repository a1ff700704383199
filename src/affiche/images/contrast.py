# SPDX-License-Identifier: Apache-2.0
"""The two contrast measures on many pixels at once; for single colours see `affiche.images.colour`."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour

Values = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_WCAG_WEIGHTS: Final = np.array([0.2126, 0.7152, 0.0722])
_APCA_WEIGHTS: Final = np.array([0.2126729, 0.7151522, 0.0721750])
_BLACK: Final = 0.022
_BLACK_POWER: Final = 1.414
_LEAST_DIFFERENCE: Final = 0.0005
_SCALE: Final = 1.14
_CLIP: Final = 0.1
_OFFSET: Final = 0.027


_CHANNELS: Final = np.arange(256) / 255
_LINEAR: Final = np.where(_CHANNELS <= 0.04045, _CHANNELS / 12.92, ((_CHANNELS + 0.055) / 1.055) ** 2.4)
_SCREEN: Final = _CHANNELS**2.4


def wcag_luminances(pixels: Pixels) -> Values:
    """WCAG 2.2 relative luminance 0..1 of rows of RGB."""
    return np.asarray(_LINEAR[pixels] @ _WCAG_WEIGHTS)


def wcag_contrasts(one: Values, other: Values) -> Values:
    """WCAG 2.2 contrast ratios 1..21 of `wcag_luminances`."""
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))


def apca_luminances(pixels: Pixels) -> Values:
    """APCA screen luminance 0..1 of rows of RGB, black softly clamped."""
    luminance = _SCREEN[pixels] @ _APCA_WEIGHTS
    return np.asarray(luminance + np.maximum(0.0, _BLACK - luminance) ** _BLACK_POWER)


def apca_contrasts(text: Values, ground: Values) -> Values:
    """APCA-W3 0.1.9 lightness contrasts Lc of `apca_luminances`: to 106 for dark text, to -108 for light text.

    Source: A. Somers, "APCA - Accessible Perceptual Contrast Algorithm", constants 0.0.98G-4g as in APCA-W3 0.1.9:
    screen luminance with exponent 2.4, black softly clamped below 0.022, exponents 0.56/0.57 for dark text on light
    and 0.65/0.62 for light text on dark, scale 1.14, offset 0.027; less than 10 counts as nothing.
    """
    dark_text = (ground**0.56 - text**0.57) * _SCALE
    light_text = (ground**0.65 - text**0.62) * _SCALE
    lc = np.where(
        ground > text,
        np.where(dark_text < _CLIP, 0.0, dark_text - _OFFSET),
        np.where(light_text > -_CLIP, 0.0, light_text + _OFFSET),
    )
    return np.asarray(np.where(np.abs(ground - text) < _LEAST_DIFFERENCE, 0.0, lc * 100))


def least_contrasts(colour: Colour, opacity: float, behind: Pixels) -> tuple[float, float]:
    """The WCAG ratio and the APCA |Lc| of ``colour``, laid with ``opacity`` on rows of RGB ``behind`` it, at the 5th
    percentile: nineteen of twenty pixels are at least that good."""
    ink = np.array([colour], np.uint8)
    if opacity < 1:
        ink = np.rint(behind + (ink.astype(np.float64) - behind) * opacity).astype(np.uint8)
    ratios = wcag_contrasts(wcag_luminances(ink), wcag_luminances(behind))
    lightness = np.abs(apca_contrasts(apca_luminances(ink), apca_luminances(behind)))
    return _twentieth(ratios), _twentieth(lightness)


def _twentieth(values: Values) -> float:
    place = (len(values) - 1) // 20
    return float(np.partition(values, place)[place])
