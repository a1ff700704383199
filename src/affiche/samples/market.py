# SPDX-License-Identifier: Apache-2.0
"""A busy sample photo: a market stall heaped with fruit in morning light."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import fractal, uniform
from affiche.samples.film import develop

_COMPUTED: Final = 1800
_LIGHT: Final = np.array([-0.52, -0.62, 0.59], np.float32)


class Fruit(NamedTuple):
    """A kind of fruit: skin in linear RGB, the tint of its shaded side, gloss, roughness of the skin, size."""

    skin: tuple[float, float, float]
    blush: tuple[float, float, float]
    gloss: float
    pores: float
    size: float


_KINDS: Final = (
    Fruit((0.78, 0.20, 0.010), (0.86, 0.30, 0.015), 0.30, 0.09, 1.0),
    Fruit((0.74, 0.43, 0.012), (0.66, 0.50, 0.03), 0.34, 0.06, 0.94),
    Fruit((0.50, 0.014, 0.012), (0.62, 0.10, 0.02), 0.80, 0.0, 0.96),
    Fruit((0.15, 0.29, 0.022), (0.34, 0.42, 0.05), 0.50, 0.02, 0.94),
    Fruit((0.105, 0.012, 0.045), (0.22, 0.03, 0.07), 0.55, 0.0, 0.90),
)


def market(width: int, height: int) -> NDArray[np.uint8]:
    """The picture, (height, width, 3) RGB."""
    size = width, height
    if width > _COMPUTED:
        width, height = _COMPUTED, round(_COMPUTED * height / width)
    scale = width / 1800
    picture = np.zeros((height, width, 3), np.float32) + np.float32(0.012)
    texture = fractal(40, 512, 512, 60, 60, 3)
    for x, y, radius, kind, seed in _heap(width / scale, height / scale):
        _lay_fruit(picture, (x * scale, y * scale, radius * scale), _KINDS[kind], texture, seed)
    return develop(picture, size, seed=9, exposure=0.82, glow=0.10)


def _heap(width: float, height: float) -> list[tuple[float, float, float, int, int]]:
    """Places of the fruit from back (top) to front: crates run slantwise, each with its own kind."""
    places = []
    row, number = -1, 0
    y = -60.0
    while y < height + 130:
        row += 1
        depth = 0.62 + 0.55 * max(0.0, y) / height
        step = 118 * depth
        dice = uniform(900 + row, 5, int(width / step) + 4)
        for column in range(dice.shape[1]):
            x = (column - 1 + 0.5 * (row % 2)) * step + 44 * depth * float(dice[0, column] - 0.5)
            crate = int((x + 0.62 * y + 2400) // 430)
            kind = (crate * 3) % len(_KINDS)
            stray = float(dice[3, column]) > 0.965
            kind = int(float(dice[4, column]) * len(_KINDS)) % len(_KINDS) if stray else kind
            radius = 74 * depth * _KINDS[kind].size * (0.88 + 0.24 * float(dice[1, column]))
            places.append((x, y + 36 * depth * float(dice[2, column] - 0.5), radius, kind, number))
            number += 1
        y += step * 0.62
    return sorted(places, key=lambda place: place[1])


def _lay_fruit(
    picture: NDArray[np.float32],
    place: tuple[float, float, float],
    fruit: Fruit,
    texture: NDArray[np.float32],
    seed: int,
) -> None:
    """One fruit, a slightly uneven ball with the shadow that it throws on those behind it."""
    x, y, radius = place
    reach = radius * 1.5
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    right, bottom = min(picture.shape[1], int(x + reach) + 1), min(picture.shape[0], int(y + reach) + 1)
    if left >= right or top >= bottom:
        return
    area = picture[top:bottom, left:right]
    u = ((np.arange(left, right, dtype=np.float32) + 0.5 - x) / radius)[None, :]
    v = ((np.arange(top, bottom, dtype=np.float32) + 0.5 - y) / (radius * 0.96))[:, None]
    distance = np.sqrt(u * u + v * v)
    shade = np.sqrt((u - 0.16) ** 2 + (v - 0.14) ** 2)
    area *= (1 - 0.82 * np.clip((1.36 - shade) / 0.5, 0, 1) ** 2)[..., None]
    alpha = np.clip((1 - distance) * radius + 0.5, 0, 1)[..., None]
    z = np.sqrt(np.clip(1 - distance * distance, 0, 1))
    dice = uniform(5000 + seed, 1, 6)[0]
    row, column = int(dice[0] * 300), int(dice[1] * 300)
    side = max(area.shape[:2])
    patch = cv2.resize(texture[row : row + 200, column : column + 200], (side, side))[: area.shape[0], : area.shape[1]]
    bump = fruit.pores * patch * 2
    lit = np.clip(u * _LIGHT[0] + v * _LIGHT[1] + z * _LIGHT[2] + bump, 0, 1)
    turned = np.clip(0.5 + 0.8 * (u * (dice[2] - 0.5) + v * (dice[3] - 0.5)) + 0.5 * patch, 0, 1)[..., None]
    skin = np.array(fruit.skin, np.float32) * (0.82 + 0.36 * float(dice[4]))
    colour = skin + turned * 0.7 * (np.array(fruit.blush, np.float32) - skin)
    sky = (0.26 + 0.20 * np.clip(-v, 0, 1) + 0.10 * z)[..., None] * np.array([0.55, 0.66, 0.85], np.float32)
    bounce = (np.clip(v, 0, 1) * 0.10)[..., None] * np.array([1.0, 0.6, 0.35], np.float32)
    light = lit[..., None] * np.array([2.5, 2.15, 1.7], np.float32) + sky + bounce
    facing = np.clip(2 * z * (u * _LIGHT[0] + v * _LIGHT[1] + z * _LIGHT[2] + 0.4 * bump) - _LIGHT[2], 0, 1)
    shine = fruit.gloss * (1.3 * facing**38 + 0.16 * facing**6) + 0.10 * fruit.gloss * (1 - z) ** 3
    edge = (0.45 + 0.55 * z)[..., None]
    area += alpha * (colour * light * edge + shine[..., None] - area)
