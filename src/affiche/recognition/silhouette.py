# SPDX-License-Identifier: Apache-2.0
"""The outline of a product in figures: how wide it is at each height, how straight, how even."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]
Profile = NDArray[np.float64]

_HEIGHT: Final = 240
_OPAQUE: Final = 127
_LEAST_HOLE: Final = 0.004


@dataclass(frozen=True, slots=True, eq=False)
class Silhouette:
    """A product's outline, upright and trimmed.

    ``aspect`` is height over width. ``widths`` (100,) is the width from top to bottom, 1 at the widest. ``evenness`` is
    the overlap with the mirror image (0..1), ``solidity`` the share of the convex hull that is filled, ``boxiness``
    that of the smallest rectangle at any angle. ``sag`` says by how much the lower edge bends down in the middle, in
    widths: 0 for a box seen from the front, more for a cylinder from above. ``holes`` is the share of the area that is
    see-through inside, ``hole_at`` the middle of it (0..1 across and down).
    """

    aspect: float
    widths: Profile
    evenness: float
    solidity: float
    boxiness: float
    sag: float
    holes: float
    hole_at: tuple[float, float]

    def width(self, start: float, end: float) -> float:
        """The median width between two heights, 0 at the top and 1 at the bottom."""
        return float(np.median(self.widths[int(start * 100) : max(int(end * 100), int(start * 100) + 1)]))


def silhouette_of(cutout: Pixels) -> Silhouette | None:
    """Measure RGBA pixels; None if nothing in them is opaque."""
    mask = (cutout[..., 3] > _OPAQUE).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    if not width or not height:
        return None
    aspect = height / width
    size = (max(2, round(_HEIGHT / aspect)), _HEIGHT) if aspect > 1 else (_HEIGHT, max(2, round(_HEIGHT * aspect)))
    small = cv2.resize(mask[y : y + height, x : x + width] * 255, size, interpolation=cv2.INTER_AREA)
    mask = (np.asarray(small) > _OPAQUE).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    filled = np.asarray(cv2.drawContours(np.zeros_like(mask), [outline], -1, 1, cv2.FILLED), np.uint8)
    area = max(float(filled.sum()), 1.0)
    hull = cv2.convexHull(outline)
    _, (long, short), _ = cv2.minAreaRect(outline)
    return Silhouette(
        aspect,
        _widths(filled),
        _evenness(filled),
        min(1.0, area / max(cv2.contourArea(hull), 1.0)),
        min(1.0, area / max((long + 1) * (short + 1), 1.0)),
        _sag(filled),
        *_holes(filled - np.minimum(mask, filled)),
    )


def _widths(mask: Mask) -> Profile:
    rows = mask.sum(axis=1).astype(np.float64)
    sampled = np.interp(np.linspace(0, len(rows) - 1, 100), np.arange(len(rows)), rows)
    return np.asarray(sampled / max(sampled.max(), 1.0))


def _evenness(mask: Mask) -> float:
    columns = np.flatnonzero(mask.any(axis=0))
    mirrored = mask[:, columns[0] : columns[-1] + 1]
    flipped = mirrored[:, ::-1]
    return float((mirrored & flipped).sum() / max((mirrored | flipped).sum(), 1))


def _sag(mask: Mask) -> float:
    """The lower edge of the middle fifth below that at 12 % from both sides."""
    columns = np.flatnonzero(mask.any(axis=0))
    lowest = mask.shape[0] - 1 - np.argmax(mask[::-1], axis=0)
    span = len(columns)
    edge = lowest[columns].astype(np.float64)
    left, right = edge[int(0.09 * span) : int(0.15 * span) + 1], edge[int(0.85 * span) : int(0.91 * span) + 1]
    middle = float(np.median(edge[int(0.4 * span) : int(0.6 * span) + 1]))
    return (middle - float(np.median(np.concatenate([left, right])))) / max(span, 1)


def _holes(inside: Mask) -> tuple[float, tuple[float, float]]:
    """The share of see-through places that are too large to be specks, and their common middle."""
    count, _, stats, middles = cv2.connectedComponentsWithStats(inside, connectivity=4)
    sizes = np.array([stats[label, cv2.CC_STAT_AREA] / inside.size for label in range(1, count)])
    large = np.flatnonzero(sizes > _LEAST_HOLE)
    if not len(large):
        return 0.0, (0.5, 0.5)
    across, down = np.average(middles[1 + large], axis=0, weights=sizes[large])
    return float(sizes[large].sum()), (float(across) / inside.shape[1], float(down) / inside.shape[0])
