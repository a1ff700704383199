# SPDX-License-Identifier: Apache-2.0
"""A small ray marcher on arrays: vectors are (3, n) float32, scenes are signed distance functions."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Scalars = NDArray[np.float32]
Distance = Callable[[Vectors], Scalars]


def vector(x: float, y: float, z: float) -> Vectors:
    """One vector as a column that broadcasts against (3, n)."""
    return np.array([[x], [y], [z]], np.float32)


def dot(a: Vectors, b: Vectors) -> Scalars:
    return np.asarray(a[0] * b[0] + a[1] * b[1] + a[2] * b[2], np.float32)


def unit(v: Vectors) -> Vectors:
    return np.asarray(v / np.sqrt(np.maximum(dot(v, v), 1e-12)), np.float32)


def reflect(d: Vectors, n: Vectors) -> Vectors:
    return np.asarray(d - 2 * dot(d, n) * n, np.float32)


def fresnel(cosine: Scalars, base: float) -> Scalars:
    """Schlick's share of light that a surface mirrors; ``base`` is the share seen straight on."""
    return np.asarray(base + (1 - base) * (1 - np.clip(cosine, 0, 1)) ** 5, np.float32)


def rounded_box(p: Vectors, half: tuple[float, float, float], radius: float) -> Scalars:
    q = np.abs(p) - np.array(half, np.float32)[:, None] + np.float32(radius)
    outside = np.maximum(q, 0)
    inside = np.minimum(np.maximum(q[0], np.maximum(q[1], q[2])), 0)
    return np.asarray(np.sqrt(dot(outside, outside)) + inside - radius, np.float32)


def rounded_cylinder(p: Vectors, radius: float, half: float, edge: float) -> Scalars:
    across = np.sqrt(p[0] * p[0] + p[2] * p[2]) - (radius - edge)
    along = np.abs(p[1]) - (half - edge)
    outside = np.sqrt(np.maximum(across, 0) ** 2 + np.maximum(along, 0) ** 2)
    return np.asarray(outside + np.minimum(np.maximum(across, along), 0) - edge, np.float32)


def normals(distance: Distance, p: Vectors, step: float = 2e-3) -> Vectors:
    """Surface normals by four evaluations on a tetrahedron (I. Quilez)."""
    total = np.zeros_like(p)
    for x, y, z in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        corner = vector(x, y, z)
        total += corner * distance(p + corner * np.float32(step))
    return unit(total)


def march(distance: Distance, origin: Vectors, d: Vectors, start: Scalars, end: float, steps: int = 72) -> Scalars:
    """Distance along each ray to the first surface, inf where there is none before ``end``."""
    travelled = np.array(np.broadcast_to(start, d.shape[1:]), np.float32)
    found = np.full(d.shape[1], np.inf, np.float32)
    active = np.arange(d.shape[1])
    o, direction, t = np.broadcast_to(origin, d.shape), d, travelled
    for _ in range(steps):
        gap = distance(o + direction * t)
        hit = gap < 4e-4 + 2e-4 * t
        found[active[hit]] = t[hit]
        going = ~hit & (t < end)
        if not going.any():
            break
        active, o, direction, t = active[going], o[:, going], direction[:, going], t[going] + gap[going]
    return found


def soft_shadow(
    distance: Distance, p: Vectors, light: Vectors, sharpness: float, end: float, steps: int = 28
) -> Scalars:
    """How much of a distant lamp each point sees, 0..1; penumbrae widen with distance (I. Quilez)."""
    seen = np.ones(p.shape[1], np.float32)
    t = np.full(p.shape[1], 0.02, np.float32)
    active = np.arange(p.shape[1])
    points = p
    for _ in range(steps):
        gap = distance(points + light * t)
        seen[active] = np.minimum(seen[active], sharpness * gap / t)
        t = t + np.clip(gap, 0.025, 0.5)
        going = (seen[active] > 0.004) & (t < end)
        if not going.any():
            break
        if going.mean() < 0.85:
            active, points, t = active[going], points[:, going], t[going]
    seen = np.clip(seen, 0, 1)
    return np.asarray(seen * seen * (3 - 2 * seen), np.float32)
