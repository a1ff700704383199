# SPDX-License-Identifier: Apache-2.0
"""What a layout needs to know about a photo, read once."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.vision.colours import Shares, dominant_colours
from affiche.vision.faces import Face, faces, scaled
from affiche.vision.saliency import FOCUS_SIDE, MAP_SIDE, Map, saliency, shrunk
from affiche.vision.subject import subject_box

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


def read_photo(photo: NDArray[np.uint8] | PhotoPyramid) -> PhotoReading:
    """Read an upright RGB photo (height, width, 3); a pyramid shares its halved copies."""
    if not isinstance(photo, PhotoPyramid):
        photo = PhotoPyramid(photo)
    height, width = photo.height, photo.width
    working = photo.reduced(FOCUS_SIDE)
    small = shrunk(working, MAP_SIDE)
    seen = tuple(scaled(face, width / working.shape[1]) for face in faces(working))
    salient = saliency(working)
    luminance = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) / 255, np.float32)
    return PhotoReading(
        width,
        height,
        _with_people(salient, seen, width),
        _detail(small),
        luminance,
        subject_box(salient, seen, width, height),
        seen,
        dominant_colours(small.reshape(-1, 3)),
    )


def _with_people(salient: Map, seen: tuple[Face, ...], width: int) -> Map:
    """Faces are always looked at: they count as fully salient, head and shoulders as half, with soft rims."""
    if not seen:
        return salient
    scale = salient.shape[1] / width
    raised = np.zeros_like(salient)
    for face in seen:
        x, y = (face.x + face.width / 2) * scale, (face.y + face.height / 2) * scale
        _raise(raised, x, y + 0.5 * face.height * scale, 0.85 * face.width * scale, 1.25 * face.height * scale, 0.5)
    for face in seen:
        x, y = (face.x + face.width / 2) * scale, (face.y + face.height / 2) * scale
        _raise(raised, x, y, 0.55 * face.width * scale, 0.7 * face.height * scale, 1.0)
    return np.maximum(salient, cv2.GaussianBlur(raised, (0, 0), 1.5)).astype(np.float32)


def _raise(map_: Map, x: float, y: float, reach_x: float, reach_y: float, value: float) -> None:
    """Fill an ellipse of ``map_``, in place."""
    cv2.ellipse(map_, (round(x), round(y)), (max(1, round(reach_x)), max(1, round(reach_y))), 0, 0, 360, value, -1)


def _detail(small: NDArray[np.uint8]) -> Map:
    """Mean gradient magnitude around each pixel; 1 is busy foliage."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    gradient = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0) / 4, cv2.Sobel(grey, cv2.CV_32F, 0, 1) / 4)
    spread = cv2.GaussianBlur(gradient, (0, 0), max(1.0, max(grey.shape) / 80))
    return np.asarray(np.clip(np.asarray(spread) / _DETAIL_FULL, 0, 1), np.float32)
