# SPDX-License-Identifier: Apache-2.0
"""A small picture as a few hundred compact patches of similar colour, and the graph of their neighbours."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_ROUNDS: Final = 4
_NEIGHBOURS: Final = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1))


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
    def of(cls, lab: NDArray[np.float32], count: int = 220, compactness: float = 12.0) -> "Superpixels":
        """About ``count`` patches of a Lab picture (h, w, 3) by local k-means on a grid (SLIC, Achanta et al. 2012).

        ``compactness`` is the colour difference that weighs as much as one grid step.
        """
        labels = _slic(lab, count, compactness)
        used, flat = np.unique(labels.ravel(), return_inverse=True)
        labels = flat.reshape(labels.shape).astype(np.int32)
        return cls._measured(labels, lab, len(used))

    @classmethod
    def _measured(cls, labels: NDArray[np.int32], lab: NDArray[np.float32], count: int) -> "Superpixels":
        height, width = labels.shape
        flat = labels.ravel()
        area = np.bincount(flat, minlength=count).astype(np.float32)
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


def _slic(lab: NDArray[np.float32], count: int, compactness: float) -> NDArray[np.int32]:
    height, width = lab.shape[:2]
    step = max(2.0, (height * width / count) ** 0.5)
    rows, columns = max(1, round(height / step)), max(1, round(width / step))
    yy, xx = np.mgrid[0:height, 0:width].astype(np.float32)
    cell_y = np.minimum((yy * rows / height).astype(np.int32), rows - 1)
    cell_x = np.minimum((xx * columns / width).astype(np.int32), columns - 1)
    weight = compactness / step
    features = np.concatenate([lab, xx[..., None] * weight, yy[..., None] * weight], axis=-1).reshape(-1, 5)
    labels = (cell_y * columns + cell_x).ravel()
    candidates = np.stack(
        [
            np.clip(cell_y.ravel() + dy, 0, rows - 1) * columns + np.clip(cell_x.ravel() + dx, 0, columns - 1)
            for dy, dx in _NEIGHBOURS
        ]
    )
    for _ in range(_ROUNDS):
        area = np.maximum(np.bincount(labels, minlength=rows * columns), 1)
        centres = np.stack(
            [np.bincount(labels, feature, rows * columns) / area for feature in features.T], axis=1
        ).astype(np.float32)
        best = np.full(labels.shape, np.inf, np.float32)
        for candidate in candidates:
            difference = features - centres[candidate]
            distance = np.einsum("ij,ij->i", difference, difference)
            nearer = distance < best
            best[nearer] = distance[nearer]
            labels = np.where(nearer, candidate, labels)
    return np.asarray(labels.reshape(height, width), np.int32)
