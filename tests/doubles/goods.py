# SPDX-License-Identifier: Apache-2.0
"""Cut-outs of a tin and of a carton as a camera sees them that looks down by so many degrees: every pixel's ray is
met with the solid, so the curves are those of a lens and not of a drawing."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]

HEIGHT: Final = 1.8
_FAR: Final = 11.0
_PX: Final = 520
_UNITS: Final = 2.6
_LIGHT: Final = np.array([-0.4, -0.45, 0.8])


def _rays(pitch: float) -> tuple[Floats, Floats]:
    """The eye, and a direction for every pixel (rows, columns, 3); the product's middle is in the middle."""
    down = math.radians(pitch)
    eye = np.array([0.0, -_FAR * math.cos(down), HEIGHT / 2 + _FAR * math.sin(down)])
    forward = np.array([0.0, math.cos(down), -math.sin(down)])
    up = np.array([0.0, math.sin(down), math.cos(down)])
    place = ((np.arange(_PX) + 0.5) / _PX - 0.5) * _UNITS
    across, rise = np.meshgrid(place, -place)
    return eye, _FAR * forward + across[..., None] * [1.0, 0.0, 0.0] + rise[..., None] * up


def _lit(paint: Floats, normal: Floats) -> Floats:
    return np.asarray(paint * (0.42 + 0.58 * np.clip(normal @ _LIGHT, 0, 1))[..., None], float)


def _cut(light: Floats, inside: NDArray[np.bool_]) -> Pixels:
    return np.dstack([np.rint(np.clip(light, 0, 1) * 255), inside * 255.0]).astype(np.uint8)


def tin(pitch: float, radius: float = 0.62) -> Pixels:
    """A round tin with a label and a light lid, seen from ``pitch`` degrees above its middle."""
    eye, ray = _rays(pitch)
    a = ray[..., 0] ** 2 + ray[..., 1] ** 2
    b = eye[0] * ray[..., 0] + eye[1] * ray[..., 1]
    root = b * b - a * (eye[0] ** 2 + eye[1] ** 2 - radius**2)
    side = (-b - np.sqrt(np.maximum(root, 0))) / a
    point = eye + side[..., None] * ray
    on_side = (root > 0) & (point[..., 2] >= 0) & (point[..., 2] <= HEIGHT)
    with np.errstate(divide="ignore", invalid="ignore"):
        up_to_lid = (HEIGHT - eye[2]) / ray[..., 2]
    lid = eye + up_to_lid[..., None] * ray
    on_lid = ~on_side & (eye[2] > HEIGHT) & (np.hypot(lid[..., 0], lid[..., 1]) <= radius)
    label = (np.abs(point[..., 2] - 0.9) < 0.5)[..., None]
    print_ = (np.sin(point[..., 2] * 40) > 0)[..., None] & label & (np.abs(point[..., :1]) < 0.3)
    paint = np.where(print_, [0.75, 0.2, 0.15], np.where(label, [0.9, 0.86, 0.78], [0.2, 0.4, 0.5]))
    normal = np.dstack([point[..., 0] / radius, point[..., 1] / radius, np.zeros_like(side)])
    light = np.where(on_lid[..., None], [0.62, 0.64, 0.66], _lit(paint, normal))
    return _cut(light, on_side | on_lid)


def carton(pitch: float, turn: float = 32.0, size: tuple[float, float] = (1.1, 0.7)) -> Pixels:
    """A carton of ``size`` (width, depth) turned by ``turn`` degrees, seen from ``pitch`` degrees above its middle."""
    eye, ray = _rays(pitch)
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    turned = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
    eye, ray = turned @ eye, ray @ turned.T
    half = np.array([size[0] / 2, size[1] / 2, HEIGHT / 2])
    eye = eye - [0, 0, HEIGHT / 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (-half - eye) / ray, (half - eye) / ray
    near, far = np.minimum(first, second), np.maximum(first, second)
    face = np.argmax(near, -1)
    enter = near.max(-1)
    inside = (enter < far.min(-1)) & (enter > 0)
    point = eye + enter[..., None] * ray
    print_ = (np.abs(point[..., 2]) < 0.3) & (np.sin(point[..., 2] * 30) > 0) & (face == 1)
    paint = np.where(print_[..., None], [0.15, 0.25, 0.5], [0.86, 0.72, 0.42])
    normal = np.eye(3)[face] * -np.sign(ray) @ turned
    return _cut(_lit(paint, normal), inside)
