# SPDX-License-Identifier: Apache-2.0
"""Patterns that a sun shines through: a window, blinds, palm leaves, a leafy branch. 1 lets light pass, 0 stops it."""

from collections.abc import Callable
from typing import Final

import numpy as np

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal

SIZE: Final = 1024


def pattern(name: str, seed: int, blur: float) -> Field:
    """The pattern ``name`` (`PATTERNS`), (1024, 1024); ``blur`` px is the width of its shadows' edges."""
    film = PATTERNS[name](seed)
    return np.asarray(np.clip(_soft(film, max(blur, 0.6)), 0, 1), np.float32)


def _open(seed: int) -> Field:
    return np.ones((SIZE, SIZE), np.float32)


def _window(seed: int) -> Field:
    """A tall sash window of two by three panes."""
    film = np.zeros((SIZE, SIZE), np.float32)
    left, top, wide, tall, gap = 250, 150, 250, 232, 24
    for column in range(2):
        for row in range(3):
            x, y = left + column * (wide + gap), top + row * (tall + gap)
            film[y : y + tall, x : x + wide] = 1
    return film


def _window_and_leaves(seed: int) -> Field:
    """The window with a branch before it, nearer to the wall's light and therefore blurred more."""
    branch = _soft(_leaves(seed, (560, 1040), -1.75, 640, 15), 5)
    return _window(seed) * (1 - 0.92 * branch)


def _blinds(seed: int) -> Field:
    """Slats of a half open blind inside a window's frame."""
    film = np.zeros((SIZE, SIZE), np.float32)
    for y in range(150, 880, 42):
        film[y : y + 23, 230:790] = 1
    film[:, 502:518] = 0
    return film


def _palm(seed: int) -> Field:
    """Two palm fronds in open light."""
    fronds = np.maximum(_frond((180, 960), -1.05, 900, 34, seed), _frond((1000, 820), -2.35, 820, 30, seed + 1))
    return 1 - 0.94 * _soft(np.maximum(fronds, _frond((620, 1060), -1.5, 560, 24, seed + 2)), 4)


def _branch(seed: int) -> Field:
    """Leafy twigs in open light, near ones sharper than far ones."""
    far = _soft(_leaves(seed, (1060, 300), 2.75, 900, 16), 16)
    near = _soft(_leaves(seed + 3, (-30, 760), -0.55, 760, 14), 5)
    return (1 - 0.72 * far) * (1 - 0.92 * near)


def _dapple(seed: int) -> Field:
    """Light that falls through a crown of leaves."""
    cloud = fractal(seed, SIZE, SIZE, 9, 9, 3, 0.55)
    return np.asarray(np.clip(0.5 + 2.4 * cloud, 0.04, 1), np.float32)


def _leaves(seed: int, root: tuple[float, float], heading: float, length: float, count: int) -> Field:
    """A twig from ``root`` along ``heading`` (radians) with pairs of pointed leaves."""
    random = np.random.default_rng(seed)
    film = np.zeros((SIZE, SIZE), np.float32)
    place, bend = np.array(root, float), random.uniform(-0.035, 0.035)
    for k in range(count):
        step = length / count
        ahead = place + step * np.array([np.cos(heading), np.sin(heading)])
        cv2.line(film, _px(place), _px(ahead), 1.0, 5, cv2.LINE_AA)
        heading, place = heading + bend, ahead
        for side in (-1, 1):
            lean = heading + side * random.uniform(0.6, 1.05)
            size = length * random.uniform(0.11, 0.17) * (1.15 - 0.5 * k / count)
            _blade(film, place, lean, size, size * 0.36)
    return film


def _frond(root: tuple[float, float], heading: float, length: float, count: int, seed: int) -> Field:
    random = np.random.default_rng(seed)
    film = np.zeros((SIZE, SIZE), np.float32)
    place, bend = np.array(root, float), random.choice((-1, 1)) * 0.018
    for k in range(count):
        part = k / count
        ahead = place + length / count * np.array([np.cos(heading), np.sin(heading)])
        cv2.line(film, _px(place), _px(ahead), 1.0, 6 - int(4 * part), cv2.LINE_AA)
        heading, place = heading + bend, ahead
        for side in (-1, 1):
            lean = heading + side * (1.15 - 0.65 * part + random.uniform(-0.06, 0.06))
            size = length * 0.36 * np.sin(np.pi * (0.12 + 0.86 * part) ** 0.8) ** 0.7 * random.uniform(0.9, 1.08)
            _blade(film, place, lean, size, max(6.0, size * 0.075))
    return film


def _blade(film: Field, root: np.ndarray, heading: float, length: float, width: float) -> None:
    t = np.linspace(0, 1, 18)
    half = np.sin(np.pi * t**0.8) ** 0.9 * width / 2
    ahead, aside = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
    line = root + t[:, None] * length * ahead + (0.06 * length * t**2)[:, None] * aside
    outline = np.concatenate([line + half[:, None] * aside, (line - half[:, None] * aside)[::-1]])
    cv2.fillPoly(film, [np.rint(outline * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)


def _px(place: np.ndarray) -> tuple[int, int]:
    return round(float(place[0])), round(float(place[1]))


def _soft(film: Field, sigma: float) -> Field:
    return np.asarray(cv2.GaussianBlur(film, (0, 0), sigma), np.float32)


PATTERNS: Final[dict[str, Callable[[int], Field]]] = {
    "open": _open,
    "window": _window,
    "window-leaves": _window_and_leaves,
    "blinds": _blinds,
    "palm": _palm,
    "branch": _branch,
    "dapple": _dapple,
}
