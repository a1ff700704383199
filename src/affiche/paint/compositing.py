# SPDX-License-Identifier: Apache-2.0
"""Laying colour and pictures on a canvas in place, many pixels at a time.

A canvas is (H, W, 4) uint8 in the order B, G, R, A with A = 255 everywhere. Every function takes a box that lies inside
the canvas and touches nothing outside it. Most of the arithmetic is in `ink.c`.
"""

import ctypes
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.images.kernels import Plane, kernel
from affiche.images.native import cv2
from affiche.paint.cache import Pixels
from affiche.paint.outlines import PixelBox

_SOURCE: Final = Path(__file__).with_name("ink.c")
_FULL: Final = 1 << 16
_BLENDS: Final = {Blend.NORMAL: 0, Blend.MULTIPLY: 1, Blend.SCREEN: 2}
_EVERYWHERE: Final = np.full((1, 1), 255, np.uint8)


def new_canvas(width: int, height: int) -> Pixels:
    """An opaque black canvas."""
    return flat(width, height, Colour(0, 0, 0))


def flat(width: int, height: int, colour: Colour, alpha: int = 255) -> Pixels:
    """A picture of one colour, (height, width, 4) BGRA with ``alpha`` (0 for films) in the fourth channel."""
    picture = np.empty((height, width), np.uint32)
    picture.fill(_word(colour, alpha))
    return picture.view(np.uint8).reshape(height, width, 4)


def fill(canvas: Pixels, box: PixelBox, colour: Colour, opacity: float = 1.0) -> None:
    """A rectangle of ``colour``."""
    if opacity >= 1:
        canvas[box.slices].view(np.uint32).fill(_word(colour))
    elif opacity > 0:
        stain(canvas, box, _EVERYWHERE, colour, opacity)


def stain(canvas: Pixels, box: PixelBox, mask: Pixels, colour: Colour, opacity: float = 1.0) -> None:
    """``colour`` through ``mask`` (as `lay_ink` takes it) at ``opacity`` 0..1."""
    lay_ink(canvas, box, flat(1, 1, colour), mask, opacity)


def lay_picture(canvas: Pixels, box: PixelBox, picture: Pixels, mask: Pixels | None = None) -> None:
    """An opaque BGRA ``picture`` of the box's size, through ``mask`` if one is given."""
    if mask is None:
        canvas[box.slices] = picture
    else:
        lay_ink(canvas, box, picture, mask)


def lay_ink(
    canvas: Pixels,
    box: PixelBox,
    ink: Pixels,
    mask: Pixels,
    opacity: float = 1.0,
    *,
    blend: Blend = Blend.NORMAL,
    portable: bool = False,
) -> None:
    """canvas = canvas + (ink - canvas) * mask * ``opacity`` / 255, rounded to nearest.

    ``ink`` (h, w, 4) is opaque BGRA, ``mask`` (h, w) 0..255; both have the box's size or are one row, one column or one
    pixel for all. ``blend`` first multiplies or screens the ink with the canvas, rounded to nearest. ``portable`` keeps
    to the kernel's steps without vector instructions; the result is the same.
    """
    if box.is_empty or opacity <= 0:
        return
    area = canvas[box.slices]
    if area.shape != (box.height, box.width, 4) or area.strides[1:] != (4, 1):
        raise ValueError(f"{box} does not lie inside a canvas of {canvas.shape}.")
    ink, mask = _steady(ink), _steady(mask)
    inks, masks = _plane(ink, box), _plane(mask, box)
    _kernel()(
        area.ctypes.data,
        area.strides[0],
        ctypes.byref(inks),
        ctypes.byref(masks),
        round(_FULL * min(1.0, opacity)),
        box.width,
        box.height,
        _BLENDS[blend],
        int(portable),
    )


def lay_film(canvas: Pixels, box: PixelBox, film: Pixels, mask: Pixels) -> None:
    """canvas = canvas * (255 - mask) / 255 + film; ``film`` is premultiplied BGR with a fourth channel of 0."""
    area = canvas[box.slices]
    rest = cv2.cvtColor(cv2.bitwise_not(mask), cv2.COLOR_GRAY2BGRA)
    cv2.multiply(area, rest, dst=area, scale=1 / 255)
    cv2.add(area, film, dst=area)


def _steady(pixels: Pixels) -> Pixels:
    """``pixels`` with those of a row side by side or all in one place, as the kernel steps through them."""
    each = pixels.shape[2] if pixels.ndim == 3 else 1
    ready = pixels.strides[1] in (0, each) and (pixels.ndim == 2 or pixels.strides[2] == 1)
    return pixels if ready and pixels.dtype == np.uint8 else np.ascontiguousarray(pixels, np.uint8)


def _plane(pixels: Pixels, box: PixelBox) -> Plane:
    """``pixels`` as the kernel takes them. Raises `ValueError` unless they are of the box's size or one for all."""
    rows, columns = pixels.shape[:2]
    if rows not in (1, box.height) or columns not in (1, box.width):
        raise ValueError(f"{columns} x {rows} pixels do not cover {box.width} x {box.height}.")
    row, step = pixels.strides[:2]
    return Plane(pixels.ctypes.data, row if rows > 1 else 0, step if columns > 1 else 0)


@cache
def _kernel() -> "ctypes._NamedFuncPointer":
    pointer, number = ctypes.c_void_p, ctypes.c_int32
    planes = (ctypes.POINTER(Plane), ctypes.POINTER(Plane))
    return kernel(_SOURCE, "affiche_lay_ink", (pointer, ctypes.c_ssize_t, *planes, ctypes.c_uint32, *4 * (number,)))


def _word(colour: Colour, alpha: int = 255) -> int:
    """The colour as one little-endian BGRA word."""
    return int.from_bytes(bytes((colour.blue, colour.green, colour.red, alpha)), "little")
