# SPDX-License-Identifier: Apache-2.0
"""Any part of a photo at any size: halved by exact boxes while twice too large, then libvips' Lanczos.

Measured against a float Lanczos of the whole photo this is 45 dB, at a third of the price.
"""

import math
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2, pyvips

Pixels = NDArray[np.uint8]

_BAND: Final = 128
_MARGIN: Final = 4
_SLACK: Final = 9
_EXACT: Final = 1e-6


class Rectangle(Protocol):
    """A part of a photo in its px; the fields may be fractional."""

    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


class PhotoPyramid:
    """A photo (height, width, 3) with its halved copies, which are made when first needed and kept."""

    def __init__(self, pixels: Pixels) -> None:
        self._levels = [np.ascontiguousarray(pixels)]
        self.height, self.width = pixels.shape[:2]

    @property
    def pixels(self) -> Pixels:
        """The photo itself."""
        return self._levels[0]

    def crop(self, source: Rectangle, width: int, height: int) -> Pixels:
        """The part ``source`` resampled to (``height``, ``width``, 3); what lies outside repeats the photo's edge.

        Sample positions are exact to a few hundredths of a target pixel. The same input gives the same bytes.
        """
        level = 0
        while source.width / 2 ** (level + 1) >= width and source.height / 2 ** (level + 1) >= height:
            level += 1
        across = _span(source.x / 2**level, source.width / 2**level, width)
        down = _span(source.y / 2**level, source.height / 2**level, height)
        pixels = self._level(level)
        if across.is_copy and down.is_copy:
            return _window(pixels, across, down)
        return _resampled(_window(pixels, across, down), across, down)

    def _level(self, level: int) -> Pixels:
        while len(self._levels) <= level:
            self._levels.append(halved(self._levels[-1]))
        return self._levels[level]


def halved(pixels: Pixels) -> Pixels:
    """Both sides halved by the mean of 2x2 pixels; an odd last row or column is repeated, so positions just halve."""
    rows, columns = pixels.shape[:2]
    padded = cv2.copyMakeBorder(pixels, 0, rows % 2, 0, columns % 2, cv2.BORDER_REPLICATE)
    size = ((columns + 1) // 2, (rows + 1) // 2)
    return np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Span:
    """One axis of a resampling: input pixels ``start`` .. ``start + length`` give, at ``scale``, ``made`` samples;
    from number ``skipped`` on they are the ``wanted`` ones. ``shift`` is the input position of the first sample
    made, relative to ``start``; it is only used where the scale is 1 or larger."""

    start: int
    length: int
    scale: float
    made: int
    skipped: int
    wanted: int
    shift: float = 0.0

    @property
    def is_copy(self) -> bool:
        return self.length == self.made == self.wanted and self.scale == 1.0

    @property
    def enlarges(self) -> bool:
        return self.scale >= 1.0


def _span(start: float, extent: float, wanted: int) -> _Span:
    shrink = extent / wanted
    if abs(shrink - 1) < _EXACT and abs(start - round(start)) < _EXACT:
        return _Span(round(start), wanted, 1.0, wanted, 0, wanted)
    if shrink <= 1:
        first = math.floor(start) - _MARGIN
        length = math.ceil(start + extent) + _MARGIN - first
        return _Span(first, length, 1 / shrink, wanted, 0, wanted, start - first)
    return _reducing_span(start, shrink, wanted)


def _reducing_span(start: float, shrink: float, wanted: int) -> _Span:
    """libvips centres its samples in the window that it is given, so we choose the window (whole pixels, a few
    samples more than wanted) whose samples come nearest to the wanted positions."""
    best, best_error = _Span(0, 0, 1.0, 0, 0, 0), math.inf
    for made in range(wanted + 2 * _MARGIN, wanted + 2 * _MARGIN + _SLACK):
        for length in (math.floor(made * shrink), math.ceil(made * shrink)):
            if round(length / shrink) != made:
                continue
            for skipped in range(_MARGIN, made - wanted - _MARGIN + 1):
                # Where the window must start for sample number `skipped` to be the first wanted one.
                ideal = start - length / 2 + (made / 2 - skipped) * shrink
                error = abs(ideal - round(ideal))
                if error < best_error - _EXACT:
                    best = _Span(round(ideal), length, 1 / shrink, made, skipped, wanted)
                    best_error = error
    return best


def _window(pixels: Pixels, across: _Span, down: _Span) -> Pixels:
    """The spans' pixels, the photo's edge repeated where they reach beyond it."""
    rows, columns = pixels.shape[:2]
    top, bottom = max(0, -down.start), max(0, down.start + down.length - rows)
    left, right = max(0, -across.start), max(0, across.start + across.length - columns)
    part = pixels[
        min(max(0, down.start), rows - 1) : max(1, min(rows, down.start + down.length)),
        min(max(0, across.start), columns - 1) : max(1, min(columns, across.start + across.length)),
    ]
    if part.shape[:2] != (down.length, across.length):
        top, left = min(top, down.length - part.shape[0]), min(left, across.length - part.shape[1])
        bottom, right = down.length - part.shape[0] - top, across.length - part.shape[1] - left
        return np.asarray(cv2.copyMakeBorder(part, top, bottom, left, right, cv2.BORDER_REPLICATE), dtype=np.uint8)
    return np.ascontiguousarray(part)


def _resampled(window: Pixels, across: _Span, down: _Span) -> Pixels:
    rows, columns = window.shape[:2]
    image = pyvips.Image.new_from_memory(window.data, columns, rows, 3, "uchar")
    if not down.enlarges:
        image = image.reducev(1 / down.scale, kernel="lanczos3")
    if not across.enlarges:
        image = _reduced_across(image, 1 / across.scale)
    if across.enlarges or down.enlarges:
        image = _enlarged(image, across, down)
    image = image.crop(across.skipped, down.skipped, across.wanted, down.wanted)
    return np.frombuffer(image.write_to_memory(), dtype=np.uint8).reshape(down.wanted, across.wanted, 3)


def _reduced_across(image: "pyvips.Image", shrink: float) -> "pyvips.Image":
    """``reduceh`` by way of ``reducev``: libvips has vector code for columns only, so turning the picture twice is
    faster (measured 1.5x for 3000x2000 to 1620x1080) and gives the same bytes."""
    rows = np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, 3)
    bands = [_band_reduced_across(rows[top : top + _BAND], shrink) for top in range(0, image.height, _BAND)]
    whole = np.concatenate(bands)
    return pyvips.Image.new_from_memory(whole.data, whole.shape[1], whole.shape[0], 3, "uchar")


def _band_reduced_across(rows: Pixels, shrink: float) -> Pixels:
    """A few rows at a time, which stay in the processor's cache."""
    turned = _turned(np.asarray(cv2.cvtColor(rows, cv2.COLOR_RGB2RGBA), np.uint8))
    upright = pyvips.Image.new_from_memory(turned.data, turned.shape[1], turned.shape[0], 4, "uchar")
    reduced = upright.reducev(shrink, kernel="lanczos3")
    columns = np.frombuffer(reduced.write_to_memory(), np.uint8).reshape(reduced.height, reduced.width, 4)
    return np.asarray(cv2.cvtColor(_turned(columns), cv2.COLOR_RGBA2RGB), np.uint8)


def _turned(pixels: Pixels) -> Pixels:
    """Rows and columns of (h, w, 4) exchanged; four bytes move as one number, which is twice as fast as three."""
    numbers = cv2.transpose(pixels.view(np.int32)[..., 0])
    return np.ascontiguousarray(numbers).view(np.uint8).reshape(*numbers.shape, 4)


def _enlarged(image: "pyvips.Image", across: _Span, down: _Span) -> "pyvips.Image":
    """Bicubic enlargement of the axes that enlarge; the others keep their samples."""
    scale_x, shift_x = (across.scale, across.shift) if across.enlarges else (1.0, 0.5)
    scale_y, shift_y = (down.scale, down.shift) if down.enlarges else (1.0, 0.5)
    width = across.made if across.enlarges else image.width
    height = down.made if down.enlarges else image.height
    return image.affine(
        [scale_x, 0, 0, scale_y],
        interpolate=pyvips.Interpolate.new("bicubic"),
        # libvips puts sample 0 at input position 0; ours stands in the middle of the first target pixel.
        odx=-scale_x * (shift_x + 0.5 / scale_x - 0.5) if across.enlarges else 0.0,
        ody=-scale_y * (shift_y + 0.5 / scale_y - 0.5) if down.enlarges else 0.0,
        oarea=[0, 0, width, height],
        extend="copy",
    )
