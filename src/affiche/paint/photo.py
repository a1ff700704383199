# SPDX-License-Identifier: Apache-2.0
"""The photo as it is shown: resampled, treated, veiled; made once per crop and then copied."""

from typing import Final

import numpy as np

from affiche.creative.composition import Box, PhotoLayer, Treatment
from affiche.images.colour import Colour, from_oklch, to_oklch
from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import flat
from affiche.paint.grain import grain
from affiche.paint.outlines import PixelBox

# A Gaussian this wide, in pixels of the reduced picture, survives bicubic enlargement without a trace of the grid.
_REDUCED_SIGMA: Final = 3.0
_BLUR_REACH: Final = 2.5
_DUOTONE_STEPS: Final = 17


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
    return cache.get(key, lambda: _develop(layer, source, shown, photo))


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
    sigma = layer.blur
    if sigma > 0:
        pixels = _blurred(photo, source, shown.width, shown.height, sigma)
    else:
        pixels = photo.crop(source, shown.width, shown.height)
    if layer.treatment is Treatment.DUOTONE and layer.duotone is not None:
        picture = _duotone(pixels, *layer.duotone)
    else:
        picture = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA), np.uint8)
    if layer.veil is not None and layer.veil_opacity > 0:
        veil = flat(shown.width, shown.height, layer.veil)
        cv2.addWeighted(picture, 1 - layer.veil_opacity, veil, layer.veil_opacity, 0, dst=picture)
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
    # Half a level of noise before rounding keeps wide soft gradients from banding.
    noise = (grain(width, height)[..., None].astype(np.float32) - 127.5) / 255
    dithered = np.rint(large[top : top + height, left : left + width] + noise)
    return np.asarray(np.clip(dithered, 0, 255), np.uint8)


def _duotone(pixels: Pixels, dark: Colour, light: Colour) -> Pixels:
    """Luminance mapped to the way from ``dark`` to ``light`` in OKLab, after its range is gently stretched."""
    luminance = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    low, high = np.percentile(luminance[::4, ::4], (0.5, 99.5))
    # A flat photo is stretched to at most 1.6 times its contrast; more would show its noise.
    span = max(float(high - low), 255 / 1.6)
    start = min(float(low), 255 - span) if high - low >= span else float(low + high) / 2 - span / 2
    place = np.clip((np.arange(256) - start) / span, 0, 1)
    tones = np.array([_between(dark, light, step / (_DUOTONE_STEPS - 1)) for step in range(_DUOTONE_STEPS)], np.float64)
    knots = np.linspace(0, 1, _DUOTONE_STEPS)
    table = np.stack([np.interp(place, knots, tones[:, channel]) for channel in (2, 1, 0)], axis=-1)
    table = np.concatenate([np.rint(table), np.full((256, 1), 255)], axis=-1).astype(np.uint8)
    return np.asarray(cv2.LUT(cv2.merge([luminance] * 4), table[None]), np.uint8)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    first, second = to_oklch(one), to_oklch(other)
    a, b = np.radians(first.hue), np.radians(second.hue)
    green_red = (1 - share) * first.chroma * np.cos(a) + share * second.chroma * np.cos(b)
    blue_yellow = (1 - share) * first.chroma * np.sin(a) + share * second.chroma * np.sin(b)
    lightness = (1 - share) * first.lightness + share * second.lightness
    hue = float(np.degrees(np.arctan2(blue_yellow, green_red))) % 360
    return from_oklch(lightness, float(np.hypot(green_red, blue_yellow)), hue)
