# SPDX-License-Identifier: Apache-2.0
"""The box around what a photo is about: its main salient parts and the people in it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from affiche.images.native import cv2
from affiche.vision.faces import Face
from affiche.vision.saliency import Map

Rectangle = tuple[float, float, float, float]

_GRID_SIDE: Final = 64
_PRICE: Final = 0.5
_SURELY_NOT: Final = 0.5


def subject_box(salient: Map, people: Sequence[Face], width: int, height: int) -> Rectangle:
    """x, y, width, height in px of a photo of ``width`` x ``height``; everything when nothing stands out."""
    left, top, right, bottom = _dearest_box(_belonging(salient))
    boxes = [(left * width, top * height, right * width, bottom * height)]
    boxes += [_head_and_shoulders(face) for face in people]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    x, y = max(0.0, min(lefts)), max(0.0, min(tops))
    return x, y, min(float(width), max(rights)) - x, min(float(height), max(bottoms)) - y


def _head_and_shoulders(face: Face) -> Rectangle:
    """Left, top, right, bottom of what belongs to a face: hair above, shoulders beside and below."""
    return (
        face.x - 0.5 * face.width,
        face.y - 0.4 * face.height,
        face.x + 1.5 * face.width,
        face.y + 1.8 * face.height,
    )


def _belonging(salient: Map) -> Map:
    """How far each pixel belongs to what stands out: 1 from Otsu's threshold on, so that faint limbs count in full."""
    levels = np.asarray(salient * 255, np.uint8)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)
    if threshold <= 0:
        return salient
    least = _SURELY_NOT * threshold
    return np.asarray(np.clip((salient * 255 - least) / (threshold - least), 0, 1), np.float32)


def _dearest_box(salient: Map) -> Rectangle:
    """Left, top, right, bottom in fractions of the picture of the box whose share of the salient mass most exceeds
    `_PRICE` times its share of the area: it grows only where what it gains is worth its room.

    The greatest sum of a rectangle, by Kadane's scan over all pairs of rows at once.
    """
    scale = min(1.0, _GRID_SIDE / max(salient.shape))
    rows, columns = (max(1, round(side * scale)) for side in salient.shape)
    cells = np.asarray(cv2.resize(salient, (columns, rows), interpolation=cv2.INTER_AREA), np.float64)
    total = cells.sum()
    if total <= 0:
        return 0.0, 0.0, 1.0, 1.0
    gain = np.vstack([np.zeros(columns), np.cumsum(cells / total - _PRICE / cells.size, axis=0)])
    tops, bottoms = np.triu_indices(rows + 1, 1)
    strips = gain[bottoms] - gain[tops]
    running = np.zeros(len(tops))
    start = np.zeros(len(tops), dtype=np.int64)
    best, box = -np.inf, (0, 0, columns, rows)
    for column in range(columns):
        start[running <= 0] = column
        running = np.maximum(running, 0) + strips[:, column]
        pair = int(running.argmax())
        if running[pair] > best:
            best, box = running[pair], (int(start[pair]), int(tops[pair]), column + 1, int(bottoms[pair]))
    return box[0] / columns, box[1] / rows, box[2] / columns, box[3] / rows
