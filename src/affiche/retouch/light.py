# SPDX-License-Identifier: Apache-2.0
"""Exposure and white balance: one gain for each channel, in linear light, and never far."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.fidelity import Limits
from affiche.fidelity.colour_difference import ciede2000
from affiche.studio.film import to_codes, to_linear

Pixels = NDArray[np.uint8]
Weights = NDArray[np.float64]

MOST_SHIFT: Final = 6.0
"""The mean CIEDE2000 by which the gains may move the product; larger gains are pulled back until they keep to it."""

LIGHT: Final = Limits(MOST_SHIFT + 1, 20.0)
"""The same for cells away from the product's edges, and for any one of them."""

_NORM: Final = 6
_NEUTRAL: Final = 1.22
"""A backdrop whose strongest channel exceeds its weakest by more is coloured, not lit in colour."""
_LIGHTS: Final = 0.90
_MOST_EXPOSURE: Final = 1.45
_SAMPLE: Final = 160
_HALVINGS: Final = 7
_LINEAR: Final = to_linear(np.arange(256, dtype=np.float32) / np.float32(255)).astype(np.float64)


class Gains(NamedTuple):
    """Factors of linear red, green and blue, and the mean CIEDE2000 by which they move the product."""

    red: float = 1.0
    green: float = 1.0
    blue: float = 1.0
    shift: float = 0.0

    def applied(self, rgb: Pixels) -> Pixels:
        """A picture (height, width, 3) in that light."""
        if self[:3] == (1.0, 1.0, 1.0):
            return rgb
        table = np.stack([to_codes((_LINEAR * gain).astype(np.float32)) for gain in self[:3]])
        codes = np.rint(np.clip(table, 0, 1) * 255).astype(np.uint8)
        return np.dstack([codes[channel][rgb[..., channel]] for channel in range(3)])


def gains_for(
    rgb: Pixels,
    product: NDArray[np.bool_],
    backdrop: NDArray[np.bool_],
    *,
    balance: bool = True,
    exposure: bool = True,
) -> Gains:
    """The gains that make a neutral backdrop grey (``balance``) and a dull picture bright (``exposure``), within
    `MOST_SHIFT`.

    ``product`` (what is shown) and ``backdrop`` are masks (height, width) of an RGB picture. Without a backdrop nothing
    tells the light from the product's own colour, and all stays as it is.
    """
    if not product.any() or not backdrop.any():
        return Gains()
    shown = _sample(rgb[product])
    norm = _shades_of_grey(rgb[backdrop])
    wanted = _balance(norm) if balance else np.ones(3)
    if exposure:
        wanted = wanted * _exposure(_LINEAR[shown] * wanted, norm * wanted)
    return _bounded(wanted, shown)


def _shades_of_grey(backdrop: Pixels) -> Weights:
    """Shades of Gray (Finlayson and Trezzi, 2004) with p = 6: the norm of each channel is the light's colour."""
    return np.asarray((_LINEAR[_sample(backdrop)[:, 0]] ** _NORM).mean(0) ** (1 / _NORM))


def _balance(norm: Weights) -> Weights:
    if norm.min() <= 0 or norm.max() / norm.min() > _NEUTRAL:
        return np.ones(3)
    return np.asarray(float(norm @ (0.2126, 0.7152, 0.0722)) / norm)


def _exposure(product: Weights, backdrop: Weights) -> float:
    """Brighter where the backdrop and even the product's lights are dull; never so far that either burns out. Before a
    bright backdrop a dark product is just that."""
    lights = max(float(np.percentile(product.max(-1), 99.5)), float(backdrop.max()), 1e-3)
    return float(np.clip(_LIGHTS / lights, 1.0, _MOST_EXPOSURE))


def _bounded(wanted: Weights, shown: Pixels) -> Gains:
    """``wanted`` itself, or the largest power of it that keeps to `MOST_SHIFT`."""
    low, high = 0.0, 1.0
    best = _measured(wanted, shown)
    if best.shift <= MOST_SHIFT:
        return best
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        tried = _measured(wanted**middle, shown)
        if tried.shift <= MOST_SHIFT:
            low, best = middle, tried
        else:
            high = middle
    return best if best.shift <= MOST_SHIFT else Gains()


def _measured(wanted: Weights, shown: Pixels) -> Gains:
    red, green, blue = (round(float(gain), 4) for gain in wanted)
    gains = Gains(red, green, blue)
    return gains._replace(shift=round(float(ciede2000(shown, gains.applied(shown)).mean()), 3))


def _sample(pixels: Pixels) -> Pixels:
    """At most `_SAMPLE` squared of a list of pixels, evenly spread, as a picture one pixel wide."""
    step = max(1, len(pixels) // _SAMPLE**2)
    return np.ascontiguousarray(pixels[::step][:, None])
