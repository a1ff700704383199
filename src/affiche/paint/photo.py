# SPDX-License-Identifier: Apache-2.0
"""The photo as it is shown: resampled, treated, veiled."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box, PhotoLayer, Treatment
from affiche.images.duotone import in_two_tones
from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import Pixels
from affiche.paint.compositing import fill
from affiche.paint.grain import grain
from affiche.paint.outlines import PixelBox

# A Gaussian this wide, in pixels of the reduced picture, survives bicubic enlargement without a trace of the grid.
_REDUCED_SIGMA: Final = 3.0
_BLUR_REACH: Final = 2.5
_NOISE_ROWS: Final = 128


def cover(layer: PhotoLayer, box: PixelBox, canvas: PixelBox, photo: PhotoPyramid) -> Pixels:
    """The part of ``layer`` that falls on ``canvas``: (h, w, 4) BGRA of the size of ``box`` clipped to it.

    ``box`` is the layer's box on the pixel grid.
    """
    shown = box.clipped(canvas)
    return _develop(layer, _part(layer.source, box, shown), shown, photo)


def _part(source: Box, box: PixelBox, shown: PixelBox) -> Box:
    """The part of ``source`` that is seen in ``shown`` when all of it is stretched over ``box``."""
    across, down = source.width / box.width, source.height / box.height
    return Box(
        source.x + (shown.x - box.x) * across,
        source.y + (shown.y - box.y) * down,
        shown.width * across,
        shown.height * down,
    )


def _develop(layer: PhotoLayer, source: Box, shown: PixelBox, photo: PhotoPyramid) -> Pixels:
    if layer.blur > 0:
        soft = _blurred(photo, source, shown.width, shown.height, layer.blur)
        picture = np.asarray(cv2.cvtColor(soft, cv2.COLOR_RGB2BGRA), np.uint8)
    else:
        picture = photo.picture(source, shown.width, shown.height)
    if layer.treatment is Treatment.DUOTONE and layer.duotone is not None:
        picture = in_two_tones(picture, *layer.duotone)
    if layer.veil is not None and layer.veil_opacity > 0:
        fill(picture, PixelBox(0, 0, shown.width, shown.height), layer.veil, layer.veil_opacity)
    return picture


def _blurred(photo: PhotoPyramid, source: Box, width: int, height: int, sigma: float) -> Pixels:
    """A Gaussian blur of ``sigma`` canvas px, computed on a reduced crop that reaches beyond the edges where it can."""
    factor = max(1.0, sigma / _REDUCED_SIGMA)
    across, down = source.width / width, source.height / height
    reach = _BLUR_REACH * sigma
    left, right = min(reach, source.x / across), min(reach, (photo.width - source.right) / across)
    top, bottom = min(reach, source.y / down), min(reach, (photo.height - source.bottom) / down)
    left, right, top, bottom = (int(max(0.0, margin)) for margin in (left, right, top, bottom))
    whole_width, whole_height = width + left + right, height + top + bottom
    wide = Box(source.x - left * across, source.y - top * down, whole_width * across, whole_height * down)
    small_width, small_height = max(2, round(whole_width / factor)), max(2, round(whole_height / factor))
    crop = photo.crop(wide, small_width, small_height).astype(np.float32)
    sigma_x, sigma_y = sigma * small_width / whole_width, sigma * small_height / whole_height
    soft = cv2.GaussianBlur(crop, (0, 0), sigmaX=sigma_x, sigmaY=sigma_y, borderType=cv2.BORDER_REPLICATE)
    large = cv2.resize(soft, (whole_width, whole_height), interpolation=cv2.INTER_CUBIC)
    return _dithered(np.asarray(large[top : top + height, left : left + width], np.float32))


def _dithered(soft: NDArray[np.float32]) -> Pixels:
    """Rounded after half a level of noise is added, which keeps wide soft gradients from banding."""
    height, width = soft.shape[:2]
    noise = (grain(width, min(height, _NOISE_ROWS)).astype(np.float32) - 127.5) / 255
    stock = np.asarray(cv2.merge([noise] * 3), np.float32)
    picture = np.empty(soft.shape, np.uint8)
    for top in range(0, height, _NOISE_ROWS):
        rows = slice(top, min(height, top + _NOISE_ROWS))
        cv2.add(soft[rows], stock[: rows.stop - top], dst=picture[rows], dtype=cv2.CV_8U)
    return picture
