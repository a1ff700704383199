# SPDX-License-Identifier: Apache-2.0
"""Cut-out products as samples: a bottle with a label and a tote bag, RGBA with straight alpha, lit from the left."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import fractal
from affiche.studio.film import to_codes

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

_FINER: Final = 2
_BOTTLE: Final = 0.42
_BAG: Final = 0.86
# Half widths of the bottle by its height, from the cap down.
_PROFILE: Final = (
    (0.0, 0.40), (0.006, 0.44), (0.16, 0.44), (0.163, 0.36), (0.19, 0.36), (0.21, 0.40), (0.26, 0.66), (0.32, 0.88),
    (0.37, 0.97), (0.42, 1.0), (0.94, 1.0), (0.975, 0.97), (1.0, 0.86),
)  # fmt: skip
_CAP: Final = 0.162
_NECK: Final = 0.19


def bottle(height: int = 1200) -> Pixels:
    """A bottle of dark green glass with a black cap and an ivory label, (height, 0.42 height, 4)."""
    rows, columns = height * _FINER, round(height * _BOTTLE) * _FINER
    y = ((np.arange(rows, dtype=np.float32) + 0.5) / rows)[:, None]
    x = ((np.arange(columns, dtype=np.float32) + 0.5) / columns * 2 - 1)[None] / np.float32(0.98)
    heights, widths = np.array(_PROFILE).T
    half = np.interp(y, heights, widths).astype(np.float32)
    half = np.where(y < _NECK, half, cv2.blur(cv2.blur(half, (1, rows // 30)), (1, rows // 30))).astype(np.float32)
    around = np.clip(x / half, -1, 1)
    sag = np.sqrt(np.clip(1 - around**2, 0, 1)) * np.float32(0.016)
    inside = (np.abs(x) < half) & (y < 1 - 0.016 + sag)
    shade = _cylinder(around)
    glass = _over(shade, (0.030, 0.110, 0.075), 0.55)
    glass += (0.10 * _streak(around, -0.62, 0.09) + 0.05 * _streak(around, 0.72, 0.05))[..., None]
    cap = _over(shade, (0.035, 0.033, 0.032), 0.9) + (0.16 * _streak(around, -0.55, 0.10))[..., None]
    light = np.where((y < _CAP)[..., None], cap, glass)
    light = _labelled(light, around, y - sag, shade)
    return _finished(light, inside, height, round(height * _BOTTLE))


def _labelled(light: Floats, around: Floats, y: Floats, shade: Floats) -> Floats:
    """The label with its printed lines, bent around the bottle."""
    across = np.arcsin(np.clip(around, -1, 1)) / (np.pi / 2)
    label = (np.abs(across) < 0.66) & (y > 0.485) & (y < 0.835)
    paper = _over(shade, (0.86, 0.82, 0.74), 0.75)
    ink = (np.abs(y - 0.60) < 0.016) & (np.abs(across) < 0.40)
    ink |= (np.abs(y - 0.665) < 0.006) & (np.abs(across) < 0.30) | (np.abs(y - 0.69) < 0.006) & (np.abs(across) < 0.22)
    ink |= (np.abs(np.hypot(across * 0.42, y - 0.545) - 0.022) < 0.004) | (np.hypot(across * 0.42, y - 0.545) < 0.009)
    gold = (np.abs(np.abs(y - 0.66) - 0.163) < 0.0025) & (np.abs(across) < 0.62)
    printed = np.where(ink[..., None], paper * np.float32(0.13), paper)
    printed = np.where(gold[..., None], paper * np.array([0.82, 0.58, 0.25], np.float32), printed)
    return np.asarray(np.where(label[..., None], printed, light), np.float32)


def bag(height: int = 1100) -> Pixels:
    """A terracotta tote bag with two handles that stand up, (height, 0.86 height, 4); the ground shows between them."""
    size = height * _FINER
    wide = round(height * _BAG) * _FINER
    body, front, back = (np.zeros((size, wide), np.uint8) for _ in range(3))
    outline = np.array([(0.13, 0.36), (0.87, 0.36), (0.965, 0.955), (0.93, 0.995), (0.07, 0.995), (0.035, 0.955)])
    cv2.fillPoly(body, [_px(outline, wide, size)], 255, cv2.LINE_AA)
    for film, thick, rise in ((front, 0.030, 0.05), (back, 0.026, 0.02)):
        t = np.linspace(0, np.pi, 60)
        x, y = 0.5 + (0.20 if film is front else 0.17) * np.cos(t), 0.42 - (0.42 - rise) * np.sin(t) ** 0.72
        cv2.polylines(film, [_px(np.stack([x, y], -1), wide, size)], False, 255, round(thick * wide), cv2.LINE_AA)
    y, x = np.mgrid[0:size, 0:wide].astype(np.float32)
    y, x = y / size, x / wide
    weave = 1 + 0.05 * fractal(3, size, wide, 180, 150, 3) + 0.05 * fractal(5, size, wide, 5, 5, 4)
    fold = (
        1
        - 0.16 * np.exp(-(((x - 0.30 - 0.10 * y) / 0.05) ** 2))
        - 0.12 * np.exp(-(((x - 0.76 + 0.08 * y) / 0.04) ** 2))
    )
    tone = (1.16 - 0.42 * x) * (1.05 - 0.20 * (y - 0.36)) * weave
    cloth = np.array([0.44, 0.135, 0.065], np.float32)
    light = (tone * fold)[..., None] * cloth
    hem = (np.abs(y - 0.40) < 0.0022)[..., None]
    light = np.where(hem, light * np.float32(0.62), light)
    patch = (np.abs(x - 0.5) < 0.12) & (np.abs(y - 0.66) < 0.055)
    light = np.where(patch[..., None], tone[..., None] * np.array([0.78, 0.66, 0.47], np.float32), light)
    mark = patch & (np.abs(x - 0.5) < 0.08) & ((np.abs(y - 0.65) < 0.010) | (np.abs(y - 0.68) < 0.004))
    light = np.where(mark[..., None], cloth * np.float32(0.4), light)
    strap = tone[..., None] * cloth * np.float32(0.72)
    light = np.where((body > 0)[..., None], light, strap * np.where((front > 0)[..., None], 1, np.float32(0.7)))
    light = np.where(((front > 0) & (y < 0.45) & (y > 0.36))[..., None], strap, light)
    return _finished(
        light.astype(np.float32), np.maximum(np.maximum(body, front), back) > 127, height, round(height * _BAG)
    )


def _cylinder(around: Floats) -> Floats:
    """Light on an upright cylinder from the left and a weak one from the right, 0..1."""
    facing = np.sqrt(np.clip(1 - around**2, 0, 1))
    key = np.clip(facing * 0.78 - around * 0.62, 0, 1)
    fill = np.clip(facing * 0.6 + around * 0.8, 0, 1)
    return np.asarray(0.16 + 0.74 * key + 0.16 * fill, np.float32)


def _streak(around: Floats, middle: float, width: float) -> Floats:
    return np.asarray(np.exp(-(((around - middle) / width) ** 4)), np.float32)


def _over(shade: Floats, paint: tuple[float, float, float], depth: float) -> Floats:
    """``paint`` (linear RGB) under ``shade``, whose contrast is ``depth``."""
    return np.asarray((1 - depth + depth * shade)[..., None] * np.array(paint, np.float32), np.float32)


def _px(places: NDArray[np.float64], width: int, height: int) -> NDArray[np.int32]:
    return np.rint(places * (width, height)).astype(np.int32)


def _finished(light: Floats, inside: NDArray[np.bool_], height: int, width: int) -> Pixels:
    """Linear light as sRGB with alpha, brought to size."""
    film = np.dstack([to_codes(light) * inside[..., None], inside]).astype(np.float32)
    small = cv2.resize(film, (width, height), interpolation=cv2.INTER_AREA)
    colour = small[..., :3] / np.maximum(small[..., 3:], 1e-3)
    return np.asarray(np.rint(np.dstack([colour, small[..., 3]]).clip(0, 1) * 255), np.uint8)
