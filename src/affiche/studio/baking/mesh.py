# SPDX-License-Identifier: Apache-2.0
"""Triangle meshes as arrays, and the ways in which shapes are made of them."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Size = tuple[float, ...]
"""Measures of a shape, in units; which they are, its function says."""


class Mesh(NamedTuple):
    """``vertices`` (n, 3), ``faces`` (m, 3) of their indices, counter-clockwise seen from outside, ``uv`` (n, 2)."""

    vertices: Floats
    faces: NDArray[np.int64]
    uv: Floats

    def moved(self, offset: ArrayLike) -> Self:
        return self._replace(vertices=self.vertices + np.asarray(offset, float))

    def turned(self, degrees: float, axis: int) -> Self:
        """Turned about the ``axis`` (0 x, 1 y, 2 z) through the origin."""
        angle = np.radians(degrees)
        one, other = (axis + 1) % 3, (axis + 2) % 3
        matrix = np.eye(3)
        matrix[one, one] = matrix[other, other] = np.cos(angle)
        matrix[one, other], matrix[other, one] = -np.sin(angle), np.sin(angle)
        return self._replace(vertices=self.vertices @ matrix.T)

    def normals(self) -> Floats:
        """Unit normals at the vertices: the mean of the faces that meet there, larger ones counting more.

        Vertices at the same place share one normal, so seams of the texture stay invisible; edges look crisp because
        every shape rounds them with a ring of small faces."""
        corners = self.vertices[self.faces]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        places = np.unique(np.round(self.vertices, 5), axis=0, return_inverse=True)[1].ravel()
        total = np.zeros((int(places.max()) + 1, 3))
        for corner in range(3):
            np.add.at(total, places[self.faces[:, corner]], across)
        normals = total[places]
        return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12))


def sheet(points: Floats, uv: Floats) -> Mesh:
    """A grid of ``points`` (rows, columns, 3) as a surface; its outside is where rows x columns points."""
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    return Mesh(points.reshape(-1, 3), faces, uv.reshape(-1, 2))


def joined(*meshes: Mesh) -> Mesh:
    starts = np.cumsum([0, *(len(one.vertices) for one in meshes)])
    return Mesh(
        np.concatenate([one.vertices for one in meshes]),
        np.concatenate([one.faces + start for one, start in zip(meshes, starts, strict=False)]),
        np.concatenate([one.uv for one in meshes]),
    )


def lathe(profile: ArrayLike, segments: int = 160) -> Mesh:
    """A ``profile`` of (radius, height) pairs from bottom to top, turned about the vertical."""
    line = np.asarray(profile, float)
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    radius, height = line[:, 0], line[:, 1]
    points = np.stack(
        [
            np.outer(np.cos(angle), radius),
            np.outer(np.sin(angle), radius),
            np.broadcast_to(height, (len(angle), len(line))),
        ],
        -1,
    )
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    uv = np.stack(np.meshgrid(angle * radius.max(), along, indexing="ij"), -1)
    return sheet(points, uv)


def smooth_profile(points: ArrayLike, steps: int = 12) -> Floats:
    """A Catmull-Rom curve through ``points`` (radius, height), with ``steps`` pieces between two of them."""
    line = np.asarray(points, float)
    padded = np.concatenate([[2 * line[0] - line[1]], line, [2 * line[-1] - line[-2]]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))))
    curve = np.concatenate([*pieces, line[-1:]])
    curve[:, 0] = np.maximum(curve[:, 0], 1e-4)
    return np.asarray(curve)


def prism(outline: ArrayLike, depth: float, bevel: float) -> Mesh:
    """A closed ``outline`` of (x, z) pairs, counter-clockwise seen from the camera, as a slab ``depth`` units thick
    about y = 0, its edges rounded by ``bevel``. The outline must be star-shaped about its centre."""
    line = np.asarray(outline, float)
    centre = (line.min(0) + line.max(0)) / 2
    half = (line.max(0) - line.min(0)) / 2
    quarter = np.linspace(0, np.pi / 2, 6)
    insets = [(bevel * (1 - np.cos(t)), -depth / 2 + bevel * (1 - np.sin(t))) for t in quarter]
    rings = [(inset, y) for inset, y in insets] + [(inset, -y) for inset, y in reversed(insets)]
    rings.sort(key=lambda ring: ring[1])
    rows = [_flat_ring(centre, rings[0][1], len(line))]
    rows += [_ring(centre + (line - centre) * (1 - inset / half), y) for inset, y in rings]
    rows.append(_flat_ring(centre, rings[-1][1], len(line)))
    points = np.stack(rows)
    points = np.concatenate([points, points[:, :1]], 1)
    return sheet(points, points[..., [0, 2]].copy())


def _ring(line: Floats, y: float) -> Floats:
    return np.stack([line[:, 0], np.full(len(line), y), line[:, 1]], -1)


def _flat_ring(centre: Floats, y: float, count: int) -> Floats:
    return np.tile([centre[0], y, centre[1]], (count, 1))


def tube(path: ArrayLike, radii: ArrayLike, segments: int = 10) -> Mesh:
    """A round tube along ``path`` (n, 3) with a radius at every point: twigs, stems, strings."""
    line, radius = np.asarray(path, float), np.asarray(radii, float)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    aside = np.cross(along, [0.31, 0.47, 0.83])
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    third = np.cross(along, aside)
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    ring = np.cos(angle)[None, :, None] * aside[:, None] + np.sin(angle)[None, :, None] * third[:, None]
    points = line[:, None] + radius[:, None, None] * ring
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    uv = np.stack(np.meshgrid(length, angle / 6, indexing="ij"), -1)
    return sheet(points[:, ::-1], uv)
