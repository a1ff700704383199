# SPDX-License-Identifier: Apache-2.0
"""Shapes that grew, lie or were sewn: plants, stones, sand, cloth, cushions. As in `shapes`, each stands on z = 0."""

import numpy as np

from affiche.images.noise import fractal
from affiche.studio.baking.mesh import Mesh, Size, joined, sheet, tube


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
