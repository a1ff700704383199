# SPDX-License-Identifier: Apache-2.0
"""From rendered layers to a plate."""

from typing import Final

import numpy as np

from affiche.images.native import cv2
from affiche.studio.baking.finishes import roughness_of
from affiche.studio.baking.rendering import Floats, Layers
from affiche.studio.film import LUMINANCE, to_codes
from affiche.studio.geometry import View
from affiche.studio.plate import Codes, Meta, Plate, coded
from affiche.studio.scene import Role, SceneSpec, Softbox

_SUN_RADIUS: Final = 0.011
"""Radius of a sun by its distance: twice the real one, as if through a little haze."""
_NEAREST: Final = 4.0


def plate_of(spec: SceneSpec, layers: Layers) -> Plate:
    """The plate of a scene's ``layers``."""
    height, width = layers.depth.shape
    total = layers.key + layers.fill
    ceiling = float(np.clip(np.percentile(total, 99.97) * 1.5, 0.5, 60))
    key = spec.key
    radius = (key.width + key.height) / 4 if isinstance(key, Softbox) else _SUN_RADIUS * _distance(key.at, key.towards)
    half = (width // 2, height // 2)
    meta = Meta(
        scene=spec.name,
        digest=spec.digest,
        ceiling=ceiling,
        depth_scale=65535 * _NEAREST,
        camera=spec.camera,
        stand=spec.stand,
        room=spec.room,
        key_at=key.at,
        key_radius=radius,
        colours=tuple(spec.colour_of(role) for role in Role),
        roughness=tuple(_roughness(spec, role) for role in Role),
        whiteness=_whiteness(layers),
    )
    albedo = np.asarray(cv2.resize(layers.albedo, half, interpolation=cv2.INTER_AREA), np.float32)
    nearest = cv2.resize(layers.normal, half, interpolation=cv2.INTER_NEAREST)
    return Plate(
        meta=meta,
        key=coded(layers.key, ceiling),
        fill=coded(layers.fill, ceiling),
        depth=_inverse_depth(spec, layers.depth),
        roles=np.rint(layers.roles * 255).astype(np.uint8),
        normal=np.rint(np.clip(nearest, -1, 1) * 127).astype(np.int8),
        albedo=np.asarray(np.rint(to_codes(albedo) * 255), np.uint8),
        card_key=coded(layers.card_key, ceiling),
        card_fill=coded(layers.card_fill, ceiling),
    )


def _inverse_depth(spec: SceneSpec, depth: Floats) -> Codes:
    """Codes of the inverse distance along the view's axis: straight lines over every plane."""
    height, width = depth.shape
    view = View.of(spec.camera, width, height)
    y, x = np.mgrid[0:height, 0:width] + 0.5
    slant = np.sqrt(1 + ((x - width / 2) / view.focal) ** 2 + ((y - height / 2) / view.focal) ** 2)
    with np.errstate(divide="ignore"):
        codes = np.where(depth > 0, 65535 * _NEAREST * slant / depth, 0)
    return np.asarray(np.rint(np.clip(codes, 0, 65535)), np.uint16)


def _distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return float(np.linalg.norm(np.subtract(one, other)))


def _roughness(spec: SceneSpec, role: Role) -> float:
    return next((roughness_of(thing.finish) for thing in spec.things if thing.role is role), 1.0)


def _whiteness(layers: Layers) -> tuple[float, ...]:
    shares = np.concatenate([1 - layers.roles.sum(-1, keepdims=True), layers.roles], -1).clip(0, 1)
    white = layers.albedo @ LUMINANCE
    return tuple(float((white * shares[..., k]).sum() / max(float(shares[..., k].sum()), 1e-6)) for k in range(4))
