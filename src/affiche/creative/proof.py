# SPDX-License-Identifier: Apache-2.0
"""A small proof of what lies behind the texts, so that layout decides by pixels and not by hope.

The proof paints photos, scrims and fills at about a fifth of the size in float sRGB. Contrast is read from it at the
5th percentile: nineteen of twenty pixels behind a text are at least that good.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import (
    Box,
    FillLayer,
    Layer,
    Outline,
    OutlineKind,
    PhotoLayer,
    ScrimLayer,
    Treatment,
)
from affiche.images.blending import Blend, Floats, blended
from affiche.images.colour import Colour
from affiche.images.contrast import least_contrasts
from affiche.images.duotone import in_two_tones
from affiche.images.resample import PhotoPyramid

_PROOF_SIDE = 240
_SMALL_SIDE = 720
# So many pixels tell the 5th percentile as well as all of them.
_ENOUGH = 600
# Colours nearer to grey than this CIELAB chroma have less and less of a hue.
_FAINT = 4.0
_LUMA = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
_GAMMA = np.array(
    [(c / 255 / 12.92) if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in range(256)],
    dtype=np.float32,
)


class Proof:
    """A float32 RGB picture (0..255) of the layers laid so far on a canvas of ``width`` x ``height`` px."""

    def __init__(self, width: int, height: int, photo: "SmallPhoto") -> None:
        self._scale = min(1.0, _PROOF_SIDE / max(width, height))
        self._size = (max(1, round(width * self._scale)), max(1, round(height * self._scale)))
        self._pixels: NDArray[np.float32] = np.full((self._size[1], self._size[0], 3), 255.0, np.float32)
        self._photo = photo

    def lay(self, layer: Layer) -> None:
        """Paint one more layer; texts and logos are not part of the proof."""
        match layer:
            case PhotoLayer():
                self._lay_photo(layer)
            case ScrimLayer():
                opacity = scrim_opacities(layer, self._size, self._scale)
                self._blend(self._pixels, blended(self._pixels, layer.colour, layer.blend), opacity)
            case FillLayer():
                left, top, right, bottom = self._cells(layer.box)
                region = self._pixels[top:bottom, left:right]
                if layer.outline.kind is OutlineKind.RECTANGLE and layer.opacity >= 1:
                    region[:] = layer.colour
                    return
                mask = self._mask(layer.box, layer.outline) * np.float32(layer.opacity)
                self._blend(region, np.full_like(region, layer.colour), mask)
            case _:
                pass

    def behind(self, box: Box) -> NDArray[np.float32]:
        """The pixels under ``box`` as rows of RGB, at least one; of a large box every second or third pixel."""
        left, top, right, bottom = self._cells(box)
        step = max(1, math.isqrt((right - left) * (bottom - top) // _ENOUGH))
        return self._pixels[top:bottom:step, left:right:step].reshape(-1, 3)

    def mean(self, box: Box) -> Colour:
        """The average colour under ``box``."""
        red, green, blue = (round(float(value)) for value in self.behind(box).mean(axis=0))
        return Colour(red, green, blue)

    def bright(self, box: Box) -> tuple[Colour, float]:
        """The average colour of what is bright under ``box`` (every pixel counts as its luma squared), and how far its
        hues agree: 1 if all are the same, 0 if they cancel each other out or there are none."""
        pixels = self.behind(box)
        weights = (pixels @ _LUMA) ** 2 + np.float32(1)
        weights /= weights.sum()
        red, green, blue = (round(float(value)) for value in weights @ pixels)
        hues = cv2.cvtColor(pixels[None] / np.float32(255), cv2.COLOR_RGB2Lab)[0, :, 1:].astype(np.float32)
        hues /= np.maximum(np.hypot(hues[:, :1], hues[:, 1:]), np.float32(_FAINT))
        return Colour(red, green, blue), float(np.linalg.norm(weights @ hues))

    def unrest(self, box: Box) -> float:
        """The mean luma step between neighbouring proof pixels under ``box``, 0..1: above 0.05 letters are hard to
        tell from what lies behind them, whatever their contrast."""
        left, top, right, bottom = self._cells(box)
        luma = self._pixels[top:bottom, left:right] @ _LUMA / 255
        across, down = np.abs(np.diff(luma, axis=1)), np.abs(np.diff(luma, axis=0))
        return float(across.mean() if across.size else 0.0) + float(down.mean() if down.size else 0.0)

    def contrast(self, box: Box, colour: Colour) -> float:
        """The WCAG contrast of ``colour`` with what is under ``box``, at the 5th percentile."""
        return contrast_with(self.behind(box), colour)

    def contrasts(self, box: Box, colour: Colour) -> tuple[float, float]:
        """The WCAG contrast and the APCA |Lc| of ``colour`` with what is under ``box``, at the 5th percentile."""
        return least_contrasts(colour, 1.0, np.clip(np.rint(self.behind(box)), 0, 255).astype(np.uint8))

    def _lay_photo(self, layer: PhotoLayer) -> None:
        left, top, right, bottom = self._cells(layer.box)
        width, height = right - left, bottom - top
        pixels = self._photo.crop(layer.source, width, height)
        if layer.treatment is Treatment.DUOTONE and layer.duotone is not None:
            pixels = in_two_tones(pixels, *layer.duotone)
        shown = pixels.astype(np.float32)
        if layer.blur:
            shown = cv2.GaussianBlur(shown, (0, 0), max(0.3, layer.blur * self._scale)).astype(np.float32)
        if layer.veil is not None:
            shown = shown * (1 - layer.veil_opacity) + _rgb(layer.veil) * layer.veil_opacity
        region = self._pixels[top:bottom, left:right]
        if layer.outline.kind is OutlineKind.RECTANGLE:
            region[:] = shown
        else:
            self._blend(region, shown, self._mask(layer.box, layer.outline))

    @staticmethod
    def _blend(region: Floats, shown: Floats, mask: Floats) -> None:
        """Lay ``shown`` (h, w, 3) on ``region`` through ``mask`` (h, w), in place."""
        shown -= region
        shown *= cv2.merge([mask] * 3)
        region += shown

    def _cells(self, box: Box) -> tuple[int, int, int, int]:
        left = min(self._size[0] - 1, max(0, round(box.x * self._scale)))
        top = min(self._size[1] - 1, max(0, round(box.y * self._scale)))
        right = min(self._size[0], max(left + 1, round(box.right * self._scale)))
        bottom = min(self._size[1], max(top + 1, round(box.bottom * self._scale)))
        return left, top, right, bottom

    def _mask(self, box: Box, outline: Outline) -> Floats:
        """How much of each pixel under ``box`` lies inside ``outline``, 0..1; rounded corners count in full."""
        left, top, right, bottom = self._cells(box)
        width, height = right - left, bottom - top
        if outline.kind is OutlineKind.RECTANGLE:
            return np.ones((height, width), np.float32)
        if outline.kind is OutlineKind.POLYGON:
            mask = np.zeros((height, width), np.float32)
            corners = np.array(
                [[(x * self._scale - left) * 16, (y * self._scale - top) * 16] for x, y in outline.points]
            )
            cv2.fillPoly(mask, [np.rint(corners).astype(np.int32)], 1.0, lineType=cv2.LINE_AA, shift=4)
            return mask
        ys, xs = np.ogrid[0:height, 0:width]
        radius = width / 2
        middle = (width - 1) / 2, (height - 1) / 2
        if outline.kind is OutlineKind.ELLIPSE:
            inside = ((xs - middle[0]) / radius) ** 2 + ((ys - middle[1]) / (height / 2)) ** 2 <= 1
        else:
            inside = (ys >= radius) | (np.hypot(xs - middle[0], ys - radius) <= radius)
        return inside.astype(np.float32)


class SmallPhoto:
    """A photo reduced once, from which proofs take their crops."""

    def __init__(self, photo: PhotoPyramid) -> None:
        self._scale = min(1.0, _SMALL_SIDE / max(photo.width, photo.height))
        self._pyramid = PhotoPyramid(photo.reduced(_SMALL_SIDE))

    def crop(self, source: Box, width: int, height: int) -> NDArray[np.uint8]:
        """``source`` (px of the whole photo) as (height, width, 3) RGB."""
        scale = self._scale
        part = Box(source.x * scale, source.y * scale, source.width * scale, source.height * scale)
        return self._pyramid.crop(part, width, height)


def scrim_opacities(layer: ScrimLayer, size: tuple[int, int], scale: float = 1.0) -> NDArray[np.float32]:
    """The opacity of a scrim at each pixel of a (width, height) canvas that is drawn at ``scale``."""
    width, height = size
    dx, dy = layer.end[0] - layer.start[0], layer.end[1] - layer.start[1]
    length = dx * dx + dy * dy or 1.0
    xs = ((np.arange(width, dtype=np.float32) + 0.5) / scale - layer.start[0]) * dx / length
    ys = ((np.arange(height, dtype=np.float32) + 0.5) / scale - layer.start[1]) * dy / length
    along = np.clip(xs[None, :] + ys[:, None], 0.0, 1.0)
    eased = along * along * along * (along * (along * 6 - 15) + 10)
    opacity = layer.opacities[0] + (layer.opacities[1] - layer.opacities[0]) * eased
    inside = np.zeros((height, width), np.float32)
    box = layer.box
    inside[
        max(0, math.floor(box.y * scale)) : math.ceil(box.bottom * scale),
        max(0, math.floor(box.x * scale)) : math.ceil(box.right * scale),
    ] = 1.0
    return np.asarray(opacity * inside, dtype=np.float32)


def contrast_with(pixels: NDArray[np.float32], colour: Colour) -> float:
    """WCAG contrast of ``colour`` with rows of RGB (0..255), at the 5th percentile."""
    luminance = luminances(pixels)
    own = colour.luminance
    ratios = (np.maximum(luminance, own) + 0.05) / (np.minimum(luminance, own) + 0.05)
    place = (len(ratios) - 1) // 20
    return float(np.partition(ratios, place)[place])


def luminances(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """WCAG relative luminance of rows of RGB (0..255)."""
    return np.asarray(_GAMMA.take(np.rint(pixels).astype(np.uint8)) @ _LUMA, dtype=np.float32)


def reaches(pixels: Floats, colour: Colour, need: float) -> bool:
    """Whether `contrast_with` is at least ``need``, without finding out how much it is."""
    luminance, own = luminances(pixels), colour.luminance + 0.05
    too_close = (luminance > own / need - 0.05) & (luminance < own * need - 0.05)
    return int(np.count_nonzero(too_close)) <= (len(luminance) - 1) // 20


def veil_opacity_for(pixels: Floats, veil: Colour, ink: Colour, need: float, blend: Blend = Blend.NORMAL) -> float:
    """The least opacity (0..1) of ``veil``, mixed by ``blend`` with ``pixels``, at which ``ink`` reaches the contrast
    ``need``; 1 where even that is too little."""
    low, high = 0.0, 1.0
    if reaches(pixels, ink, need):
        return 0.0
    way = blended(pixels, veil, blend) - pixels
    for _ in range(7):
        middle = (low + high) / 2
        if reaches(pixels + way * np.float32(middle), ink, need):
            high = middle
        else:
            low = middle
    return high


def _rgb(colour: Colour) -> NDArray[np.float32]:
    return np.array(colour, dtype=np.float32)
