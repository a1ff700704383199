# SPDX-License-Identifier: Apache-2.0
"""The shapes that things of a scene can have. Each stands on z = 0 about the origin; ``SHAPES`` names them."""

from collections.abc import Callable
from typing import Final

import numpy as np

from affiche.images.noise import fractal
from affiche.studio.baking.mesh import Floats, Mesh, joined, lathe, prism, sheet, smooth_profile, tube
from affiche.studio.scene import Thing

Size = tuple[float, ...]


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


def pumpkin(size: Size, seed: int) -> Mesh:
    """A ribbed pumpkin: radius. Its stalk is a thing of its own."""
    random = np.random.default_rng(seed)
    ribs, squash = 10 + seed % 3, random.uniform(0.68, 0.8)
    a, b = np.meshgrid(np.linspace(0, 2 * np.pi, 241), np.linspace(0.02, np.pi - 0.02, 90), indexing="ij")
    lobe = np.abs(np.sin(a * ribs / 2)) ** 0.62
    uneven = 1 + 0.025 * np.sin(3 * a + seed) + 0.02 * np.sin(5 * a + 2 * seed)
    reach = np.sin(b) ** 0.82 * (0.87 + 0.13 * lobe) * uneven
    dimple = 0.22 * np.exp(-(((np.pi - b) / 0.42) ** 2)) + 0.12 * np.exp(-((b / 0.45) ** 2))
    points = np.stack([reach * np.cos(a), reach * np.sin(a), squash * (1 - np.cos(b)) - np.sign(b - 1.57) * dimple], -1)
    points[..., 2] -= points[..., 2].min()
    return sheet(points * size[0], np.stack([a * 0.6, b], -1))


def stalk(size: Size, seed: int) -> Mesh:
    """A pumpkin's stalk: thickness, length."""
    thick, length = size
    t = np.linspace(0, 1, 14)
    path = np.stack([0.35 * length * t**2, 0.1 * length * np.sin(3 * t), length * t], -1)
    return tube(path, thick * (1 - 0.55 * t + 0.9 * (1 - t) ** 6 + 0.25 * t**8), 9)


def leaf(size: Size, seed: int) -> Mesh:
    """A fallen leaf that lies curled on the floor: length, width, lobes on each side (0: a plain oval)."""
    length, width, lobes = size
    random = np.random.default_rng(seed)
    t = np.linspace(0, 1, 72)
    half = np.sin(np.pi * t**0.85) ** 0.8 * width / 2
    if lobes:
        half *= 0.5 + 0.5 * np.abs(np.sin(np.pi * (t * lobes + 0.12))) ** 0.7
    aside = np.linspace(-1, 1, 13)
    curl, twist, sag = random.uniform(0.08, 0.34), random.uniform(-0.3, 0.3), random.uniform(-0.05, 0.22)
    x = aside[None] * half[:, None] * (1 + 0.08 * np.sin(t * 30 + aside[None, :].T * 0).mean(0))[:, None]
    y = (t[:, None] - 0.5) * length + 0.35 * np.abs(aside[None]) * half[:, None]
    z = curl * width * (aside[None] ** 2) * (half[:, None] / width * 2) + twist * x * (t[:, None] - 0.5) * 2
    z = z + sag * length * (2 * t[:, None] - 1) ** 2
    points = np.stack([x, y, z - z.min()], -1)
    uv = np.stack(np.broadcast_arrays((aside[None] + 1) / 2, t[:, None]), -1)
    return sheet(points[::-1], uv[::-1])


def petal(size: Size, seed: int) -> Mesh:
    """A rose petal lying on its back: length."""
    random = np.random.default_rng(seed)
    u, v = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(0, 1, 25), indexing="ij")
    half = np.sin(np.pi * v**0.62) ** 0.75 * 0.46
    cup, roll = random.uniform(0.18, 0.4), random.uniform(0.05, 0.2)
    points = np.stack(
        [
            u * half,
            v - 0.5 - 0.06 * u**2,
            cup * (u * half) ** 2 * 2.4 + cup * 0.7 * (v - 0.45) ** 2 - roll * v**6 * 0.3,
        ],
        -1,
    )
    points[..., 2] -= points[..., 2].min()
    return sheet(points * size[0], np.stack([(u + 1) / 2, v], -1))


def heart(size: Size, seed: int) -> Mesh:
    """A standing heart: width, depth, radius of its edges."""
    width, depth, edge = size
    t = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    x = np.sin(t) ** 3
    z = (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16
    outline = np.stack([x, z - z.min()], -1)[::-1] * width / 2
    return prism(outline, depth, edge)


def cushion(size: Size, seed: int) -> Mesh:
    """A stuffed cushion with a dent where a product stands: half width, half depth, height, depth of the dent."""
    a, b, height, dent = size
    random = np.random.default_rng(seed)
    line = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 260))
    x, y = np.meshgrid(line, line, indexing="ij")
    full = (np.clip(1 - np.abs(x) ** 2.6, 0, 1) * np.clip(1 - np.abs(y) ** 2.6, 0, 1)) ** 0.44
    narrow_x, narrow_y = 1 - 0.10 * (1 - y**2) * np.abs(x) ** 3, 1 - 0.10 * (1 - x**2) * np.abs(y) ** 3
    wrinkle = np.zeros_like(x)
    for corner_x in (-1, 1):
        for corner_y in (-1, 1):
            angle, away = np.arctan2(y - corner_y, x - corner_x), np.hypot(x - corner_x, y - corner_y)
            for k in range(3):
                wrinkle += (
                    np.sin(angle * (8 + 5 * k) + random.uniform(0, 6)) * np.exp(-away * (1.7 + 0.5 * k)) / (1 + k)
                )
    folds = np.clip(1.6 * full, 0, 1) * np.clip(1.15 - full, 0, 1)
    top = (
        height * (1 + 0.85 * full) / 2 * 1.08
        - dent * np.exp(-(x**2 / 0.13 + y**2 / 0.2))
        + 0.05 * height / 0.42 * wrinkle * folds
    )
    edge = height * 0.46
    upper = np.stack([a * x * narrow_x, b * y * narrow_y, edge + (top - height / 2 * 1.08) * 1.0], -1)
    lower = np.stack([a * x * narrow_x, b * y * narrow_y, edge - edge * full], -1)
    uv = np.stack([a * x, b * y], -1)
    return joined(sheet(upper, uv), sheet(lower[::-1], uv[::-1]))


def cloth(size: Size, seed: int) -> Mesh:
    """A cloth laid on a table with soft folds, level where the product stands: width, depth, height of the folds."""
    width, depth, rise = size
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 460), np.linspace(-0.5, 0.5, 300), indexing="ij")
    x, y = u * width, v * depth
    bend = 1.1 * np.sin(0.8 * y + 0.6 * x + seed) + 0.7 * np.sin(1.7 * y - 0.9 * x)
    fold = np.exp(-((np.mod(0.62 * x + 0.5 * y + 0.5 * bend, 2.0) - 1.0) ** 2) / 0.05)
    fold += 0.6 * np.exp(-((np.mod(0.5 * x - 0.7 * y + 0.4 * bend + 0.7, 2.7) - 1.3) ** 2) / 0.08)
    calm = 1 - np.exp(-(((x / 1.9) ** 2 + (y / 1.3) ** 2) ** 2))
    broad = fractal(seed, x.shape[0], x.shape[1], 3, 4, 3) * 0.5
    z = rise * calm * (fold + broad + 0.35)
    return sheet(np.stack([x, y, z], -1), np.stack([x, y], -1))


def dunes(size: Size, seed: int) -> Mesh:
    """Sand or snow, level where the product stands: width, from y, to y, height of its waves, ripples (0 or 1)."""
    width, near, far, rise, ripples = size
    rows, columns = 700, 900
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(-0.5, 0.5, columns), indexing="ij")
    x, y = u * width, near + v * (far - near)
    broad = fractal(seed, rows, columns, (far - near) / 3.2, width / 4.2, 5, 0.42)
    bent = fractal(seed + 9, rows, columns, 5, 5, 4)
    ripple = 0.5 + 0.5 * np.sin(2 * np.pi * (y * 2.1 + 0.35 * x) + 5.5 * bent)
    away = 1 - np.exp(-(((x / 1.5) ** 2 + ((y + 0.2) / 1.0) ** 2) ** 2))
    z = rise * away * (0.9 * broad + 0.25) + ripples * 0.055 * ripple**1.4 * (0.25 + 0.75 * away)
    points = np.stack([x, y, z], -1).transpose(1, 0, 2)
    return sheet(points, points[..., :2].copy())


def pebble(size: Size, seed: int) -> Mesh:
    """A worn stone: width, depth, height."""
    random = np.random.default_rng(seed)
    a, b = np.meshgrid(np.linspace(0, 2 * np.pi, 97), np.linspace(1e-3, np.pi - 1e-3, 49), indexing="ij")
    lumps = 1 + sum(
        random.uniform(0.02, 0.07) / k * np.sin(k * a + random.uniform(0, 6)) * np.sin(b) ** 2 for k in (1, 2, 3)
    )
    power = 0.82
    x, y = lumps * np.sin(b) ** power * np.cos(a), lumps * np.sin(b) ** power * np.sin(a)
    z = 1 - np.sign(np.cos(b)) * np.abs(np.cos(b)) ** 0.9
    points = np.stack([x * size[0] / 2, y * size[1] / 2, z * size[2] / 2], -1)
    return sheet(points, np.stack([a, b], -1))


def pine(size: Size, seed: int) -> Mesh:
    """A pine twig lying on the floor: length."""
    random = np.random.default_rng(seed)
    t = np.linspace(0, 1, 24)
    bow = random.uniform(-0.25, 0.25)
    path = np.stack([t - 0.5, bow * (t - 0.5) ** 2 * 2, 0.05 + 0.04 * np.sin(3 * t)], -1) * size[0]
    parts = [tube(path, size[0] * 0.016 * (1 - 0.7 * t), 7)]
    for _ in range(420):
        k = random.integers(0, 22)
        root = path[k] + (path[k + 1] - path[k]) * random.uniform(0, 1)
        way = np.array([random.uniform(0.5, 0.9), *random.normal(0, 0.55, 2)])
        way /= np.linalg.norm(way)
        length = size[0] * random.uniform(0.11, 0.17)
        s = np.linspace(0, 1, 4)[:, None]
        needle = root + way * length * s
        needle[:, 2] = np.abs(needle[:, 2]) + 0.004
        parts.append(tube(needle, size[0] * 0.0045 * np.array([1, 1, 0.8, 0.15]), 4))
    return joined(*parts)


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
