# SPDX-License-Identifier: Apache-2.0
"""Faces in a photo, by the Haar cascades that OpenCV brings along."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.saliency import shrunk

_SEARCH_SIDE: Final = 480
_SMALLEST: Final = 0.045
_LEAST_SKIN: Final = 0.35
_SURE: Final = 3.0
_EYE_SIDE: Final = 128

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """A face from brow to chin: top left corner and size in photo px, and both eyes' middles where they were seen."""

    x: float
    y: float
    width: float
    height: float
    eyes: tuple[Point, Point] | None = None


def faces(rgb: NDArray[np.uint8]) -> tuple[Face, ...]:
    """The faces of an RGB photo, largest first. Misses are likelier than false alarms: a find must have the hues of
    skin and, unless the cascade is very sure of it, an eye."""
    small = shrunk(rgb, _SEARCH_SIDE)
    scale = rgb.shape[1] / small.shape[1]
    grey = np.asarray(cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)), np.uint8)
    least = max(20, round(_SMALLEST * max(grey.shape)))
    cascade = _cascade("haarcascade_frontalface_alt2.xml")
    boxes, _, weights = cascade.detectMultiScale3(
        grey, scaleFactor=1.1, minNeighbors=4, minSize=(least, least), outputRejectLevels=True
    )
    found = []
    for (x, y, width, height), weight in zip(boxes, np.ravel(weights), strict=True):
        part = (slice(int(y), int(y + height)), slice(int(x), int(x + width)))
        if _skin_share(small[part]) < _LEAST_SKIN:
            continue
        eyes = _eyes(grey[part], float(x), float(y))
        if eyes is None and float(weight) < _SURE and not _has_eye(grey[part]):
            continue
        found.append(scaled(Face(float(x), float(y), float(width), float(height), eyes), scale))
    return tuple(sorted(found, key=lambda face: (-face.width, face.x)))


def scaled(face: Face, scale: float) -> Face:
    """The face in a picture ``scale`` times as large."""
    eyes = None
    if face.eyes is not None:
        (left_x, left_y), (right_x, right_y) = face.eyes
        eyes = ((left_x * scale, left_y * scale), (right_x * scale, right_y * scale))
    return Face(face.x * scale, face.y * scale, face.width * scale, face.height * scale, eyes)


def _skin_share(part: NDArray[np.uint8]) -> float:
    """How much of a picture has the chroma of skin, of any tone (YCrCb bounds of Chai and Ngan, 1999)."""
    _, red, blue = cv2.split(cv2.cvtColor(part, cv2.COLOR_RGB2YCrCb))
    return float(((red >= 133) & (red <= 178) & (blue >= 77) & (blue <= 128)).mean())


def _has_eye(part: NDArray[np.uint8]) -> bool:
    return len(_eye_boxes(part, 2)) > 0


def _eyes(part: NDArray[np.uint8], x: float, y: float) -> tuple[Point, Point] | None:
    """The middles of both eyes, left one first, if one is found in each upper quarter."""
    middles = [(left + width / 2, top + height / 2) for left, top, width, height in _eye_boxes(part, 3)]
    centre = part.shape[1] / 2
    sides = [[eye for eye in middles if (eye[0] < centre) is left] for left in (True, False)]
    if not sides[0] or not sides[1]:
        return None
    (one_x, one_y), (other_x, other_y) = sides[0][0], sides[1][0]
    return (x + one_x, y + one_y), (x + other_x, y + other_y)


def _eye_boxes(part: NDArray[np.uint8], neighbours: int) -> list[tuple[float, float, float, float]]:
    """Eyes in the upper part of a face, searched at a fixed size."""
    upper = part[: round(0.6 * part.shape[0])]
    scale = _EYE_SIDE / part.shape[1]
    size = (_EYE_SIDE, max(1, round(upper.shape[0] * scale)))
    enlarged = cv2.resize(upper, size, interpolation=cv2.INTER_LINEAR)
    least = (_EYE_SIDE // 8, _EYE_SIDE // 8)
    boxes = _cascade("haarcascade_eye.xml").detectMultiScale(enlarged, 1.1, neighbours, minSize=least)
    return [(x / scale, y / scale, width / scale, height / scale) for x, y, width, height in boxes]


@cache
def _cascade(name: str) -> "cv2.CascadeClassifier":
    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / name))
