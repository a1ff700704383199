# SPDX-License-Identifier: Apache-2.0
"""From light to display codes and back: sRGB, and the film curve of scenes, AgX, tabulated for the kernel."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Weights of linear RGB in the luminance (ITU-R BT.709)."""

_OCTAVES: Final = 18
_STEPS: Final = 256
_DARKEST: Final = -13
_RANGE: Final = (-12.47393, 4.026069)


@lru_cache(maxsize=32)
def curve(contrast: float) -> Floats:
    """Densities 0..1 of exposed light from 2^-13 on, 256 steps an octave, as the bits of a float count them.

    The curve is the sixth-degree fit of AgX's default contrast by B. Wrensch (2023); ``contrast`` over 1 deepens it."""
    index = np.arange(_OCTAVES * _STEPS)
    light = 2.0 ** (_DARKEST + index // _STEPS) * (1 + (index % _STEPS + 0.5) / _STEPS)
    x = np.clip((np.log2(light) - _RANGE[0]) / (_RANGE[1] - _RANGE[0]), 0, 1)
    fit = ((((15.5 * x - 40.14) * x + 31.96) * x - 6.868) * x + 0.4298) * x * x + 0.1191 * x - 0.00232
    made = (np.clip(fit, 0, 1) ** contrast).astype(np.float32)
    made.flags.writeable = False
    return made


def to_linear(code: Floats) -> Floats:
    """sRGB codes 0..1 as linear light (IEC 61966-2-1), by table: within 1e-4."""
    return np.interp(code, *_table()).astype(np.float32)


def to_codes(light: Floats) -> Floats:
    """Linear light 0..1 as sRGB codes."""
    light = np.clip(light, 0, 1)
    low = light * np.float32(12.92)
    return np.where(light <= 0.0031308, low, np.float32(1.055) * light ** np.float32(1 / 2.4) - np.float32(0.055))


def shoulder(light: Floats) -> Floats:
    """Light over 0.85 is bent so that it stays below 1."""
    over = np.maximum(light - np.float32(0.85), 0)
    return np.where(over > 0, np.float32(0.85) + np.float32(0.15) * (1 - np.exp(-over / np.float32(0.15))), light)


def light_of(colour: str) -> Floats:
    """``#rrggbb`` as linear RGB (3,)."""
    return to_linear(np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)], np.float32))


@lru_cache(maxsize=1)
def _table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    code = np.linspace(0, 1, 1025)
    return code, np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
