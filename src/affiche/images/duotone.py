# SPDX-License-Identifier: Apache-2.0
"""A photo in two tones."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour, from_oklch, to_oklch
from affiche.images.native import cv2

_KNOTS: Final = 17
# A flat photo is stretched to at most this many times its contrast; more would show its noise.
_MOST_STRETCH: Final = 1.6


def in_two_tones(pixels: NDArray[np.uint8], dark: Colour, light: Colour) -> NDArray[np.uint8]:
    """RGB ``pixels`` (h, w, 3), or opaque BGRA (h, w, 4), with their luminance mapped to the way from ``dark`` to
    ``light`` in OKLab, after its range is gently stretched."""
    opaque = pixels.shape[2] == 4
    luminance = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY if opaque else cv2.COLOR_RGB2GRAY), np.uint8)
    table = _table(luminance, dark, light)
    planes = [cv2.LUT(luminance, table[:, channel]) for channel in ((2, 1, 0) if opaque else (0, 1, 2))]
    if opaque:
        planes.append(np.full_like(luminance, 255))
    return np.asarray(cv2.merge(planes), np.uint8)


def tone_table(pixels: NDArray[np.uint8], dark: Colour, light: Colour) -> NDArray[np.uint8]:
    """The tones that `in_two_tones` gives to the luminances 0..255 of RGB ``pixels``: (256, 3) RGB."""
    return _table(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8), dark, light)


def _table(luminance: NDArray[np.uint8], dark: Colour, light: Colour) -> NDArray[np.uint8]:
    low, high = np.percentile(luminance[::4, ::4], (0.5, 99.5))
    span = max(float(high - low), 255 / _MOST_STRETCH)
    start = min(float(low), 255 - span) if high - low >= span else float(low + high) / 2 - span / 2
    place = np.clip((np.arange(256) - start) / span, 0, 1)
    knots, tones = np.linspace(0, 1, _KNOTS), _tones(dark, light)
    table = np.stack([np.interp(place, knots, tones[:, channel]) for channel in range(3)], axis=-1)
    return np.asarray(np.rint(table), np.uint8)


@lru_cache(maxsize=32)
def _tones(dark: Colour, light: Colour) -> NDArray[np.float64]:
    """The way from ``dark`` to ``light`` at `_KNOTS` places: (`_KNOTS`, 3) RGB 0..255."""
    return np.array([_between(dark, light, step / (_KNOTS - 1)) for step in range(_KNOTS)], np.float64)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    first, second = to_oklch(one), to_oklch(other)
    angles = np.radians([first.hue, second.hue])
    weights = np.array([(1 - share) * first.chroma, share * second.chroma])
    green_red, blue_yellow = float(weights @ np.cos(angles)), float(weights @ np.sin(angles))
    lightness = (1 - share) * first.lightness + share * second.lightness
    hue = float(np.degrees(np.arctan2(blue_yellow, green_red))) % 360
    return from_oklch(lightness, float(np.hypot(green_red, blue_yellow)), hue)
