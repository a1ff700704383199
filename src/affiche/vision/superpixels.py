# SPDX-License-Identifier: Apache-2.0
"""A small picture as a few hundred compact patches of similar colour, and the graph of their neighbours."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

_CELL: Final = 10
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Superpixels:
    """``labels`` (h, w) numbers the patches from 0; per patch its mean Lab ``colour`` (n, 3), its ``place`` (n, 2) as
    x, y in fractions of the long side, its ``share`` of the area, its ``rim``: the share of the picture's border that
    it holds; ``adjacent`` (n, n) tells which patches touch."""

    labels: NDArray[np.int32]
    colour: NDArray[np.float32]
    place: NDArray[np.float32]
    share: NDArray[np.float32]
    rim: NDArray[np.float32]
    adjacent: NDArray[np.bool_]

    @classmethod
    def of(cls, lab: NDArray[np.float32], count: int = 216, compactness: float = 12.0) -> "Superpixels":
        """About ``count`` patches of a Lab picture (h, w, 3) by local k-means on a grid (SLIC, Achanta et al. 2012).

        ``compactness`` is the colour difference that weighs as much as one grid step. The labels cover the whole
        picture on a grid of their own, `_CELL` px a patch.
        """
        height, width = lab.shape[:2]
        step = (height * width / count) ** 0.5
        rows, columns = max(1, round(height / step)), max(1, round(width / step))
        size = (columns * _CELL, rows * _CELL)
        small = np.asarray(cv2.resize(lab, size, interpolation=cv2.INTER_AREA), np.float32)
        return cls._measured(_slic(small, rows, columns, compactness), small)

    @classmethod
    def _measured(cls, labels: NDArray[np.int32], lab: NDArray[np.float32]) -> "Superpixels":
        used, flat = np.unique(labels, return_inverse=True)
        flat = np.asarray(flat).ravel()
        count = len(used)
        labels = flat.reshape(labels.shape).astype(np.int32)
        area = np.bincount(flat, minlength=count).astype(np.float32)
        height, width = lab.shape[:2]
        yy, xx = np.mgrid[0:height, 0:width].astype(np.float32) / max(height, width)
        layers = (lab[..., 0], lab[..., 1], lab[..., 2], xx, yy)
        means = [np.bincount(flat, layer.ravel(), count) / area for layer in layers]
        rim = np.bincount(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]), minlength=count)
        adjacent = np.zeros((count, count), dtype=np.bool_)
        for one, other in ((labels[:, :-1], labels[:, 1:]), (labels[:-1], labels[1:])):
            adjacent[one.ravel(), other.ravel()] = True
        adjacent |= adjacent.T
        np.fill_diagonal(adjacent, False)
        return cls(
            labels,
            np.stack(means[:3], axis=1).astype(np.float32),
            np.stack(means[3:], axis=1).astype(np.float32),
            (area / flat.size).astype(np.float32),
            (rim / rim.sum()).astype(np.float32),
            adjacent,
        )

    def spread(self, values: NDArray[np.float32], width: int, height: int) -> NDArray[np.float32]:
        """A map (``height``, ``width``) of one value per patch."""
        return np.asarray(cv2.resize(values[self.labels], (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _slic(lab: NDArray[np.float32], rows: int, columns: int, compactness: float) -> NDArray[np.int32]:
    """Labels of a picture of ``rows`` x ``columns`` cells. All pixels of a cell choose among the same nine centres, so
    a round is one product of small matrices per cell."""
    cells = _by_cell(_features(lab, compactness), rows, columns)
    near = _neighbours(rows, columns)
    labels = np.repeat(np.arange(rows * columns)[:, None], _CELL**2, axis=1)
    for _ in range(_ROUNDS):
        flat = labels.ravel()
        area = np.maximum(np.bincount(flat, minlength=rows * columns), 1)
        sums = [np.bincount(flat, cells[..., axis].ravel(), rows * columns) for axis in range(5)]
        centres = (np.stack(sums, axis=1) / area[:, None]).astype(np.float32)[near]
        # |f - c|^2 without |f|^2, which is the same for all centres.
        distance = (centres**2).sum(axis=2)[:, None, :] - 2 * (cells @ centres.transpose(0, 2, 1))
        labels = np.take_along_axis(near, distance.argmin(axis=2), axis=1)
    grid = labels.reshape(rows, columns, _CELL, _CELL).transpose(0, 2, 1, 3)
    return grid.reshape(rows * _CELL, columns * _CELL).astype(np.int32)


def _features(lab: NDArray[np.float32], compactness: float) -> NDArray[np.float32]:
    yy, xx = np.mgrid[0 : lab.shape[0], 0 : lab.shape[1]].astype(np.float32) * (compactness / _CELL)
    return np.dstack([lab, xx, yy])


def _by_cell(features: NDArray[np.float32], rows: int, columns: int) -> NDArray[np.float32]:
    """(h, w, 5) to (cells, pixels of a cell, 5)."""
    blocks = features.reshape(rows, _CELL, columns, _CELL, 5).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(blocks).reshape(rows * columns, _CELL**2, 5)


def _neighbours(rows: int, columns: int) -> NDArray[np.int64]:
    """Per cell (n, 9) the numbers of the cells around it and its own; the border's cells repeat themselves."""
    y, x = np.divmod(np.arange(rows * columns), columns)
    around = [
        np.clip(y + dy, 0, rows - 1) * columns + np.clip(x + dx, 0, columns - 1)
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    ]
    return np.stack(around, axis=1)
