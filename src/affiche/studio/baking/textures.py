# SPDX-License-Identifier: Apache-2.0
"""Materials drawn by code: colour in linear RGB, roughness and height, as pictures that mirror at their edges."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal, smoothstep, uniform, warped
from affiche.studio.baking.colours import Light, blended, ramp
from affiche.studio.film import light_of

HEIGHT, WIDTH = 1024, 1536


class Texture(NamedTuple):
    """``colour`` (height, width, 3), ``relief`` in px (None: flat), ``roughness`` per pixel (None: even)."""

    colour: Light
    relief: Field | None = None
    roughness: Field | None = None


def plaster(colour: str, seed: int, variation: float = 0.035) -> Texture:
    """Matt paint laid on by hand: faint clouds and trowel strokes."""
    cloud, stroke = fractal(seed, HEIGHT, WIDTH, 3, 4, 6), fractal(seed + 3, HEIGHT, WIDTH, 26, 7, 5, 0.6)
    tone = 1 + variation * (1.5 * cloud + 0.8 * stroke)
    return Texture(_toned(light_of(colour), tone), _smooth(1.4 * stroke + cloud, 2.2))


def concrete(colour: str, seed: int) -> Texture:
    """Cast concrete: clouds, grey blotches, small pits."""
    cloud, blotch = fractal(seed, HEIGHT, WIDTH, 3, 4, 7, 0.6), fractal(seed + 1, HEIGHT, WIDTH, 9, 13, 6, 0.6)
    pits = smoothstep(0.46, 0.66, fractal(seed + 2, HEIGHT, WIDTH, 90, 130, 2)) * smoothstep(0.0, 0.4, blotch)
    tone = 1 + 0.18 * cloud + 0.12 * blotch - 0.42 * pits
    return Texture(_toned(light_of(colour), tone), _smooth(blotch + cloud - 2.2 * pits, 1.2), 0.5 - 0.12 * cloud)


def wood(colours: tuple[str, ...], seed: int, planks: int = 6) -> Texture:
    """Planks that run across the picture. Four colours: early wood, late wood, highlight, pores and gaps."""
    light = np.empty((HEIGHT, WIDTH, 3), np.float32)
    relief, rough = np.empty((HEIGHT, WIDTH), np.float32), np.empty((HEIGHT, WIDTH), np.float32)
    edges = np.linspace(0, HEIGHT, planks + 1).astype(int)
    for k, (top, bottom) in enumerate(pairwise(edges)):
        part = _plank(colours, seed * 101 + 17 * k, int(bottom - top))
        light[top:bottom], relief[top:bottom] = part.colour, part.relief
        rough[top:bottom] = part.roughness
    return Texture(light, relief, rough)


def _plank(colours: tuple[str, ...], seed: int, height: int) -> Texture:
    random = np.random.default_rng(seed)
    v, u = np.mgrid[0:height, 0:WIDTH].astype(np.float32)
    v, u = v / height, u / WIDTH
    wander = fractal(seed, height, WIDTH, 1.6, 3.5, 4)
    rings = (v - 0.5 + random.normal(0, 0.3)) * random.uniform(3.2, 6.5) + 0.75 * wander
    rings += random.uniform(0.5, 1.1) * np.sin(np.pi * u * random.uniform(0.8, 1.9) + random.uniform(0, 6))
    for _ in range(random.integers(0, 2)):
        x, y = random.uniform(0.1, 0.9), random.uniform(0.2, 0.8)
        rings += random.choice((-1.6, 1.6)) * np.exp(-60 * ((0.4 * (u - x) * WIDTH / height) ** 2 + (v - y) ** 2))
    late = (0.5 + 0.5 * np.sin(2 * np.pi * rings * 1.35)) ** 1.7
    fibre = fractal(seed + 2, height, WIDTH, height / 3.5, 7, 4, 0.62)
    fine = fractal(seed + 3, height, WIDTH, height / 2.2, 30, 2, 0.6)
    tone = np.clip(0.42 + 0.42 * (late - 0.5) + 0.42 * fibre + 0.14 * fine, 0, 1).astype(np.float32)
    colour = ramp(1 - tone, (colours[2], colours[1], colours[0], colours[3]))
    pores = smoothstep(0.34, 0.62, fine) * 0.35
    gap = smoothstep(0, 5.0, np.minimum(v, 1 - v) * height + 1.2 * fine)
    colour = colour * np.float32(random.uniform(0.86, 1.12)) * ((1 - pores) * (0.16 + 0.84 * gap))[..., None]
    return Texture(colour, 1.6 * gap + 0.35 * tone - 0.5 * pores, 0.36 + 0.16 * tone)


def marble(colours: tuple[str, ...], seed: int) -> Texture:
    """Polished marble. Colours: ground, veins and, where there is a third, thin veins of metal."""
    cloud = smoothstep(-0.3, 0.5, fractal(seed + 40, HEIGHT, WIDTH, 2.4, 3.4, 6, 0.55))
    where = smoothstep(-0.25, 0.35, fractal(seed + 31, HEIGHT, WIDTH, 2, 3, 3))
    veins = (
        _veins(seed, 2.2, 0.020, 120) + 0.6 * _veins(seed + 10, 3.3, 0.010, 100) + 0.3 * _veins(seed + 20, 6, 0.008, 70)
    )
    ground = light_of(colours[0])
    colour = blended(np.broadcast_to(ground, (HEIGHT, WIDTH, 3)), ground * 0.84 + light_of(colours[1]) * 0.06, cloud)
    colour = blended(colour, light_of(colours[1]), np.clip(0.72 * veins * (0.2 + 0.8 * where), 0, 0.9))
    if len(colours) > 2:
        metal = _veins(seed + 50, 2.6, 0.007, 120) * smoothstep(-0.1, 0.3, fractal(seed + 51, HEIGHT, WIDTH, 2, 3, 3))
        colour = blended(colour, light_of(colours[2]), np.clip(metal * 1.2, 0, 0.95))
    return Texture(colour)


def _veins(seed: int, cells: float, width: float, bend: float) -> Field:
    line = warped(fractal(seed, HEIGHT, WIDTH, cells, cells * 1.5, 6, 0.5), seed + 1, 3, bend)
    return np.asarray(np.exp(-((np.abs(line) / width) ** 1.1)), np.float32)


def terrazzo(colours: tuple[str, ...], seed: int) -> Texture:
    """Chips of the later colours in a ground of the first."""
    random = np.random.default_rng(seed)
    colour = _toned(light_of(colours[0]), 1 + 0.04 * fractal(seed, HEIGHT, WIDTH, 40, 60, 3))
    chips = [light_of(one) for one in colours[1:]]
    for _ in range(4200):
        reach = (3 + 16 * random.random() ** 3) * random.uniform(0.6, 1.1, random.integers(5, 9))
        angle = np.sort(random.uniform(0, 2 * np.pi, len(reach)))
        middle = random.uniform(0, (WIDTH, HEIGHT))
        corners = middle + np.stack([1.2 * reach * np.cos(angle), reach * np.sin(angle)], -1)
        paint = chips[random.integers(len(chips))] * random.uniform(0.85, 1.15)
        cv2.fillPoly(colour, [np.rint(corners * 16).astype(np.int32)], paint.tolist(), cv2.LINE_8, 4)
    return Texture(_smooth(colour, 0.7))


def linen(colour: str, seed: int) -> Texture:
    """Plain weave with uneven threads."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    sway_x, sway_y = fractal(seed, HEIGHT, WIDTH, 40, 6, 3) * 2, fractal(seed + 1, HEIGHT, WIDTH, 6, 60, 3) * 2
    warp, weft = np.sin((x + sway_x) * 0.72), np.sin((y + sway_y) * 0.72)
    over = np.where(np.sin((x + sway_x) * 0.36) * np.sin((y + sway_y) * 0.36) > 0, warp**2, weft**2)
    slub = fractal(seed + 2, HEIGHT, WIDTH, 200, 8, 3) + fractal(seed + 3, HEIGHT, WIDTH, 6, 260, 3)
    return Texture(_toned(light_of(colour), 0.93 + 0.12 * over + 0.09 * slub), _smooth(0.9 * over + 0.5 * slub, 0.8))


def pile(colour: str, seed: int) -> Texture:
    """Velvet: brushed patches, very fine pile."""
    brushed = warped(fractal(seed, HEIGHT, WIDTH, 3, 4, 5), seed + 7, 4, 60)
    fine = fractal(seed + 1, HEIGHT, WIDTH, 130, 190, 2)
    return Texture(_toned(light_of(colour), 1 + 0.34 * brushed + 0.10 * fine), _smooth(1.2 * fine + 2.4 * brushed, 1.0))


def grains(colour: str, seed: int, contrast: float = 0.08) -> Texture:
    """Sand or snow: fine grains over faint patches."""
    rough = _smooth(uniform(seed, HEIGHT, WIDTH) - np.float32(0.5), 0.8)
    rough /= rough.std()
    patch = fractal(seed + 3, HEIGHT, WIDTH, 4, 6, 5)
    return Texture(_toned(light_of(colour), 1 + contrast * (0.7 * rough + patch)), 0.32 * rough + 1.2 * patch)


def blade(colours: tuple[str, ...], seed: int) -> Texture:
    """A leaf: blade, blotches, veins. The stalk is at the bottom, the midrib upright in the middle."""
    height, width = 256, 128
    v, u = np.mgrid[0:height, 0:width].astype(np.float32)
    v, u = v / height, 2 * u / width - 1
    blotch = np.clip(0.5 + 0.9 * fractal(seed, height, width, 5, 3, 5) + 0.35 * np.abs(u) - 0.1, 0, 1)
    colour = ramp(blotch.astype(np.float32), colours[:-1])
    midrib = np.exp(-((u / 0.05) ** 2))
    side = np.exp(-((((v * 10 - 2.2 * np.abs(u)) % 1 - 0.5) / 0.09) ** 2)) * smoothstep(1.0, 0.2, np.abs(u))
    veins = np.clip(midrib + 0.55 * side, 0, 1)
    return Texture(blended(colour, light_of(colours[-1]), (0.6 * veins).astype(np.float32)), _smooth(2.5 * veins, 1.0))


def _toned(colour: Light, tone: NDArray[np.floating]) -> Light:
    return np.asarray(np.clip(colour * np.asarray(tone, np.float32)[..., None], 0.002, 0.96), np.float32)


def _smooth(field: NDArray[np.floating], sigma: float) -> Field:
    return np.asarray(cv2.GaussianBlur(np.asarray(field, np.float32), (0, 0), sigma), np.float32)
