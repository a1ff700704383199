# SPDX-License-Identifier: Apache-2.0
"""Seeded noise fields: clouds, slopes, stone, wood and grain of drawn pictures."""

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2

Field = NDArray[np.float32]


def uniform(seed: int, rows: int, columns: int) -> Field:
    """White noise, uniform over 0..1, from a bit generator whose stream NumPy guarantees never to change."""
    words = np.random.PCG64(seed).random_raw(rows * columns)
    return np.asarray((np.asarray(words, np.uint64) >> np.uint64(40)) / np.float64(1 << 24), np.float32).reshape(
        rows, columns
    )


def value_noise(seed: int, height: int, width: int, down: float, across: float) -> Field:
    """Smooth noise -1..1 with about ``down`` x ``across`` lattice cells."""
    cell_y, cell_x = max(1, round(height / down)), max(1, round(width / across))
    rows, columns = -(-height // cell_y) + 3, -(-width // cell_x) + 3
    lattice = uniform(seed, rows, columns) * 2 - 1
    enlarged = cv2.resize(lattice, (columns * cell_x, rows * cell_y), interpolation=cv2.INTER_CUBIC)
    return np.asarray(enlarged[cell_y : cell_y + height, cell_x : cell_x + width], np.float32)


def fractal(
    seed: int, height: int, width: int, down: float, across: float, octaves: int = 5, gain: float = 0.5
) -> Field:
    """Several octaves of `value_noise`, about -1..1."""
    total = np.zeros((height, width), np.float32)
    weight, reach = 1.0, 0.0
    for octave in range(octaves):
        total += weight * value_noise(seed + 101 * octave, height, width, down * 2**octave, across * 2**octave)
        reach += weight
        weight *= gain
    return total / np.float32(reach)


def ridges(seed: int, size: int, cells: float, octaves: int = 7, gain: float = 0.5) -> Field:
    """Ridged multifractal noise 0..1 (F. K. Musgrave): sharp crests whose detail grows with height."""
    total = np.zeros((size, size), np.float32)
    weight = np.ones((size, size), np.float32)
    amplitude, reach = 1.0, 0.0
    for octave in range(octaves):
        layer = value_noise(seed + 131 * octave, size, size, cells * 2**octave, cells * 2**octave)
        layer = (1 - np.abs(layer * 1.4)).clip(0, 1) ** 2 * weight
        total += amplitude * layer
        weight = (layer * 2.4).clip(0, 1)
        reach += amplitude
        amplitude *= gain
    return total / np.float32(reach)


def warped(field: Field, seed: int, cells: float, strength: float) -> Field:
    """``field`` bent by noise of ``strength`` px, which hides the lattice."""
    height, width = field.shape
    dx, dy = (fractal(seed + k, height, width, cells, cells, 3) for k in (0, 57))
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bent = cv2.remap(field, xs + strength * dx, ys + strength * dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(bent, np.float32)


def smoothstep(low: float, high: float, values: Field) -> Field:
    t = ((values - low) / (high - low)).clip(0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
