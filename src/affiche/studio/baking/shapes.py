# SPDX-License-Identifier: Apache-2.0
"""The shapes that things of a scene can have. Each stands on z = 0 about the origin; ``SHAPES`` names them."""

from collections.abc import Callable
from typing import Final

import numpy as np

from affiche.studio.baking.mesh import Floats, Mesh, Size, joined, lathe, prism, sheet, smooth_profile
from affiche.studio.baking.soft_shapes import cloth, cushion, dunes, leaf, pebble, petal, pine, pumpkin, stalk
from affiche.studio.scene import Thing


def mesh_of(thing: Thing) -> Mesh:
    """The mesh of a thing, where it stands."""
    made = SHAPES[thing.shape](thing.size, thing.seed)
    if thing.tilt:
        made = made.turned(thing.tilt, 0)
        made = made.moved((0, 0, -made.vertices[:, 2].min()))
    return made.turned(thing.turn, 2).moved(thing.at)


def cyclorama(size: Size, seed: int) -> Mesh:
    """A floor that rises into a wall: width, distance of the wall, radius of the curve between them, height."""
    width, wall, radius, height = size
    front = -16.0
    bend = np.linspace(0, np.pi / 2, 48)
    y = np.concatenate([np.linspace(front, wall - radius, 12)[:-1], wall - radius + radius * np.sin(bend), [wall] * 6])
    z = np.concatenate([np.zeros(11), radius * (1 - np.cos(bend)), np.linspace(radius, height, 7)[1:]])
    length = np.concatenate([[0], np.cumsum(np.hypot(np.diff(y), np.diff(z)))])
    x = np.linspace(-width / 2, width / 2, 9)
    points = np.stack([*np.broadcast_arrays(x[:, None], y[None], z[None])], -1)
    return sheet(points, np.stack(np.meshgrid(x + width / 2, length, indexing="ij"), -1))


def floor(size: Size, seed: int) -> Mesh:
    """A level plane: width, from y, to y."""
    width, near, far = size
    return _patch(lambda u, v: ((u - 0.5) * width, near + v * (far - near), 0 * u), (2, 2), (width, far - near))


def wall(size: Size, seed: int) -> Mesh:
    """An upright plane facing the camera: width, height."""
    width, height = size
    made = _patch(lambda u, v: ((u - 0.5) * width, 0 * u, v * height), (2, 2), (width, height))
    return made


def screen(size: Size, seed: int) -> Mesh:
    """An upright plane facing the camera whose texture fills it once: width, height."""
    width, height = size
    return _patch(lambda u, v: ((u - 0.5) * width, 0 * u, v * height), (2, 2), (1, 1))


def curtain(size: Size, seed: int) -> Mesh:
    """Hanging folds: width, height, depth of the folds, folds across."""
    width, height, depth, folds = size
    random = np.random.default_rng(seed)
    phase, wander = random.uniform(0, 6, 3), random.uniform(0.6, 1.4, 3)

    def place(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        bend = (
            u * 2 * np.pi * folds + 1.6 * np.sin(u * 11 * wander[0] + phase[0]) + 0.35 * v * np.sin(u * 23 + phase[1])
        )
        fold = np.sin(bend) + 0.28 * np.sin(2 * bend + phase[2] + v)
        return (u - 0.5) * width + 0.1 * np.cos(bend), depth * fold * (1 - 0.25 * v), v * height

    return _patch(place, (900, 40), (width, height))


def podium(size: Size, seed: int) -> Mesh:
    """A round platform: radius, height, radius of its rounded edge."""
    radius, height, edge = size
    quarter = np.linspace(0, np.pi / 2, 12)
    rim = [(radius - edge + edge * np.cos(t), height - edge + edge * np.sin(t)) for t in quarter]
    profile = [
        (radius, 0),
        (radius, height / 2),
        (radius, height - 1.5 * edge),
        *rim,
        (radius - 2 * edge, height),
        (1e-4, height),
    ]
    return lathe(profile, 220)


def box(size: Size, seed: int) -> Mesh:
    """A rounded block: width, depth, height, radius of its edges."""
    width, depth, height, edge = size
    half = np.array([width, depth, height]) / 2
    steps = edge * (1 - np.cos(np.linspace(0, np.pi / 2, 6)))
    sides = []
    for axis in range(3):
        one, other = (axis + 1) % 3, (axis + 2) % 3
        lines = [np.concatenate([-half[k] + steps, (half[k] - steps)[::-1]]) for k in (one, other)]
        a, b = np.meshgrid(*lines, indexing="ij")
        for sign in (-1.0, 1.0):
            points = np.zeros((*a.shape, 3))
            points[..., axis], points[..., one], points[..., other] = sign * half[axis], a, b
            inner = np.clip(points, -(half - edge), half - edge)
            away = points - inner
            away /= np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-9)
            uv = np.stack([points[..., one], points[..., other]], -1) + half[[one, other]]
            points = inner + edge * away
            points, uv = (points, uv) if sign > 0 else (points[::-1], uv[::-1])
            sides.append(sheet(points, uv))
    return joined(*sides).moved((0, 0, half[2]))


def ball(size: Size, seed: int) -> Mesh:
    """A sphere: radius."""
    t = np.linspace(0, np.pi, 72)
    return lathe(np.stack([np.maximum(1e-4, size[0] * np.sin(t)), size[0] * (1 - np.cos(t))], -1))


def egg(size: Size, seed: int) -> Mesh:
    """An egg on its blunt end: radius, height."""
    radius, height = size
    t = np.linspace(0, np.pi, 72)
    narrow = 1 + 0.16 * np.cos(t)
    return lathe(np.stack([np.maximum(1e-4, radius * np.sin(t) * narrow), height * (1 - np.cos(t)) / 2], -1))


def arch(size: Size, seed: int) -> Mesh:
    """A slab with a round top: width, height, depth, radius of its edges."""
    width, height, depth, edge = size
    radius = width / 2
    bow = [(radius * np.cos(t), height - radius + radius * np.sin(t)) for t in np.linspace(0, np.pi, 96)]
    return prism([(-radius, 0), (0, 0), (radius, 0), (radius, (height - radius) / 2), *bow], depth, edge)


def ring(size: Size, seed: int) -> Mesh:
    """A standing hoop, its plane facing the camera: radius, thickness of its tube."""
    radius, thick = size
    a, b = np.meshgrid(np.linspace(0, 2 * np.pi, 161), np.linspace(0, 2 * np.pi, 33), indexing="ij")
    reach = radius + thick * np.cos(b)
    points = np.stack([reach * np.cos(a), thick * np.sin(b), reach * np.sin(a) + radius + thick], -1)
    return sheet(points[::-1], np.stack([a, b], -1))


def vase(size: Size, seed: int) -> Mesh:
    """A slender vase with a flared neck: radius, height."""
    radius, height = size
    outside = [(0.62, 0), (0.9, 0.13), (1, 0.32), (0.82, 0.52), (0.42, 0.68), (0.3, 0.83), (0.38, 0.96), (0.42, 1)]
    curve = smooth_profile([(r * radius, z * height) for r, z in outside])
    inside = [(0.36 * radius, 0.99 * height), (0.26 * radius, 0.84 * height), (1e-4, 0.8 * height)]
    return lathe([*curve, *inside])


def bowl(size: Size, seed: int) -> Mesh:
    """A shallow bowl: radius, height."""
    radius, height = size
    outside = smooth_profile(
        [(0.4 * radius, 0), (0.72 * radius, 0.22 * height), (0.95 * radius, 0.65 * height), (radius, height)]
    )
    inside = smooth_profile(
        [
            (0.96 * radius, 0.985 * height),
            (0.88 * radius, 0.6 * height),
            (0.5 * radius, 0.22 * height),
            (1e-4, 0.15 * height),
        ]
    )
    return lathe([*outside, *inside])


def heart(size: Size, seed: int) -> Mesh:
    """A standing heart: width, depth, radius of its edges."""
    width, depth, edge = size
    t = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    x = np.sin(t) ** 3
    z = (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16
    outline = np.stack([x, z - z.min()], -1)[::-1] * width / 2
    return prism(outline, depth, edge)


def gift(size: Size, seed: int) -> Mesh:
    """The ribbon and bow of a gift box of width, depth, height; the box is a thing of its own."""
    width, depth, height = size
    band, thick = 0.16 * min(width, depth), 0.012
    across = box((band, depth + 2 * thick, height + 2 * thick, thick), 0).moved((0, 0, -thick))
    along = box((width + 2 * thick, band, height + 2 * thick, thick), 0).moved((0, 0, -thick))
    loops = []
    for angle in (25.0, 155.0, 205.0, 335.0):
        t = np.linspace(0, 2 * np.pi, 49)
        reach = 0.34 * min(width, depth)
        line = np.stack(
            [
                reach * (1 - np.cos(t)) * 0.62,
                0 * t,
                0.52 * reach * np.sin(t) * (1 - 0.2 * np.cos(t)) + 0.2 * reach * (1 - np.cos(t)) / 2,
            ],
            -1,
        )
        s = np.linspace(-0.5, 0.5, 9)
        wide = band * (0.5 + 0.5 * np.abs(np.sin(t / 2)))
        points = line[:, None] + s[None, :, None] * wide[:, None, None] * np.array([0, 1, 0])
        loops.append(
            sheet(points, np.stack(np.meshgrid(t, s, indexing="ij"), -1)).turned(angle, 2).moved((0, 0, height + thick))
        )
    knot = ball((0.09 * min(width, depth) + 0.02,), 0).moved((0, 0, height))
    return joined(across, along, *loops, knot)


def fan(size: Size, seed: int) -> Mesh:
    """A pleated paper disc standing upright, facing the camera: radius, pleats."""
    radius, pleats = size
    count = int(pleats) * 2
    angle = np.repeat(np.linspace(0, 2 * np.pi, count + 1), 1)
    reach = np.linspace(0.04, 1, 5) * radius
    a, r = np.meshgrid(angle, reach, indexing="ij")
    rise = np.where(np.arange(count + 1) % 2 == 0, 1.0, -1.0)[:, None] * 0.55 * r * np.pi / count
    points = np.stack([r * np.cos(a), -rise, r * np.sin(a) + radius], -1)
    made = sheet(points[:, ::-1], np.stack([a, r], -1)[:, ::-1])
    corners = made.vertices[made.faces].reshape(-1, 3)
    shrunk = corners + np.repeat(np.random.default_rng(0).normal(0, 2e-5, (len(made.faces), 3)), 3, axis=0)
    return Mesh(shrunk, np.arange(len(corners)).reshape(-1, 3), made.uv[made.faces].reshape(-1, 2))


def _patch(
    place: Callable[[Floats, Floats], tuple[Floats, Floats, Floats]],
    steps: tuple[int, int],
    extent: tuple[float, float],
) -> Mesh:
    """A surface over the unit square; ``extent`` is the size of its texture in units."""
    u, v = np.meshgrid(np.linspace(0, 1, steps[0]), np.linspace(0, 1, steps[1]), indexing="ij")
    return sheet(np.stack(place(u, v), -1), np.stack([u * extent[0], v * extent[1]], -1))


SHAPES: Final[dict[str, Callable[[Size, int], Mesh]]] = {
    made.__name__: made
    for made in (
        cyclorama,
        floor,
        wall,
        screen,
        curtain,
        podium,
        box,
        ball,
        egg,
        arch,
        ring,
        vase,
        bowl,
        pumpkin,
        stalk,
        leaf,
        petal,
        heart,
        cushion,
        cloth,
        dunes,
        pebble,
        pine,
        gift,
        fan,
    )
}
