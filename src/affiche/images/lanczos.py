# SPDX-License-Identifier: Apache-2.0
"""Resampling of 8-bit pictures by a compiled kernel: Lanczos-3 where a picture shrinks, Catmull-Rom where it grows.

Sample positions are exact and all arithmetic is in whole numbers, so the same input gives the same bytes on every
machine. The kernel is `lanczos.c`, compiled when the package is installed.
"""

import ctypes
import math
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.kernels import kernel
from affiche.images.native import cv2

Pixels = NDArray[np.uint8]

_SOURCE: Final = Path(__file__).with_name("lanczos.c")
_STEP: Final = 2
_ROWS: Final = 8
_VECTOR: Final = 32
_TABLE_STEPS: Final = 1 << 14


class Span(NamedTuple):
    """One axis of a resampling: ``extent`` px of the source from ``start`` on (both may be fractional) become
    ``samples``; the source is ``length`` px long and its edge pixels repeat beyond it."""

    start: float
    extent: float
    samples: int
    length: int


class _Weights(NamedTuple):
    starts: NDArray[np.int32]
    weights: NDArray[np.int16]


class _Filter(ctypes.Structure):
    _fields_ = (("values", ctypes.c_void_p), ("entries", ctypes.c_int32), ("reach", ctypes.c_double))


class _Axis(ctypes.Structure):
    _fields_ = (
        ("starts", ctypes.c_void_p),
        ("weights", ctypes.c_void_p),
        ("taps", ctypes.c_int32),
        ("samples", ctypes.c_int32),
    )


def resample(pixels: Pixels, across: Span, down: Span, *, portable: bool = False) -> Pixels:
    """The spans of RGB ``pixels`` (height, width, 3) as opaque BGRA (down.samples, across.samples, 4).

    ``portable`` keeps to the kernel's steps without vector instructions; the result is the same.
    """
    pixels = _at_least(pixels, _taps(across), _taps(down))
    columns = _weights(across._replace(length=pixels.shape[1]))
    rows = _weights(down._replace(length=pixels.shape[0]))
    first = int(columns.starts.min())
    count = int(columns.starts.max()) + columns.weights.shape[1] - first
    room = np.empty(_ROWS * (3 * count + _VECTOR) + _VECTOR * (count + _ROWS - 1), np.uint8)
    target = np.empty((down.samples, across.samples, 4), np.uint8)
    _kernel()(
        pixels.ctypes.data,
        pixels.strides[0],
        ctypes.byref(_axis(rows)),
        ctypes.byref(_axis(columns)),
        first,
        count,
        int(portable),
        room.ctypes.data,
        target.ctypes.data,
    )
    return target


@cache
def _kernel() -> "ctypes._NamedFuncPointer":
    pointer, number, axis = ctypes.c_void_p, ctypes.c_int32, ctypes.POINTER(_Axis)
    arguments = (pointer, ctypes.c_ssize_t, axis, axis, number, number, number, pointer, pointer)
    return kernel(_SOURCE, "affiche_resample", arguments)


def _axis(weights: _Weights) -> _Axis:
    samples, taps = weights.weights.shape
    return _Axis(weights.starts.ctypes.data, weights.weights.ctypes.data, taps, samples)


def _at_least(pixels: Pixels, columns: int, rows: int) -> Pixels:
    """``pixels`` with rows of neighbouring bytes, its last row and column repeated below a window's size."""
    right, below = max(0, columns - pixels.shape[1]), max(0, rows - pixels.shape[0])
    if right or below:
        return np.asarray(cv2.copyMakeBorder(pixels, 0, below, 0, right, cv2.BORDER_REPLICATE), np.uint8)
    return pixels if pixels.strides[1:] == (3, 1) else np.ascontiguousarray(pixels)


def _taps(span: Span) -> int:
    """How many source pixels weigh into one sample, rounded up to what the kernel takes at once."""
    shrink = span.extent / span.samples
    reach = 3 * shrink if shrink > 1 else 2
    return -(-2 * math.ceil(reach) // _STEP) * _STEP


@lru_cache(maxsize=64)
def _weights(span: Span) -> _Weights:
    """The window of each sample and the weights in it, summing to one in the kernel's whole numbers."""
    shrink, taps = span.extent / span.samples, _taps(span)
    table = _lanczos() if shrink > 1 else _catmull_rom()
    filter = _Filter(table.ctypes.data, len(table), len(table) / _TABLE_STEPS * max(1.0, shrink))
    room = np.empty(taps)
    windows = _Weights(np.empty(span.samples, np.int32), np.empty((span.samples, taps), np.int16))
    _weigh()(
        ctypes.byref(filter),
        span.start,
        shrink,
        span.samples,
        span.length,
        taps,
        room.ctypes.data,
        windows.starts.ctypes.data,
        windows.weights.ctypes.data,
    )
    return windows


@cache
def _weigh() -> "ctypes._NamedFuncPointer":
    pointer, number, real = ctypes.c_void_p, ctypes.c_int32, ctypes.c_double
    arguments = (ctypes.POINTER(_Filter), real, real, number, number, number, pointer, pointer, pointer)
    return kernel(_SOURCE, "affiche_weights", arguments)


@cache
def _lanczos() -> NDArray[np.float64]:
    """Lanczos, Applied Analysis (1956), with three lobes; its steps are finer than the weights are rounded."""
    places = np.arange(3 * _TABLE_STEPS) / _TABLE_STEPS
    return np.sinc(places) * np.sinc(places / 3)


@cache
def _catmull_rom() -> NDArray[np.float64]:
    """Keys, Cubic convolution interpolation for digital image processing (1981), with a = -1/2."""
    x = np.arange(2 * _TABLE_STEPS) / _TABLE_STEPS
    return np.where(x < 1, (1.5 * x - 2.5) * x * x + 1, ((-0.5 * x + 2.5) * x - 4) * x + 2)
