# SPDX-License-Identifier: Apache-2.0
"""A product as somebody photographs it who is no photographer: on a sheet of paper, with a shadow."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import fractal
from affiche.samples.wares import bottle
from affiche.studio.film import to_codes

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

_TALL: Final = 0.80
"""Of the bottle by the photo's height."""
_FOOT: Final = 0.93
_PAPER: Final = (0.70, 0.69, 0.66)
_GRAIN: Final = 0.006


def snapshot(width: int, height: int) -> Pixels:
    """The sample bottle on paper, (height, width, 3) RGB. Meant for 3:4 or squarer."""
    goods = bottle(round(height * _TALL))
    rows, columns = goods.shape[:2]
    top, left = round(height * _FOOT) - rows, (width - columns) // 2
    light = _paper(width, height) * (1 - _shadow(goods, width, height, top, left))[..., None]
    codes = to_codes(np.asarray(light, np.float32)) + _GRAIN * fractal(11, height, width, 2, 2, 2)[..., None]
    alpha = goods[..., 3:].astype(np.float32) / 255
    place = slice(top, top + rows), slice(left, left + columns)
    codes[place] += (goods[..., :3].astype(np.float32) / 255 - codes[place]) * alpha
    return np.asarray(np.rint(codes.clip(0, 1) * 255), np.uint8)


def _paper(width: int, height: int) -> Floats:
    """Linear light on the sheet: it falls off to the right, and a little towards the edges."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width, y / height
    fall = 1.04 - 0.16 * x - 0.10 * (x - 0.5) ** 2 - 0.12 * (y - 0.6) ** 2
    return np.asarray(fall[..., None] * np.array(_PAPER, np.float32), np.float32)


def _shadow(goods: Pixels, width: int, height: int, top: int, left: int) -> Floats:
    """How much light the product takes from the sheet, 0..1: its outline laid down to the right, and a dark line where
    it stands."""
    rows, columns = goods.shape[:2]
    foot = top + rows
    outline = np.zeros((height, width), np.float32)
    outline[top:foot, left : left + columns] = goods[..., 3].astype(np.float32) / 255
    laid = np.array([[1, -0.26, 0.26 * foot], [0, 0.10, foot * 0.90 - rows * 0.008]], np.float32)
    cast = cv2.GaussianBlur(cv2.warpAffine(outline, laid, (width, height)), (0, 0), width * 0.030)
    ground = np.zeros((height, width), np.float32)
    middle = (left + columns // 2, foot - round(rows * 0.010))
    cv2.ellipse(ground, middle, (round(columns * 0.44), round(rows * 0.016)), 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    contact = cv2.GaussianBlur(ground, (0, 0), width * 0.006)
    return np.asarray(1 - (1 - 0.24 * cast) * (1 - 0.34 * contact), np.float32)
