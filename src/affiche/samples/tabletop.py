# SPDX-License-Identifier: Apache-2.0
"""Product photos with their true outlines: a mug or a bottle on paper, a glossy table or wood. Ray marched."""

from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal
from affiche.samples import rays
from affiche.samples.film import develop
from affiche.samples.rays import Distance, Scalars, Vectors, dot, unit, vector

_EYE: Final = vector(0, 1.55, 8.0)
_TARGET: Final = vector(0, 0.92, 0)
_FOCAL: Final = 1.75
_LIGHT: Final = unit(vector(-0.55, 0.75, 0.60))
_REACH: Final = 2.2
_BEND: Final = 1.6
_FINER: Final = 2


class Product(StrEnum):
    """What stands there."""

    MUG = "mug"
    BOTTLE = "bottle"


class Stage(StrEnum):
    """What it stands on."""

    PAPER = "paper"
    """Seamless paper that bends up behind the product, in soft light without a shadow."""
    SHADOW = "shadow"
    """The same paper in directed light: a soft shadow falls to the right."""
    GLOSS = "gloss"
    """A glossy white table that mirrors the product."""
    WOOD = "wood"
    """Planks with a strong grain, and a shadow."""


class Tabletop(NamedTuple):
    """``rgb`` (height, width, 3), and ``alpha`` (height, width) 0..255: how much of each pixel the product covers."""

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]


def tabletop(product: Product, stage: Stage, width: int = 600, height: int = 480, seed: int = 5) -> Tabletop:
    """One product photo, computed on twice as many pixels a side and averaged."""
    columns, rows = width * _FINER, height * _FINER
    d = _rays(columns, rows)
    distance = _SHAPES[product]
    hit = np.full(d.shape[1], np.inf, np.float32)
    toward = _TARGET - _EYE
    along = dot(d, np.broadcast_to(toward, d.shape))
    near = np.flatnonzero(dot(toward, toward) - along * along < _REACH**2)
    hit[near] = rays.march(distance, _EYE, d[:, near], along[near] - np.float32(_REACH), 12.0)
    seen = np.isfinite(hit)
    light = _ground(d, stage, distance)
    p = _EYE + d[:, seen] * hit[seen]
    light[:, seen] = _paint(product, p, d[:, seen], rays.normals(distance, p), stage)
    picture = np.ascontiguousarray(light.T.reshape(rows, columns, 3))
    picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    cover = seen.reshape(rows, columns).astype(np.float32) * 255
    alpha = np.rint(cv2.resize(cover, (width, height), interpolation=cv2.INTER_AREA)).astype(np.uint8)
    return Tabletop(develop(picture, (width, height), seed=seed, exposure=0.8, glow=0.0, vignette=0.06), alpha)


def _rays(columns: int, rows: int) -> Vectors:
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32).reshape(2, -1) + np.float32(0.5)
    forward = unit(_TARGET - _EYE)
    right = unit(np.cross(forward[:, 0], [0, 1, 0]).astype(np.float32)[:, None])
    above = np.cross(right[:, 0], forward[:, 0]).astype(np.float32)[:, None]
    short = np.float32(_FOCAL * min(columns, rows) * 1.25)
    return unit(forward * short + right * (x - columns / 2) + above * (rows / 2 - y))


def _ring(p: Vectors, radius: float, thickness: float, stretch: float) -> Scalars:
    """A torus around the z axis, ``stretch`` times as high as wide."""
    across = np.sqrt(p[0] ** 2 + (p[1] / stretch) ** 2) - np.float32(radius)
    return np.asarray(np.sqrt(across**2 + p[2] ** 2) - np.float32(thickness), np.float32)


def _mug(p: Vectors) -> Scalars:
    body = rays.rounded_cylinder(p - vector(-0.2, 0.85, 0), 0.72, 0.85, 0.10)
    inside = rays.rounded_cylinder(p - vector(-0.2, 1.0, 0), 0.64, 0.85, 0.06)
    handle = np.maximum(_ring(p - vector(0.52, 0.88, 0), 0.42, 0.085, 1.15), -(p[0] - np.float32(0.42)))
    return np.asarray(np.minimum(np.maximum(body, -inside), handle) * 0.9, np.float32)


def _bottle(p: Vectors) -> Scalars:
    body = rays.rounded_cylinder(p - vector(0, 0.62, 0), 0.46, 0.62, 0.12)
    neck = rays.rounded_cylinder(p - vector(0, 1.42, 0), 0.15, 0.30, 0.05)
    cap = rays.rounded_cylinder(p - vector(0, 1.72, 0), 0.20, 0.15, 0.04)
    blend = np.clip(0.5 + 0.5 * (neck - body) / np.float32(0.22), 0, 1)
    shoulder = neck * (1 - blend) + body * blend - np.float32(0.22) * blend * (1 - blend)
    return np.asarray(np.minimum(shoulder, cap) * 0.8, np.float32)


_SHAPES: Final[dict[Product, Distance]] = {Product.MUG: _mug, Product.BOTTLE: _bottle}


def _colour(product: Product, p: Vectors) -> Vectors:
    """Linear RGB of the product's own surface."""
    if product is Product.MUG:
        banded = (p[1] > 0.45) & (p[1] < 0.62)
        return np.where(banded, vector(0.75, 0.55, 0.20), vector(0.05, 0.20, 0.26))
    around = np.arctan2(p[0], p[2])
    label = (p[1] > 0.28) & (p[1] < 0.92) & (np.abs(around) < 1.1)
    mark = label & (np.abs(around) < 0.6) & (np.abs(p[1] - 0.66) < 0.07)
    colour = np.where(p[1] > 1.55, vector(0.62, 0.42, 0.16), vector(0.30, 0.045, 0.03))
    return np.where(mark, vector(0.10, 0.09, 0.08), np.where(label, vector(0.80, 0.76, 0.66), colour))


def _paint(product: Product, p: Vectors, d: Vectors, n: Vectors, stage: Stage) -> Vectors:
    """Light from the product's surface towards the eye."""
    direct = np.clip(dot(n, np.broadcast_to(_LIGHT, n.shape)), 0, 1)
    soft = 0.55 + 0.45 * n[1] * 0.5
    strength = np.float32(0.35 if stage is Stage.PAPER else 0.8)
    mirrored = rays.reflect(d, n)
    gloss = np.clip(dot(mirrored, np.broadcast_to(_LIGHT, n.shape)), 0, 1) ** 40
    low = np.exp(-np.clip(p[1], 0, 3) / 0.12) * 0.35
    lit = _colour(product, p) * ((soft + strength * direct) * (1 - low))
    return np.asarray(lit + 0.35 * gloss + 0.06 * rays.fresnel(-dot(d, n), 0.04), np.float32)


def _ground(d: Vectors, stage: Stage, distance: Distance) -> Vectors:
    """Light from the stage: a floor that bends into a wall, with what the product does to it."""
    t = np.minimum(np.where(d[1] < 0, -_EYE[1] / np.minimum(d[1], -1e-6), np.float32(np.inf)), np.float32(60))
    p = _EYE + d * np.minimum(t, (-_EYE[2] - np.float32(4)) / d[2])
    p[1] = np.maximum(p[1], 0)
    colour = _wood(p) if stage is Stage.WOOD else np.broadcast_to(vector(0.72, 0.71, 0.69), p.shape).copy()
    rise = np.clip((-p[2] - 1) / np.float32(_BEND + 2), 0, 1)
    colour *= 1 - 0.16 * rise - 0.010 * p[0] ** 2
    colour *= _unshaded(p, stage, distance)
    if stage is Stage.GLOSS:
        colour += _mirrored(p, d, distance, t)
    return np.asarray(colour, np.float32)


def _unshaded(p: Vectors, stage: Stage, distance: Distance) -> Scalars:
    """What the product leaves of the light: contact shadow, and a cast one where the light is directed."""
    near = np.flatnonzero((np.abs(p[0]) < 4) & (np.abs(p[2]) < 4) & (p[1] < 0.2))
    left = np.ones(p.shape[1], np.float32)
    above = p[:, near] + vector(0, 0.02, 0)
    gap = np.maximum(distance(above), 0)
    left[near] *= 1 - (0.25 if stage is Stage.PAPER else 0.45) * np.exp(-gap / np.float32(0.10))
    if stage in (Stage.SHADOW, Stage.WOOD):
        left[near] *= 0.45 + 0.55 * rays.soft_shadow(distance, above, _LIGHT, 5.0, 6.0)
    return left


def _mirrored(p: Vectors, d: Vectors, distance: Distance, t: Scalars) -> Vectors:
    """The product seen in the polished floor, fading with its distance to it."""
    added = np.zeros_like(p)
    near = np.flatnonzero((np.abs(p[0]) < 2.2) & (np.abs(p[2]) < 3) & (t < 30))
    up = d[:, near] * vector(1, -1, 1)
    hit = rays.march(distance, p[:, near], up, np.zeros(len(near), np.float32), 6.0)
    found = np.isfinite(hit)
    place = near[found]
    q = p[:, place] + up[:, found] * hit[found]
    product = Product.MUG if distance is _mug else Product.BOTTLE
    seen = _paint(product, q, up[:, found], rays.normals(distance, q), Stage.GLOSS)
    strength = np.float32(0.42) * np.exp(-np.clip(q[1], 0, 3) / np.float32(0.8))
    added[:, place] = strength * (seen - np.float32(0.70))
    return added


def _wood(p: Vectors) -> Vectors:
    """Planks along x, each with a shade and a grain of its own."""
    size = 512
    grain: Field = fractal(77, size, size, 90, 6, 5, 0.6)
    plank = np.floor(p[2] * np.float32(1.6)).astype(np.int64)
    column = (np.mod(p[0] * 45 + plank * 131, size)).astype(np.int64)
    row = (np.mod(p[2] * 110 + plank * 57, size)).astype(np.int64)
    shade = 1 + 0.22 * np.sin(plank * 2.4) + 0.55 * grain[row, column]
    gap = np.abs(np.mod(p[2] * np.float32(1.6), 1) - 0.5) > 0.485
    return np.asarray(vector(0.30, 0.19, 0.11) * (shade * np.where(gap, 0.35, 1)), np.float32)
