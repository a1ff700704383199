# SPDX-License-Identifier: Apache-2.0
"""The photo as it is shown: resampled, treated, veiled; made once per crop and then copied."""

from typing import Final

import numpy as np

from affiche.creative.composition import Box, PhotoLayer, Treatment
from affiche.images.duotone import in_two_tones
from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import flat
from affiche.paint.grain import grain
from affiche.paint.outlines import PixelBox

# A Gaussian this wide, in pixels of the reduced picture, survives bicubic enlargement without a trace of the grid.
_REDUCED_SIGMA: Final = 3.0
_BLUR_REACH: Final = 2.5
# A reduced copy of the whole photo pays if it has at most this many times the pixels of the crop.
_SHARED_UP_TO: Final = 2.0
_SAME_SCALE: Final = 0.004


def cover(layer: PhotoLayer, box: PixelBox, canvas: PixelBox, photo: PhotoPyramid, cache: PaintCache) -> Pixels:
    """The part of ``layer`` that falls on ``canvas``: (h, w, 4) BGRA of the size of ``box`` clipped to it.

    ``box`` is the layer's box on the pixel grid. The result is shared; do not write to it.
    """
    shown = box.clipped(canvas)
    source = _part(layer.source, box, shown)
    key = (
        "cover",
        cache.token(photo),
        source,
        (shown.width, shown.height),
        (layer.treatment, layer.duotone, layer.blur, layer.veil, layer.veil_opacity),
    )
    return cache.get(key, lambda: _develop(layer, source, shown, photo, cache))


def _part(source: Box, box: PixelBox, shown: PixelBox) -> Box:
    """The part of ``source`` that is seen in ``shown`` when all of it is stretched over ``box``."""
    across, down = source.width / box.width, source.height / box.height
    return Box(
        source.x + (shown.x - box.x) * across,
        source.y + (shown.y - box.y) * down,
        shown.width * across,
        shown.height * down,
    )


def _develop(layer: PhotoLayer, source: Box, shown: PixelBox, photo: PhotoPyramid, cache: PaintCache) -> Pixels:
    sigma = layer.blur
    if sigma > 0:
        pixels = _blurred(photo, source, shown.width, shown.height, sigma)
    else:
        pixels = _resampled(photo, source, shown.width, shown.height, cache)
    if layer.treatment is Treatment.DUOTONE and layer.duotone is not None:
        toned = in_two_tones(pixels, *layer.duotone)
        picture = np.asarray(cv2.cvtColor(toned, cv2.COLOR_RGB2BGRA), np.uint8)
    else:
        picture = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA), np.uint8)
    if layer.veil is not None and layer.veil_opacity > 0:
        veil = flat(shown.width, shown.height, layer.veil)
        cv2.addWeighted(picture, 1 - layer.veil_opacity, veil, layer.veil_opacity, 0, dst=picture)
    return picture


def _resampled(photo: PhotoPyramid, source: Box, width: int, height: int, cache: PaintCache) -> Pixels:
    """``source`` at its final size. Crops of one scale share one reduced copy of the whole photo: several creatives of
    a size then cost one Lanczos, and a crop is moved by half a pixel at the most."""
    scale = height / source.height
    whole_width, whole_height = round(photo.width * scale), round(photo.height * scale)
    same_scale = abs(width / source.width - scale) < _SAME_SCALE * scale
    if scale >= 1 or not same_scale or whole_width * whole_height > _SHARED_UP_TO * width * height:
        return photo.crop(source, width, height)
    key = ("whole", cache.token(photo), whole_width, whole_height)
    everything = Box(0, 0, photo.width, photo.height)
    whole = cache.get(key, lambda: photo.crop(everything, whole_width, whole_height))
    left = min(max(0, round(source.x * scale)), whole_width - width)
    top = min(max(0, round(source.y * scale)), whole_height - height)
    if left < 0 or top < 0:
        return photo.crop(source, width, height)
    return np.ascontiguousarray(whole[top : top + height, left : left + width])


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
    # Half a level of noise before rounding keeps wide soft gradients from banding.
    noise = (grain(width, height)[..., None].astype(np.float32) - 127.5) / 255
    dithered = np.rint(large[top : top + height, left : left + width] + noise)
    return np.asarray(np.clip(dithered, 0, 255), np.uint8)
