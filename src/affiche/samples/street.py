# SPDX-License-Identifier: Apache-2.0
"""A dark sample photo: a city street after rain, its lights out of focus behind a wet railing."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import fractal, smoothstep, uniform, value_noise
from affiche.samples.film import develop

_COMPUTED: Final = 1800
_LAMPS: Final = np.array(
    [
        [1.0, 0.62, 0.28],
        [1.0, 0.78, 0.50],
        [1.0, 0.22, 0.12],
        [0.35, 0.62, 1.0],
        [0.30, 0.95, 0.72],
        [0.95, 0.38, 0.75],
    ],
    np.float32,
)
_SHARES: Final = np.array([0.40, 0.66, 0.80, 0.90, 0.96, 1.0])


def night_street(width: int, height: int) -> NDArray[np.uint8]:
    """The picture, (height, width, 3) RGB."""
    size = width, height
    if width > _COMPUTED:
        width, height = _COMPUTED, round(_COMPUTED * height / width)
    picture = _dusk(width, height)
    _lay_windows(picture)
    _lay_lamps(picture)
    _wet_the_road(picture)
    return develop(picture, size, seed=13, exposure=1.25, glow=0.22, vignette=0.45)


def _dusk(width: int, height: int) -> NDArray[np.float32]:
    """Sky with the glow of the street, and the walls on both sides as soft dark masses."""
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    glow = np.exp(-(((x - 0.62) / 0.24) ** 2) - ((y - 0.58) / 0.26) ** 2)[..., None]
    night = np.array([0.006, 0.012, 0.030], np.float32) + (0.03 * y * (1 - y))[..., None] * np.array([0.5, 0.7, 1.3])
    picture = night.astype(np.float32) + glow * np.array([0.30, 0.13, 0.065], np.float32)
    cloud = fractal(60, height // 4, width // 4, 4, 3, 4)
    picture *= (0.8 + 0.5 * cv2.resize(cloud, (width, height)))[..., None]
    street = np.abs(x - 0.62) / (0.05 + 0.55 * np.abs(y - 0.60) ** 0.8)
    walls = smoothstep(0.75, 1.15, street) * (y < 0.62)
    masses = cv2.GaussianBlur(walls, (0, 0), width / 90)
    return np.asarray(picture * (1 - 0.86 * masses[..., None]) + 0.004, np.float32)


def _lay_windows(picture: NDArray[np.float32]) -> None:
    """Lit windows in the walls, strongly out of focus."""
    height, width = picture.shape[:2]
    layer = np.zeros_like(picture)
    dice = uniform(70, 7, 420)
    for number in range(dice.shape[1]):
        x, y = float(dice[0, number]), 0.58 * float(dice[1, number])
        inside = abs(x - 0.62) / (0.05 + 0.55 * abs(y - 0.60) ** 0.8) > 1.02
        if not inside or float(dice[2, number]) > 0.62:
            continue
        near = abs(x - 0.62) / 0.62
        w, h = int(width * (0.004 + 0.012 * near)), int(height * (0.010 + 0.030 * near))
        colour = _LAMPS[int(np.searchsorted(_SHARES, dice[3, number] * 0.66))] * (
            0.10 + 0.5 * float(dice[4, number]) ** 2
        )
        left, top = int(x * width), int(y * height)
        layer[max(0, top) : top + h, max(0, left) : left + w] = colour
    picture += cv2.GaussianBlur(layer, (0, 0), width / 220)


def _lay_lamps(picture: NDArray[np.float32]) -> None:
    """Lamps, signs and cars as the discs that a wide-open lens makes of them, crowded towards the street's end."""
    height, width = picture.shape[:2]
    dice = uniform(71, 7, 260)
    for number in range(dice.shape[1]):
        spread = float(dice[0, number]) ** 0.7
        side = 1 if dice[1, number] > 0.5 else -1
        x = 0.62 + side * 0.60 * spread * (0.3 + 0.7 * float(dice[2, number]))
        y = 0.60 - 0.40 * spread * float(dice[3, number]) + 0.03 * (float(dice[4, number]) - 0.5)
        radius = width * (0.004 + 0.028 * spread * (0.55 + 0.45 * float(dice[5, number])))
        colour = _LAMPS[int(np.searchsorted(_SHARES, dice[6, number]))]
        strength = (0.16 + 1.5 * float(dice[4, number]) ** 5) * (0.45 + 0.55 * (1 - spread))
        _lay_disc(picture, x * width, y * height, radius, colour * np.float32(strength))


def _lay_disc(picture: NDArray[np.float32], x: float, y: float, radius: float, colour: NDArray[np.float32]) -> None:
    reach = radius + 2
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    area = picture[top : int(y + reach) + 1, left : int(x + reach) + 1]
    if area.size == 0:
        return
    u = np.arange(left, left + area.shape[1], dtype=np.float32)[None, :] + 0.5 - x
    v = np.arange(top, top + area.shape[0], dtype=np.float32)[:, None] + 0.5 - y
    distance = np.sqrt(u * u + v * v)
    inside = np.clip(radius - distance + 0.5, 0, 1) * (0.62 + 0.55 * np.clip(distance / radius, 0, 1) ** 6)
    area += inside[..., None] * colour


def _wet_the_road(picture: NDArray[np.float32]) -> None:
    """The lower part mirrors the upper, drawn out and broken by the wet asphalt."""
    height, width = picture.shape[:2]
    shore = round(0.63 * height)
    rows = height - shore
    row = np.arange(rows, dtype=np.float32)[:, None]
    rough = value_noise(80, rows, width, 46, 26) + 0.7 * value_noise(81, rows, width, 120, 90)
    near = row / rows
    map_y = shore - 1 - row * 1.25 - rough * (2 + 22 * near) * width / 1800
    map_x = np.arange(width, dtype=np.float32)[None, :] + rough * (1 + 10 * near) * width / 1800
    soft = cv2.GaussianBlur(picture[:shore], (0, 0), sigmaX=width / 500, sigmaY=width / 36)
    mirror = cv2.remap(soft, map_x, np.clip(map_y, 0, shore - 1).astype(np.float32), cv2.INTER_LINEAR)
    grit = fractal(82, rows, width, 160, 200, 3)
    gleam = np.clip(0.62 + 0.7 * rough * 0.4 + 0.35 * grit, 0.1, 1.3) * (0.85 - 0.4 * near)
    fade = smoothstep(0, 0.12, near)[..., None]
    road = mirror * gleam[..., None] + np.float32(0.004)
    picture[shore:] = road * fade + picture[shore:] * (1 - fade) * 0.6 + road * (1 - fade) * 0.4
