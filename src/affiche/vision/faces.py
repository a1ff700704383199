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

_SEARCH_SIDE: Final = 240
_SMALLEST: Final = 20
_STEP: Final = 1.15
_LEAST_SKIN: Final = 0.35
_FINDER: Final = "haarcascade_frontalface_alt2.xml"
# A find is searched again around its place; each cascade must find it at least so often. Measured on 13 photos,
# 79 packshots and cut-outs: faces reach 21 and more, everything else of the colour of skin 7 at most.
_VOTES: Final = {_FINDER: 12, "haarcascade_frontalface_alt.xml": 8}
_CHECK_SIDE: Final = 72
_EYE_SIDE: Final = 128
_SKIN_SIDE: Final = 256
_PATCH_SIDES: Final = (0.024, 0.25)
_PATCHES: Final = 3
_PATCH_SIZE: Final = 128
_PATCH_FACES: Final = ((44, 44), (128, 128))

Pixels = NDArray[np.uint8]
Point = tuple[float, float]
Square = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """A face from brow to chin: top left corner and size in photo px, and both eyes' middles where they were seen."""

    x: float
    y: float
    width: float
    height: float
    eyes: tuple[Point, Point] | None = None


def faces(rgb: Pixels) -> tuple[Face, ...]:
    """The faces of an RGB photo, largest first. Misses are likelier than false alarms.

    Large faces are searched everywhere, small ones (down to a fortieth of the long side) where there is a patch of
    skin. A find must have the hues of skin and be found again, often, by two cascades.
    """
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    found: list[Face] = []
    for x, y, side in (*_large(grey), *_small(rgb, grey)):
        part = rgb[round(y) : round(y + side), round(x) : round(x + side)]
        if any(_overlap(x, y, side, face) for face in found) or _skin(part).mean() < _LEAST_SKIN:
            continue
        if all(_votes(grey, (x, y, side), name) >= need for name, need in _VOTES.items()):
            found.append(Face(x, y, side, side, _eyes(grey, (x, y, side))))
    return tuple(sorted(found, key=lambda face: (-face.width, face.x)))


def scaled(face: Face, scale: float) -> Face:
    """The face in a picture ``scale`` times as large."""
    eyes = None
    if face.eyes is not None:
        (left_x, left_y), (right_x, right_y) = face.eyes
        eyes = ((left_x * scale, left_y * scale), (right_x * scale, right_y * scale))
    return Face(face.x * scale, face.y * scale, face.width * scale, face.height * scale, eyes)


def _large(grey: Pixels) -> list[Square]:
    """Squares that may be faces of at least a twelfth of the long side."""
    small = np.asarray(cv2.equalizeHist(shrunk(grey, _SEARCH_SIDE)), np.uint8)
    scale = grey.shape[1] / small.shape[1]
    boxes = _cascade(_FINDER).detectMultiScale(small, _STEP, 2, minSize=(_SMALLEST, _SMALLEST))
    return [(float(x) * scale, float(y) * scale, float(side) * scale) for x, y, side, _ in boxes]


def _small(rgb: Pixels, grey: Pixels) -> list[Square]:
    """Squares that may be smaller faces, searched at the top of patches of skin at a size that suits the cascade."""
    squares = []
    for x, y, side in _patches(rgb):
        margin = 0.3 * side
        left, top = max(0, round(x - margin)), max(0, round(y - margin))
        part = grey[top : round(y + side + margin), left : round(x + side + margin)]
        scale = _PATCH_SIZE / side
        size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
        enlarged = cv2.equalizeHist(cv2.resize(part, size, interpolation=cv2.INTER_CUBIC))
        boxes = _cascade(_FINDER).detectMultiScale(enlarged, _STEP, 2, minSize=_PATCH_FACES[0], maxSize=_PATCH_FACES[1])
        squares += [(left + float(bx) / scale, top + float(by) / scale, float(bs) / scale) for bx, by, bs, _ in boxes]
    return squares


def _patches(rgb: Pixels) -> list[Square]:
    """The largest of the patches of skin that are small in the picture: squares in px, as wide as the patch, at its
    top, where the head of a standing person is."""
    small = shrunk(rgb, _SKIN_SIDE)
    scale = rgb.shape[1] / small.shape[1]
    mask = cv2.morphologyEx(_skin(small).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    least, most = (share * max(small.shape) for share in _PATCH_SIDES)
    found = []
    for x, y, width, height, area in (tuple(float(value) for value in row) for row in stats[1:count]):
        if least <= width <= most and height > 0.8 * width and area > 0.3 * width * height:
            found.append((area, x * scale, y * scale, width * scale))
    return [patch[1:] for patch in sorted(found, reverse=True)[:_PATCHES]]


def _skin(part: Pixels) -> NDArray[np.bool_]:
    """Which pixels have the chroma of skin, of any tone (YCrCb bounds of Chai and Ngan, 1999)."""
    _, red, blue = cv2.split(cv2.cvtColor(part, cv2.COLOR_RGB2YCrCb))
    return np.asarray((red >= 133) & (red <= 178) & (blue >= 77) & (blue <= 128))


def _overlap(x: float, y: float, side: float, face: Face) -> bool:
    reach = 0.5 * max(side, face.width)
    middle_x, middle_y = face.x + face.width / 2, face.y + face.height / 2
    return abs(x + side / 2 - middle_x) < reach and abs(y + side / 2 - middle_y) < reach


def _votes(grey: Pixels, square: Square, name: str) -> int:
    """How many neighbouring windows of a cascade agree on a face at about this place and size."""
    x, y, side = square
    margin = 0.35 * side
    left, top = max(0, round(x - margin)), max(0, round(y - margin))
    part = grey[top : round(y + side + margin), left : round(x + side + margin)]
    scale = _CHECK_SIDE / side
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    searched = cv2.equalizeHist(cv2.resize(part, size, interpolation=interpolation))
    boxes, votes = _cascade(name).detectMultiScale2(searched, 1.08, 1, minSize=(44, 44), maxSize=(110, 110))
    best = 0
    for (box_x, box_y, box_side, _), count in zip(boxes, votes, strict=True):
        middle_x, middle_y = left + (box_x + box_side / 2) / scale, top + (box_y + box_side / 2) / scale
        if abs(middle_x - x - side / 2) < 0.3 * side and abs(middle_y - y - side / 2) < 0.3 * side:
            best = max(best, int(count))
    return best


def _eyes(grey: Pixels, square: Square) -> tuple[Point, Point] | None:
    """The middles of both eyes, left one first, if one is found on either side of the upper part of a face."""
    x, y, side = square
    upper = grey[round(y) : round(y + 0.6 * side), round(x) : round(x + side)]
    scale = _EYE_SIDE / upper.shape[1]
    size = (_EYE_SIDE, max(1, round(upper.shape[0] * scale)))
    enlarged = cv2.resize(upper, size, interpolation=cv2.INTER_LINEAR)
    least = (_EYE_SIDE // 8, _EYE_SIDE // 8)
    boxes = _cascade("haarcascade_eye.xml").detectMultiScale(enlarged, 1.1, 3, minSize=least)
    middles = [(x + (left + width / 2) / scale, y + (top + height / 2) / scale) for left, top, width, height in boxes]
    lefts = [eye for eye in middles if eye[0] < x + side / 2]
    rights = [eye for eye in middles if eye[0] >= x + side / 2]
    return (lefts[0], rights[0]) if lefts and rights else None


@cache
def _cascade(name: str) -> "cv2.CascadeClassifier":
    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / name))
