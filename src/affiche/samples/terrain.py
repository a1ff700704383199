# SPDX-License-Identifier: Apache-2.0
"""A height field seen from the shore: lit by a low sun, drawn column by column from front to back."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal, ridges, smoothstep, value_noise, warped

# Kilometres: the land lies across x = -HALF..HALF and in depth z = 0..2 HALF in front of the camera.
HALF: Final = 8.0
_SIZE: Final = 1280
_CELL: Final = 2 * HALF / _SIZE


@dataclass(frozen=True, slots=True)
class Land:
    """Maps over the ground, row = depth, column = across: height in km, share of sun, upward part of the normal."""

    height: Field
    sun: Field
    slope: Field


@dataclass(frozen=True, slots=True)
class View:
    """What each pixel above the horizon shows: depth in km (inf for sky) and the place on the maps."""

    depth: Field
    column: Field
    row: Field


def raise_land(
    seed: int, peaks: tuple[tuple[float, float, float, float], ...], sun: tuple[float, float, float]
) -> Land:
    """Mountains around a lake. Each peak is (x, z, height, spread) in km; ``sun`` points towards the light
    (across, up, deep)."""
    axis = (np.arange(_SIZE, dtype=np.float32) + 0.5) * np.float32(_CELL)
    x, z = np.meshgrid(axis - np.float32(HALF), axis)
    crests = warped(ridges(seed, _SIZE, 7, 8, 0.55), seed + 5, 5, 30)
    rough = fractal(seed + 900, _SIZE, _SIZE, 9, 9, 6)
    bulk = np.zeros_like(x)
    for number, peak in enumerate(peaks):
        bulk = np.maximum(bulk, _massif(seed + 40 * number, x, z, rough, peak))
    shore = 1.15 + 0.26 * rough - np.abs(x + 0.25) * 0.9 + smoothstep(0, 6, z) * 0.75
    rise = smoothstep(0.25, -1.7, shore) * smoothstep(0.5, 1.6, z) + smoothstep(5.0, 7.0, z)
    height = bulk * (0.72 + 0.5 * crests) + (0.08 + 0.16 * crests + 0.05 * rough) * rise
    height = height * np.clip(rise, 0, 1) - 0.03 * (1 - np.clip(rise * 4, 0, 1))
    crags = ridges(seed + 70, _SIZE, 34, 5, 0.6) - 0.4
    height += 0.20 * np.clip(rise, 0, 1) * smoothstep(0.15, 1.1, height) * crags
    height = np.asarray(cv2.GaussianBlur(height, (0, 0), 0.7), np.float32)
    return Land(height, *_lit(height, sun))


def _massif(seed: int, x: Field, z: Field, rough: Field, peak: tuple[float, float, float, float]) -> Field:
    """A mountain whose spurs and gullies run down from its top and branch on their way."""
    px, pz, height, spread = peak
    dx, dz = x - px + 0.35 * rough, (z - pz) * 1.1 + 0.35 * np.roll(rough, 311, axis=0)
    distance = np.sqrt(dx * dx + dz * dz) / spread
    angle = (np.arctan2(dz, dx) / (2 * np.pi) + 0.5).astype(np.float32)
    spurs = np.zeros_like(x)
    for octave, (around, weight) in enumerate(((7, 0.55), (15, 0.3), (31, 0.15))):
        table = value_noise(seed + octave, 512, 2048, 3 * (octave + 1), around)
        table = np.concatenate([table[:, :1024], table[:, 1023::-1]], axis=1)
        sampled = cv2.remap(
            table,
            angle * 2047,
            np.clip(distance * 160, 0, 511).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_WRAP,
        )
        spurs += np.float32(weight) * (1 - np.abs(sampled * 1.5)).clip(0, 1)
    profile = np.exp(-((distance * 1.05) ** 1.15))
    cut = smoothstep(0.02, 0.5, distance) * (1 - smoothstep(1.2, 2.4, distance))
    return np.asarray(height * profile * (1 + cut * (spurs - 0.62) * 1.1), np.float32)


def _lit(height: Field, sun: tuple[float, float, float]) -> tuple[Field, Field]:
    across, up, deep = np.array(sun) / np.linalg.norm(sun)
    gz, gx = np.gradient(height, _CELL)
    length = np.sqrt(gx * gx + gz * gz + 1)
    facing = (-gx * across + up - gz * deep) / length
    horizon = np.full_like(height, -np.inf)
    plan = np.hypot(across, deep)
    for step in range(1, 60):
        reach = 1.5 * step * (1 + step / 40)
        shift = np.array([[1, 0, across / plan * reach], [0, 1, deep / plan * reach]], np.float32)
        beyond = cv2.warpAffine(
            height,
            shift,
            (_SIZE, _SIZE),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        np.maximum(horizon, beyond - np.float32(reach * _CELL * up / plan), out=horizon)
    shadow = smoothstep(0.05, -0.02, horizon - height)
    return np.asarray(np.clip(facing, 0, 1) * shadow, np.float32), np.asarray(1 / length, np.float32)


def look(land: Land, width: int, horizon: int, focal: float, eye: float, near: float, far: float, steps: int) -> View:
    """The land as a camera at ``eye`` km above the water sees it above row ``horizon``; ``focal`` in px."""
    depths = (near * (far / near) ** np.linspace(0, 1, steps, dtype=np.float32))[:, None]
    columns = np.arange(width, dtype=np.float32)[None, :]
    across = (columns + 0.5 - width / 2) / np.float32(focal) * depths
    map_x = (across + np.float32(HALF)) / np.float32(_CELL) - 0.5
    map_y = np.broadcast_to(depths / np.float32(_CELL) - 0.5, map_x.shape).astype(np.float32)
    heights = cv2.remap(land.height, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    tops = horizon - np.float32(focal) * (heights - np.float32(eye)) / depths
    crest = np.minimum.accumulate(tops, axis=0)
    rows = np.clip(np.ceil(crest), 0, horizon).astype(np.int32)
    first = np.full((horizon + 1, width), steps, np.int32)
    place = np.broadcast_to(np.arange(width), rows.shape)
    for step in range(steps - 1, -1, -1):
        first[rows[step], place[step]] = step
    # Going down a column only nearer land can come into view: the smallest step met so far.
    seen = np.minimum.accumulate(first[:horizon], axis=0)
    # Land that begins between two steps is found by where the pixel lies between their crests.
    index = np.minimum(seen, steps - 1)
    lower, upper = crest[np.maximum(index - 1, 0), place[:1]], crest[index, place[:1]]
    pixel = np.arange(horizon, dtype=np.float32)[:, None] + 0.5
    part = np.clip((lower - pixel) / np.maximum(lower - upper, 1e-3), 0, 1)
    exact = np.maximum(index - 1 + part, 0)
    depth = near * (far / near) ** (exact / np.float32(steps - 1))
    sky = seen >= steps
    x = (columns + 0.5 - width / 2) / np.float32(focal) * depth
    depth = depth.astype(np.float32)
    return View(
        np.where(sky, np.float32(np.inf), depth),
        ((x + np.float32(HALF)) / np.float32(_CELL) - 0.5).astype(np.float32),
        (depth / np.float32(_CELL) - 0.5).astype(np.float32),
    )
