# SPDX-License-Identifier: Apache-2.0
"""Laying colour and pictures on a canvas in place, many pixels at a time.

A canvas is (H, W, 4) uint8 in the order B, G, R, A with A = 255 everywhere. Every function takes a box that lies inside
the canvas and touches nothing outside it. cv2 does the arithmetic: 8 bit, rounded to nearest.
"""

import numpy as np

from affiche.images.colour import Colour
from affiche.images.native import cv2
from affiche.paint.cache import Pixels
from affiche.paint.outlines import PixelBox


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
        for band in box.bands():
            area = canvas[band.slices]
            cv2.addWeighted(area, 1 - opacity, flat(band.width, band.height, colour), opacity, 0, dst=area)


def stain(canvas: Pixels, box: PixelBox, mask: Pixels, colour: Colour, opacity: float = 1.0) -> None:
    """``colour`` through ``mask`` (the box's height, width; 0..255)."""
    for band in box.bands():
        cover = np.ascontiguousarray(mask[band.y - box.y : band.bottom - box.y])
        if opacity < 1:
            cover = np.asarray(cv2.convertScaleAbs(cover, alpha=opacity), np.uint8)
        lay_ink(canvas, band, flat(band.width, band.height, colour, alpha=0), cover)


def lay_ink(canvas: Pixels, box: PixelBox, ink: Pixels, mask: Pixels) -> None:
    """``ink``, a BGR picture with a fourth channel of 0, through ``mask``; both of the box's size."""
    film = cv2.multiply(ink, _spread(mask), scale=1 / 255)
    lay_film(canvas, box, np.asarray(film, np.uint8), mask)


def lay_film(canvas: Pixels, box: PixelBox, film: Pixels, mask: Pixels) -> None:
    """canvas = canvas * (255 - mask) / 255 + film; ``film`` is premultiplied BGR with a fourth channel of 0."""
    area = canvas[box.slices]
    cv2.multiply(area, _spread(np.asarray(cv2.bitwise_not(mask), np.uint8)), dst=area, scale=1 / 255)
    cv2.add(area, film, dst=area)


def lay_picture(canvas: Pixels, box: PixelBox, picture: Pixels, mask: Pixels | None = None) -> None:
    """An opaque BGRA ``picture`` of the box's size, through ``mask`` if one is given."""
    if mask is None:
        canvas[box.slices] = picture
        return
    for band in box.bands():
        rows = slice(band.y - box.y, band.bottom - box.y)
        area, cover = canvas[band.slices], np.ascontiguousarray(mask[rows])
        shown = cv2.multiply(np.ascontiguousarray(picture[rows]), _spread(cover), scale=1 / 255)
        cv2.multiply(area, _spread(np.asarray(cv2.bitwise_not(cover), np.uint8)), dst=area, scale=1 / 255)
        # Both fourth channels are 255: the sum saturates there and the canvas stays opaque.
        cv2.add(area, shown, dst=area)


def _spread(mask: Pixels) -> Pixels:
    """``mask`` for each of the three colours, 255 for the fourth channel."""
    return np.asarray(cv2.cvtColor(mask, cv2.COLOR_GRAY2BGRA), np.uint8)


def _word(colour: Colour, alpha: int = 255) -> int:
    """The colour as one little-endian BGRA word."""
    return int.from_bytes(bytes((colour.blue, colour.green, colour.red, alpha)), "little")
