# SPDX-License-Identifier: Apache-2.0
"""The compiled kernel of the compositor, `stage.c`: structures that it reads, and its two calls."""

import ctypes
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.kernels import kernel

_SOURCE: Final = Path(__file__).with_name("stage.c")
CODES: Final = 4096
ROLES: Final = 4
LEVELS: Final = 10
FEET: Final = 6
BANDS: Final = 4
SLICES: Final = 5

_float, _int, _pointer = ctypes.c_float, ctypes.c_int32, ctypes.c_void_p


class PlateData(ctypes.Structure):
    _fields_ = (
        ("key", _pointer),
        ("fill", _pointer),
        ("depth", _pointer),
        ("roles", _pointer),
        ("normal", _pointer),
        ("width", _int),
        ("height", _int),
        ("depth_scale", _float),
        ("eye", _float * 3),
        ("right", _float * 3),
        ("up", _float * 3),
        ("forward", _float * 3),
        ("focal", _float),
        ("light", _float * CODES),
    )


class LookData(ctypes.Structure):
    _fields_ = (
        ("key_gain", _float * 3 * ROLES),
        ("fill_gain", _float * 3 * ROLES),
        ("key_at", _float * 3),
        ("key_radius", _float),
        ("mirror", _float * ROLES),
        ("blur", _float * ROLES),
        ("polish", _float * ROLES),
        ("curve", _pointer),
        ("saturation", _float),
    )


class WindowData(ctypes.Structure):
    _fields_ = (("left", _float), ("top", _float), ("step", _float), ("width", _int), ("height", _int))


class PyramidData(ctypes.Structure):
    _fields_ = (("level", _pointer * LEVELS), ("width", _int * LEVELS), ("height", _int * LEVELS), ("levels", _int))


class FootData(ctypes.Structure):
    _fields_ = (("x", _float), ("half_width", _float), ("half_depth", _float))


class BandData(ctypes.Structure):
    _fields_ = (("x", _float), ("half_width", _float), ("half_depth", _float), ("low", _float), ("high", _float))


class ProductData(ctypes.Structure):
    _fields_ = (
        ("colour", PyramidData),
        ("slices", PyramidData),
        ("scale", _float),
        ("axis", _float),
        ("ground", _float),
        ("margin", _float),
        ("base", _float * 3),
        ("half_depth", _float),
        ("height", _float),
        ("offset", _float * SLICES),
        ("layer", _int * SLICES),
        ("underside", _pointer),
        ("columns", _int),
        ("sag", _float),
        ("feet", FootData * FEET),
        ("bands", BandData * BANDS),
        ("whole", BandData),
        ("feet_count", _int),
        ("bands_count", _int),
        ("tint", _float * 3),
    )


def develop(
    plate: PlateData, look: LookData, window: WindowData, product: ProductData | None
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """The scene with the product's traces: display codes (height, width, 3) 0..1, and 1 where it stands before it."""
    picture = np.empty((window.height, window.width, 3), np.float32)
    before = np.empty((window.height, window.width), np.uint8)
    traces = ctypes.byref(product) if product is not None else None
    kernel(_SOURCE, "affiche_develop", (_pointer,) * 6)(
        ctypes.byref(plate), ctypes.byref(look), ctypes.byref(window), traces, picture.ctypes.data, before.ctypes.data
    )
    return picture, before


def printed(picture: NDArray[np.float32], grain: float, seed: int) -> NDArray[np.uint8]:
    """Display codes 0..1 as bytes, with grain of ``grain`` levels."""
    height, width = picture.shape[:2]
    out = np.empty((height, width, 3), np.uint8)
    kernel(_SOURCE, "affiche_print", (_pointer, _int, _int, _float, ctypes.c_uint32, _pointer))(
        picture.ctypes.data, width, height, grain, seed & 0xFFFFFFFF, out.ctypes.data
    )
    return out
