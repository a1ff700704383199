# SPDX-License-Identifier: Apache-2.0
"""Which part of a photo is shown in a box: the subject whole, faces whole, calm where text will stand.

Crops and places for the texts are judged together: every crop with every place, on integral images of what people look
at, of detail and of light, so that a few thousand pairs cost a few milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box
from affiche.vision.reading import PhotoReading

_MAP_SIDE = 112
_ZOOMS = (1.0, 1.25)
# So steep a power of saliency leaves what is looked at first: a lit window, not the mountain around it.
_PEAKED = 5.0
_PEAK_WORTH, _PEAK_COVERED, _PEAK_CUT = 1.0, 5.0, 3.0
_RIM = 0.05
# How far apart, as a share of the long side, what is looked at first may lie for it to be one place.
_SCATTERED = 0.175
# A crop is moved by this share of its length, in at least and at most so many steps.
_STEP, _LEAST_STEPS, _MOST_STEPS = 0.06, 12, 28

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crop:
    """``source`` in photo px and how well it serves, higher is better, among ``considered`` crops."""

    source: Box
    score: float
    considered: int = 1


class Pane(NamedTuple):
    """A ``source`` of the photo, px, that is shown in a ``box`` of the canvas."""

    source: Box
    box: Box


@dataclass(frozen=True, slots=True)
class Wish:
    """What a layout asks of a crop, in fractions of the box (0..1): ``quiet`` regions stand under text, ``focus``
    is the point where the subject's middle should come to lie. ``zoom`` allows to come closer. ``liking`` is added to
    the score: what else speaks for this place."""

    quiet: tuple[Box, ...] = ()
    focus: tuple[float, float] = (0.5, 0.5)
    zoom: bool = True
    liking: float = 0.0


class CropFinder:
    """Searches crops of one photo on its small saliency and detail maps by integral images."""

    def __init__(self, reading: PhotoReading) -> None:
        self.width, self.height = reading.width, reading.height
        scale = _MAP_SIDE / max(self.width, self.height)
        size = (max(8, round(self.width * scale)), max(8, round(self.height * scale)))
        saliency = _resized(reading.saliency, size)
        light = _resized(reading.luminance, size)
        mass, peaks = _shares(saliency**1.5), _shares(saliency**_PEAKED)
        # Mass, peaks, detail, light and its square side by side: one look tells all five sums of a rectangle.
        self.focused = _spread(peaks) < _SCATTERED
        """Whether one place is looked at first, not many."""
        self._integrals = _integral(np.dstack([mass, peaks, _resized(reading.detail, size), light, light * light]))
        self._faces = [Box(face.x, face.y, face.width, face.height) for face in reading.faces]
        self._subject = Box(*reading.subject)
        self._grid = size
        self._most_focus: dict[float, float] = {}

    def find(self, width: float, height: float, wish: Wish = Wish()) -> Crop:
        """The best crop for a box of ``width`` x ``height`` px."""
        return self.rank(width, height, (wish,))[0]

    def rank(self, width: float, height: float, wishes: Sequence[Wish]) -> list[Crop]:
        """The best crop of a box of ``width`` x ``height`` px for each of ``wishes``."""
        crops = []
        for zoom in {wish.zoom: None for wish in wishes}:
            sources = self._candidates(width / height, zoom)
            kept, common = self._common(sources)
            crops += [
                (place, self._best(sources, common + self._served(sources, kept, wish) + wish.liking))
                for place, wish in enumerate(wishes)
                if wish.zoom == zoom
            ]
        return [crop for _, crop in sorted(crops, key=lambda found: found[0])]

    def mass_and_focus(self, region: Box) -> tuple[float, float]:
        """The share, 0..1, of what people look at, and of what they look at first, that lies in ``region`` of the
        photo."""
        columns, rows = self._grid
        left, right = (_cell(x * columns / self.width, columns) for x in (region.x, region.right))
        top, bottom = (_cell(y * rows / self.height, rows) for y in (region.y, region.bottom))
        sums = self._integrals
        mass, focus = (sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])[:2]
        return float(mass), float(focus)

    def most_focus(self, aspect: float) -> float:
        """The same of the crop of this ``aspect`` (width by height) that shows most of it."""
        if aspect not in self._most_focus:
            self._most_focus[aspect] = float(self._sums(*self._candidates(aspect, zoom=False).T)[1].max())
        return self._most_focus[aspect]

    @staticmethod
    def _best(sources: Numbers, scores: Numbers) -> Crop:
        best = int(np.argmax(scores))
        x, y, width, height = (float(value) for value in sources[best])
        return Crop(Box(x, y, width, height), float(scores[best]), len(sources))

    def _candidates(self, aspect: float, zoom: bool) -> Numbers:
        """All crops considered, as rows x, y, width, height in photo px."""
        full_width = min(self.width, self.height * aspect)
        rows = []
        for factor in _ZOOMS if zoom else _ZOOMS[:1]:
            width = full_width / factor
            height = width / aspect
            xs, ys = _positions(self.width, width), _positions(self.height, height)
            found = np.empty((len(ys), len(xs), 4))
            found[..., 0], found[..., 1] = xs, ys[:, None]
            found[..., 2], found[..., 3] = width, height
            rows.append(found.reshape(-1, 4))
        return np.concatenate(rows)

    def _common(self, sources: Numbers) -> tuple[Numbers, Numbers]:
        """What each crop keeps of what people look at, and its score wherever texts may stand."""
        x, y, width, height = sources.T
        kept, peaks = self._sums(x, y, width, height)[:2]
        rim = _RIM * width
        cut = self._sums(x - rim, y - rim, width + 2 * rim, height + 2 * rim)[1]
        cut -= self._sums(x + rim, y + rim, width - 2 * rim, height - 2 * rim)[1]
        scores = 2.6 * kept + _PEAK_WORTH * peaks - _PEAK_CUT * cut - 0.9 * (width.max() / width - 1)
        scores -= 0.8 * _cut_share(self._subject, x, y, width, height)
        for face in self._faces:
            scores -= 3.0 * _cut_share(face.grown(0.25 * face.width), x, y, width, height)
        return kept, np.asarray(scores, np.float64)

    def _served(self, sources: Numbers, kept: Numbers, wish: Wish) -> Numbers:
        """How well each crop serves ``wish``."""
        x, y, width, height = sources.T
        middle_x, middle_y = self._subject.centre
        off_x, off_y = (middle_x - x) / width - wish.focus[0], (middle_y - y) / height - wish.focus[1]
        scores = -0.9 * np.hypot(off_x, off_y)
        for region in wish.quiet:
            left, top = x + region.x * width, y + region.y * height
            inside = (left, top, region.width * width, region.height * height)
            area = np.maximum(1e-9, region.width * region.height * width * height)
            cells = np.maximum(1.0, area * self._grid[0] * self._grid[1] / (self.width * self.height))
            mass, peaks, detail, light, light_squared = self._sums(*inside)
            scores -= 2.4 * mass / np.maximum(kept, 0.05) + _PEAK_COVERED * peaks
            scores -= 0.9 * detail / cells
            mean = light / cells
            spread = np.sqrt(np.maximum(0.0, light_squared / cells - mean * mean))
            # Middle greys and uneven light need the thickest veil.
            scores -= 0.8 * spread + 0.4 * np.maximum(0.0, 0.25 - np.abs(mean - 0.55))
            scores -= 0.7 * _overlap_share(self._subject, *inside)
            for face in self._faces:
                scores -= 6.0 * _overlap_share(face.grown(0.15 * face.width), *inside)
        return np.asarray(scores, np.float64)

    def _sums(self, x: Numbers, y: Numbers, width: Numbers, height: Numbers) -> Numbers:
        """Of each rectangle (photo px) the mass, peaks, detail, light and squared light inside: (5, n)."""
        scale_x, scale_y = self._grid[0] / self.width, self._grid[1] / self.height
        left, right = _cells(x * scale_x, self._grid[0]), _cells((x + width) * scale_x, self._grid[0])
        top, bottom = _cells(y * scale_y, self._grid[1]), _cells((y + height) * scale_y, self._grid[1])
        sums = self._integrals
        return np.asarray((sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]).T, np.float64)


def _shares(map_: Numbers) -> Numbers:
    """``map_`` as shares of its sum."""
    total = float(map_.sum())
    return map_ / total if total > 0 else map_


def _spread(shares: Numbers) -> float:
    """The standard distance of ``shares`` (h, w) from their middle, by the long side; 1 where there are none."""
    if not shares.any():
        return 1.0
    y, x = np.indices(shares.shape)
    off_x, off_y = x - np.average(x, weights=shares), y - np.average(y, weights=shares)
    return float(np.sqrt(np.average(off_x**2 + off_y**2, weights=shares))) / float(max(shares.shape))


def _positions(whole: float, length: float) -> Numbers:
    """Where a crop of ``length`` px may begin along a side of ``whole`` px: a narrow crop in more places than a wide
    one, so that it can be set beside a small subject."""
    free = whole - length
    if free <= 1:
        return np.array([free / 2])
    return np.linspace(0, free, int(min(_MOST_STEPS, max(_LEAST_STEPS, free / (_STEP * length)))) + 1)


def _cells(places: Numbers, most: int) -> NDArray[np.int64]:
    """The lines of a grid of 0..``most`` nearest to ``places``."""
    return np.minimum(np.maximum(np.rint(places), 0), most).astype(np.int64)


def _cell(place: float, most: int) -> int:
    """The same for one ``place``."""
    return min(max(round(place), 0), most)


def shown(source: Box, box: Box, region: Box) -> Box:
    """Where ``region`` of the photo appears on the canvas when ``source`` is shown in ``box``, clipped to it."""
    scale_x, scale_y = box.width / source.width, box.height / source.height
    placed = Box(
        box.x + (region.x - source.x) * scale_x,
        box.y + (region.y - source.y) * scale_y,
        region.width * scale_x,
        region.height * scale_y,
    )
    return placed.intersection(box)


def behind(source: Box, box: Box, place: Box) -> Box:
    """The region of the photo that lies at ``place`` on the canvas when ``source`` is shown in ``box``."""
    scale_x, scale_y = source.width / box.width, source.height / box.height
    x, y = source.x + (place.x - box.x) * scale_x, source.y + (place.y - box.y) * scale_y
    return Box(x, y, place.width * scale_x, place.height * scale_y)


def _cut_share(region: Box, x: Numbers, y: Numbers, width: Numbers, height: Numbers) -> Numbers:
    return 1.0 - _overlap_share(region, x, y, width, height)


def _overlap_share(region: Box, x: Numbers, y: Numbers, width: Numbers, height: Numbers) -> Numbers:
    """The share of ``region`` that lies inside each rectangle."""
    overlap_x = np.maximum(0.0, np.minimum(region.right, x + width) - np.maximum(region.x, x))
    overlap_y = np.maximum(0.0, np.minimum(region.bottom, y + height) - np.maximum(region.y, y))
    return np.asarray(overlap_x * overlap_y / max(region.area, 1e-9))


def _resized(map_: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float64]:
    return np.asarray(cv2.resize(map_, size, interpolation=cv2.INTER_AREA), dtype=np.float64)


def _integral(map_: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cv2.integral(map_), dtype=np.float64)


def enlargement(source: Box, box: Box) -> float:
    """How much the photo is enlarged on the canvas; above 1.6 it looks soft."""
    return max(box.width / source.width, box.height / source.height)


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all ``boxes``."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)
