# SPDX-License-Identifier: Apache-2.0
"""A product photo as a sample: a leather bag on a stone, in sunlight that falls through leaves. Ray marched."""

from typing import Final

import numpy as np
import skia
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal, uniform
from affiche.samples import rays
from affiche.samples.film import develop
from affiche.samples.rays import Scalars, Vectors, dot, unit, vector

_COMPUTED: Final = 1500
_EYE: Final = vector(0, 1.62, 9.0)
_FOCAL: Final = 1.40
_WALL: Final = -2.3
_CENTRE: Final = vector(1.02, 1.05, 0)
_REACH: Final = 1.95
_LIGHT: Final = unit(vector(-0.62, 0.66, 0.62))
_SUNLIGHT: Final = vector(2.75, 2.15, 1.60)
_SKYLIGHT: Final = vector(0.34, 0.36, 0.42)
_TURN: Final = 0.42
_FLOOR, _BACK, _STONE, _LEATHER, _EDGE, _METAL = range(6)
# Linear RGB of floor, wall, stone, leather, edge and strap, brass.
_PAINTS: Final = np.array(
    [
        [0.56, 0.34, 0.235],
        [0.57, 0.355, 0.25],
        [0.62, 0.56, 0.48],
        [0.185, 0.062, 0.022],
        [0.060, 0.021, 0.011],
        [0.85, 0.60, 0.25],
    ],
    np.float32,
)


def still_life(width: int, height: int) -> NDArray[np.uint8]:
    """The picture, (height, width, 3) RGB."""
    size = width, height
    if width > _COMPUTED:
        width, height = _COMPUTED, round(_COMPUTED * height / width)
    gobo, texture = _gobo(), fractal(30, 512, 512, 40, 40, 5, 0.6)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32).reshape(2, -1) + np.float32(0.5)
    light, kind = _expose(x, y, width, height, gobo, texture)
    edges = _edges(kind.reshape(height, width))
    extra = np.zeros((3, edges.size), np.float32)
    for dx, dy in ((-0.3, -0.1), (0.1, -0.3), (0.3, 0.1), (-0.1, 0.3)):
        extra += _expose(x[edges] + dx, y[edges] + dy, width, height, gobo, texture)[0]
    light[:, edges] = extra / 4
    return develop(np.ascontiguousarray(light.T.reshape(height, width, 3)), size, seed=17, exposure=0.92)


def _edges(kind: NDArray[np.int32]) -> NDArray[np.intp]:
    change = cv2.morphologyEx(kind.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return np.flatnonzero(change)


def _expose(
    x: Scalars, y: Scalars, width: int, height: int, gobo: Field, texture: Field
) -> tuple[Vectors, NDArray[np.int32]]:
    """Light that reaches the film at pixel positions, (3, n), and what is seen there."""
    d = np.stack([x - width / 2, height * 0.47 - y, np.full_like(x, -_FOCAL * width)])
    d[1] -= 0.012 * width
    d = unit(d)
    floor = np.where(d[1] < 0, -_EYE[1] / np.minimum(d[1], -1e-6), np.float32(np.inf))
    wall = (np.float32(_WALL) - _EYE[2]) / d[2]
    t = np.minimum(floor, wall)
    kind = np.where(floor < wall, _FLOOR, _BACK).astype(np.int32)
    normal = np.zeros_like(d)
    normal[1], normal[2] = floor < wall, floor >= wall
    offset = _CENTRE - _EYE
    along = dot(d, np.broadcast_to(offset, d.shape))
    near = np.flatnonzero(dot(offset, offset) - along * along < _REACH**2)
    hit = rays.march(_scene, _EYE, d[:, near], along[near] - np.float32(_REACH), 13.0)
    seen = hit < t[near]
    found = near[seen]
    t[found] = hit[seen]
    p = _EYE + d * t
    kind[found] = _kinds(p[:, found])
    normal[:, found] = rays.normals(_scene, p[:, found])
    return _shaded(p, d, normal, kind, gobo, texture), kind


def _local(p: Vectors) -> Vectors:
    """A point in the bag's own axes: it stands on the stone, turned a little to the right."""
    x, y, z = p[0] - 1.02, p[1] - 1.16, p[2]
    c, s = np.float32(np.cos(_TURN)), np.float32(np.sin(_TURN))
    taper = 1 + 0.10 * y
    return np.stack([(c * x - s * z) * taper, y, (s * x + c * z) * (taper + 0.16 * y)])


def _stone(p: Vectors) -> Scalars:
    return rays.rounded_cylinder(p - vector(1.02, 0.22, 0), 1.50, 0.22, 0.05)


def _body(q: Vectors) -> Scalars:
    return rays.rounded_box(q, (0.98, 0.70, 0.34), 0.16)


def _flap(q: Vectors) -> Scalars:
    shell = rays.rounded_box(q - vector(0, 0.14, 0.035), (1.005, 0.60, 0.345), 0.17)
    bow = np.sqrt(q[0] ** 2 * 0.72 + (q[1] - 0.98) ** 2) - np.float32(1.16)
    front = np.float32(-0.06) - q[2]
    return np.asarray(np.maximum(shell, np.maximum(bow, front)) - 0.012, np.float32)


def _handle(q: Vectors) -> Scalars:
    around = np.sqrt((q[0] * 0.86) ** 2 + (q[1] - 0.62) ** 2) - np.float32(0.42)
    ring = np.sqrt(around**2 + (q[2] * 0.6) ** 2) - np.float32(0.042)
    return np.asarray(np.maximum(ring, np.float32(0.60) - q[1]), np.float32)


def _strap(q: Vectors) -> Scalars:
    return rays.rounded_box(q - vector(0, -0.20, 0.40), (0.085, 0.26, 0.022), 0.02)


def _brass(q: Vectors) -> Scalars:
    frame = rays.rounded_box(q - vector(0, -0.16, 0.425), (0.135, 0.095, 0.022), 0.02)
    hole = rays.rounded_box(q - vector(0, -0.16, 0.44), (0.092, 0.056, 0.10), 0.01)
    rings = np.sqrt((np.sqrt((np.abs(q[0]) - 0.487) ** 2 + (q[1] - 0.665) ** 2) - 0.055) ** 2 + q[2] ** 2) - 0.017
    return np.asarray(np.minimum(np.maximum(frame, -hole), rings), np.float32)


def _scene(p: Vectors) -> Scalars:
    q = _local(p)
    leather = np.minimum(np.minimum(_body(q), _flap(q)), np.minimum(_handle(q), _strap(q)))
    return np.asarray(np.minimum(np.minimum(leather, _brass(q)) * 0.86, _stone(p)), np.float32)


def _kinds(p: Vectors) -> NDArray[np.int32]:
    q = _local(p)
    parts = np.stack([_stone(p), np.minimum(_body(q), _flap(q)), np.minimum(_handle(q), _strap(q)), _brass(q)])
    return np.asarray(np.argmin(parts, axis=0) + _STONE, np.int32)


def _shaded(p: Vectors, d: Vectors, n: Vectors, kind: NDArray[np.int32], gobo: Field, texture: Field) -> Vectors:
    q = _local(p)
    colour = _PAINTS[kind].T.copy()
    leather = (kind == _LEATHER) | (kind == _EDGE)
    grain = _sample(
        texture,
        np.where(leather, (q[0] + 0.6 * q[2]) * 900, (p[0] + p[2]) * 46),
        np.where(leather, q[1] * 900, (p[1] - p[2]) * 46),
    )
    colour *= 1 + np.where(leather, 0.16, np.where(kind == _STONE, 0.20, 0.07)) * grain
    colour *= np.where(kind == _LEATHER, _stitched(q), 1)
    sun = np.clip(dot(n, np.broadcast_to(_LIGHT, n.shape)) + np.where(leather, 0.16, 0.03) * grain, 0, 1)
    sun *= _seen_by_sun(p + n * np.float32(0.01)) * _through_leaves(p, gobo)
    open_sky = _openness(p, n)
    up = 0.62 + 0.38 * n[1]
    bounce = np.clip(0.5 - 0.5 * n[1], 0, 1) * np.exp(-np.clip(p[1], 0, 3))
    fill = _SKYLIGHT * (open_sky * up) + vector(0.30, 0.17, 0.10) * (open_sky * bounce + 0.35 * open_sky)
    light = _SUNLIGHT * sun + fill
    mirrored = rays.reflect(d, n)
    toward = np.clip(dot(mirrored, np.broadcast_to(_LIGHT, n.shape)), 0, 1)
    rim = rays.fresnel(-dot(d, n), 0.04)
    gloss = np.where(leather, 0.16 * toward**14 + 0.30 * toward**70, 0)
    sheen = np.where(leather, 0.55 * rim * open_sky, 0)
    metal = kind == _METAL
    window = 0.35 + 1.9 * np.clip(mirrored[1] * 0.6 - mirrored[0] * 0.8, 0, 1) ** 2 + 7 * toward**30 * (sun > 0.05)
    matt = colour * light + _SUNLIGHT * (sun * gloss) + _SKYLIGHT * sheen
    return np.asarray(np.where(metal, colour * window * (0.35 + 0.65 * open_sky), matt), np.float32)


def _stitched(q: Vectors) -> Scalars:
    """Seams: a darker line with pale stitches, a finger's width inside the flap's edge and the body's sides."""
    bow = np.abs(np.sqrt(q[0] ** 2 * 0.72 + (q[1] - 0.98) ** 2) - np.float32(1.105))
    side = np.abs(np.abs(q[0]) - np.float32(0.90))
    seam = np.where(_flap(q) < _body(q) + 0.004, bow, side)
    stitch = np.sin((q[0] * 1.0 + q[1] * np.where(np.abs(q[0]) > 0.8, 1.0, 0.25)) * 105) > -0.35
    inside = np.clip(1 - seam / 0.011, 0, 1) * (q[2] > 0.1)
    return np.asarray(1 + inside * np.where(stitch, 2.6, -0.5), np.float32)


def _seen_by_sun(p: Vectors) -> Scalars:
    """Shadow of bag and stone; only points whose way to the sun passes near them are followed."""
    offset = _CENTRE - p
    along = dot(offset, np.broadcast_to(_LIGHT, p.shape))
    apart = dot(offset, offset) - along * along
    near = np.flatnonzero((apart < (_REACH + 0.35) ** 2) & (along > -_REACH))
    seen = np.ones(p.shape[1], np.float32)
    seen[near] = rays.soft_shadow(_scene, p[:, near], _LIGHT, 15.0, 7.0)
    return seen


def _openness(p: Vectors, n: Vectors) -> Scalars:
    """Share of the sky that a point sees: objects by distances along the normal, floor and wall by their nearness."""
    hidden = np.zeros(p.shape[1], np.float32)
    offset = p - _CENTRE
    near = np.flatnonzero(dot(offset, offset) < (_REACH + 0.9) ** 2)
    for step, weight in ((0.06, 2.2), (0.18, 1.0), (0.42, 0.5), (0.85, 0.24)):
        gap = _scene(p[:, near] + n[:, near] * np.float32(step))
        hidden[near] += np.float32(weight) * np.clip(step - gap, 0, None)
    corner = np.exp(-(p[1] + (p[2] - _WALL)) / 0.55) * 0.42
    ground = np.where(n[1] < 0.5, 0.30 * np.exp(-np.clip(p[1], 0, None) / 0.30), 0)
    return np.asarray(np.clip(1 - hidden - corner - ground, 0.06, 1), np.float32)


def _through_leaves(p: Vectors, gobo: Field) -> Scalars:
    right = unit(np.cross(_LIGHT[:, 0], [0, 1, 0]).astype(np.float32)[:, None])
    above = unit(np.cross(right[:, 0], _LIGHT[:, 0]).astype(np.float32)[:, None])
    u, v = dot(p, np.broadcast_to(right, p.shape)), dot(p, np.broadcast_to(above, p.shape))
    size = gobo.shape[0]
    place_x = (-u / 9.0 + 0.5) * size
    place_y = (0.62 - v / 9.0) * size
    return _remapped(gobo, place_x, place_y)


def _gobo() -> Field:
    """What stands between sun and stage, seen from the sun: a window's edge and the fronds of a palm."""
    size = 900
    mask = np.zeros((size, size), np.uint8)
    info = skia.ImageInfo.Make(size, size, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, mask, size)
    pen = surface.getCanvas()
    paint = skia.Paint(AntiAlias=True, Color=skia.ColorBLACK)
    for seed, (x, y, angle, length) in enumerate(
        ((20, 150, 14, 420), (60, -20, 42, 430), (330, -60, 68, 360), (880, 60, 150, 330), (-40, 420, -12, 380))
    ):
        pen.save()
        pen.translate(x, y)
        pen.rotate(angle)
        _frond(pen, paint, length, seed)
        pen.restore()
    surface.flushAndSubmit()
    leaves = cv2.GaussianBlur(mask, (0, 0), 7).astype(np.float32) / 255
    columns = np.arange(size, dtype=np.float32)[None, :]
    rows = np.arange(size, dtype=np.float32)[:, None]
    opening = 1 / (1 + np.exp(-(columns - 250 + 0.12 * rows) / 26)) * (0.25 + 0.75 / (1 + np.exp(-(760 - rows) / 30)))
    return np.asarray((1 - 0.80 * leaves) * (0.10 + 0.90 * opening), np.float32)


def _frond(pen: skia.Canvas, paint: skia.Paint, length: float, seed: int) -> None:
    """A palm leaf along the x axis: a bent rib with narrow leaflets on both sides."""
    dice = uniform(650 + seed, 2, 40)
    for leaflet in range(38):
        share = leaflet / 37
        x, y = length * share, 60 * share * share
        long = 150 * np.sin(np.pi * (0.12 + 0.86 * share)) * (0.8 + 0.3 * float(dice[0, leaflet]))
        for side in (-1, 1):
            pen.save()
            pen.translate(x, y)
            pen.rotate(side * (62 - 34 * share) + 8 * (float(dice[1, leaflet]) - 0.5))
            path = skia.Path()
            path.moveTo(0, 0)
            path.quadTo(long * 0.45, -8, long, 0)
            path.quadTo(long * 0.45, 8, 0, 0)
            pen.drawPath(path, paint)
            pen.restore()


def _sample(tile: Field, x: Scalars, y: Scalars) -> Scalars:
    """``tile`` repeated for ever, its mirror image beside it so that no seam shows."""
    size = tile.shape[0] - 1
    fold_x, fold_y = (np.abs(np.mod(values, 2 * size) - size) for values in (x, y))
    return _remapped(tile, fold_x, fold_y)


def _remapped(field: Field, x: Scalars, y: Scalars) -> Scalars:
    columns = 2048
    rows = -(-x.size // columns)
    padded = [np.resize(values, rows * columns).reshape(rows, columns).astype(np.float32) for values in (x, y)]
    sampled = cv2.remap(field, padded[0], padded[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sampled, np.float32).ravel()[: x.size]
