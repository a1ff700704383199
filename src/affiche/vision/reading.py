# SPDX-License-Identifier: Apache-2.0
"""What a layout needs to know about a photo, read once."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.colours import Shares, dominant_colours
from affiche.vision.faces import Face, faces, scaled
from affiche.vision.saliency import MAP_SIDE, Map, saliency, shrunk

_WORKING_SIDE: Final = 640
_DETAIL_FULL: Final = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReading:
    """A photo of ``width`` x ``height`` px, read.

    ``saliency`` (where people look), ``detail`` (local gradient energy) and ``luminance`` (sRGB luma) are maps (h, w)
    of 0..1 over the whole photo, long side at most 256. ``subject`` is x, y, width, height in photo px of the salient
    mass, faces included. ``colours`` are the dominant ones with their shares, most frequent first.
    """

    width: int
    height: int
    saliency: Map
    detail: Map
    luminance: Map
    subject: tuple[float, float, float, float]
    faces: tuple[Face, ...]
    colours: Shares


def read_photo(pixels: NDArray[np.uint8]) -> PhotoReading:
    """Read an upright RGB photo (height, width, 3)."""
    height, width = pixels.shape[:2]
    working = shrunk(pixels, _WORKING_SIDE)
    small = shrunk(working, MAP_SIDE)
    seen = tuple(scaled(face, width / working.shape[1]) for face in faces(working))
    salient = _with_faces(saliency(small), seen, width)
    luminance = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) / 255, np.float32)
    return PhotoReading(
        width,
        height,
        salient,
        _detail(small),
        luminance,
        _subject(salient, seen, width, height),
        seen,
        dominant_colours(small.reshape(-1, 3)),
    )


def _with_faces(salient: Map, seen: tuple[Face, ...], width: int) -> Map:
    """Faces are always looked at: they count as fully salient, with a soft rim."""
    scale = salient.shape[1] / width
    raised = salient.copy()
    for face in seen:
        middle = (round((face.x + face.width / 2) * scale), round((face.y + face.height / 2) * scale))
        axes = (max(1, round(0.55 * face.width * scale)), max(1, round(0.7 * face.height * scale)))
        cv2.ellipse(raised, middle, axes, 0, 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(raised, (0, 0), 1.5) if seen else raised
    return np.maximum(salient, soft).astype(np.float32)


def _detail(small: NDArray[np.uint8]) -> Map:
    """Mean gradient magnitude around each pixel; 1 is busy foliage."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    gradient = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0) / 4, cv2.Sobel(grey, cv2.CV_32F, 0, 1) / 4)
    spread = cv2.GaussianBlur(gradient, (0, 0), max(1.0, max(grey.shape) / 80))
    return np.asarray(np.clip(np.asarray(spread) / _DETAIL_FULL, 0, 1), np.float32)


def _subject(salient: Map, seen: tuple[Face, ...], width: int, height: int) -> tuple[float, float, float, float]:
    """The box around the salient parts that carry the most mass, widened to hold every face."""
    rows, columns = salient.shape
    threshold, _ = cv2.threshold((salient * 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    mass = np.where(_main_parts(salient, threshold / 255), salient, 0.0)
    left, right = _span(mass.sum(axis=0))
    top, bottom = _span(mass.sum(axis=1))
    boxes = [(left * width / columns, top * height / rows, right * width / columns, bottom * height / rows)]
    boxes += [(face.x, face.y, face.x + face.width, face.y + face.height) for face in seen]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    x, y = max(0.0, min(lefts)), max(0.0, min(tops))
    return x, y, min(float(width), max(rights)) - x, min(float(height), max(bottoms)) - y


def _main_parts(salient: Map, threshold: float) -> NDArray[np.bool_]:
    """Connected parts over ``threshold`` that hold at least a fifth of the heaviest one's mass."""
    count, labels = cv2.connectedComponents((salient > threshold).astype(np.uint8), connectivity=8)
    if count <= 1:
        return np.ones(salient.shape, dtype=np.bool_)
    mass = np.bincount(labels.ravel(), salient.ravel(), count)
    mass[0] = 0
    return np.asarray((mass >= 0.2 * mass.max())[labels])


def _span(mass: NDArray[np.float32], trim: float = 0.02) -> tuple[float, float]:
    """First and last place between which all but ``trim`` of the mass at either end lies; everything for no mass."""
    total = float(mass.sum())
    if total <= 0:
        return 0.0, float(len(mass))
    cumulated = np.cumsum(mass) / total
    first, last = np.searchsorted(cumulated, trim), np.searchsorted(cumulated, 1 - trim)
    return float(first), float(min(int(last) + 1, len(mass)))
