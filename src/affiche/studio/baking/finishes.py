# SPDX-License-Identifier: Apache-2.0
"""Finishes of things as materials of Mitsuba 3 (its Disney principled BSDF), given as plain dictionaries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from affiche.images.noise import Field
from affiche.studio.baking import textures
from affiche.studio.baking.backdrops import BACKDROPS
from affiche.studio.baking.colours import Light
from affiche.studio.baking.textures import Texture
from affiche.studio.film import light_of
from affiche.studio.scene import Finish

GLOW: Final = "glow-"
"""Finishes of this prefix shine: ``glow-bokeh`` is the backdrop of that name."""


@dataclass(frozen=True, slots=True)
class Material:
    """``texture`` replaces the plain first colour. ``bump`` is the strength of its relief; the rest are the parameters
    of the BSDF, 0..1."""

    roughness: float
    specular: float = 0.5
    texture: Callable[[Finish], Texture] | None = None
    bump: float = 0.0
    metallic: float = 0.0
    sheen: float = 0.0
    clearcoat: float = 0.0


MATERIALS: Final = {
    "paint": Material(0.5),
    "matt": Material(0.9, 0.2),
    "satin": Material(0.32),
    "ceramic": Material(0.22, 0.5, clearcoat=0.3),
    "plaster": Material(0.85, 0.2, lambda one: textures.plaster(one.colours[0], one.seed), 0.20),
    "gradient": Material(0.8, 0.2, lambda one: Texture(BACKDROPS["gradient"](one.colours, one.seed))),
    "concrete": Material(0.5, 0.4, lambda one: textures.concrete(one.colours[0], one.seed), 0.45),
    "wood": Material(0.42, 0.45, lambda one: textures.wood(one.colours, one.seed), 0.8),
    "board": Material(0.36, 0.45, lambda one: textures.wood(one.colours, one.seed, planks=1), 0.35),
    "marble": Material(0.08, 0.5, lambda one: textures.marble(one.colours, one.seed)),
    "terrazzo": Material(0.28, 0.5, lambda one: textures.terrazzo(one.colours, one.seed)),
    "linen": Material(0.95, 0.15, lambda one: textures.linen(one.colours[0], one.seed), 0.5, sheen=0.25),
    "velvet": Material(0.8, 0.2, lambda one: textures.pile(one.colours[0], one.seed), 0.3, sheen=1.0),
    "sand": Material(0.95, 0.1, lambda one: textures.grains(one.colours[0], one.seed), 0.55),
    "snow": Material(0.7, 0.3, lambda one: textures.grains(one.colours[0], one.seed, 0.03), 0.3, sheen=0.2),
    "leaf": Material(0.5, 0.35, lambda one: textures.blade(one.colours, one.seed), 0.3),
    "metal": Material(0.18, 0.5, metallic=1.0),
    "gloss": Material(0.05, 0.6),
    "silk": Material(0.38, 0.5, sheen=0.5),
}


def roughness_of(finish: Finish) -> float:
    """How far from a mirror: 0..1."""
    if finish.kind.startswith(GLOW):
        return 1.0
    return MATERIALS[finish.kind].roughness if finish.roughness is None else finish.roughness


def bsdf(finish: Finish) -> dict[str, Any]:
    """The material of ``finish``."""
    if finish.kind.startswith(GLOW):
        return {"type": "diffuse", "reflectance": colour(np.zeros(3, np.float32))}
    material = MATERIALS[finish.kind]
    made: dict[str, Any] = {
        "type": "principled",
        "base_color": colour(light_of(finish.colours[0])),
        "roughness": roughness_of(finish),
        "specular": material.specular,
        "metallic": material.metallic,
    }
    if material.sheen:
        made |= {"sheen": material.sheen, "sheen_tint": 0.6}
    if material.clearcoat:
        made |= {"clearcoat": material.clearcoat, "clearcoat_gloss": 0.9}
    if material.texture is not None:
        made = _textured(made, material.texture(finish), material.bump, finish)
    return {"type": "twosided", "bsdf": made}


def radiance(finish: Finish) -> dict[str, Any] | None:
    """What a shining finish emits; None for the others."""
    if not finish.kind.startswith(GLOW):
        return None
    picture = BACKDROPS[finish.kind.removeprefix(GLOW)](finish.colours, finish.seed)
    return bitmap(np.flipud(picture), 1.0, 1.0)


def _textured(made: dict[str, Any], texture: Texture, bump: float, finish: Finish) -> dict[str, Any]:
    size = finish.scale if finish.kind != "leaf" else 1.0
    tall = size * texture.colour.shape[0] / texture.colour.shape[1] if finish.kind != "leaf" else 1.0
    made["base_color"] = bitmap(texture.colour, size, tall)
    if texture.roughness is not None and finish.roughness is None:
        made["roughness"] = bitmap(texture.roughness[..., None], size, tall)
    if texture.relief is None or not bump:
        return made
    return {"type": "normalmap", "normalmap": bitmap(_normal_map(texture.relief, bump), size, tall), "bsdf": made}


def _normal_map(relief: Field, strength: float) -> Light:
    across = (np.roll(relief, -1, 1) - np.roll(relief, 1, 1)) * np.float32(strength / 2)
    down = (np.roll(relief, -1, 0) - np.roll(relief, 1, 0)) * np.float32(strength / 2)
    normal = np.dstack([-across, down, np.ones_like(relief)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    return np.asarray(normal * 0.5 + 0.5, np.float32)


def bitmap(picture: Light | Field, width: float, height: float) -> dict[str, Any]:
    """A texture that covers ``width`` x ``height`` of the surface's coordinates and mirrors beyond."""
    import mitsuba as mi

    return {
        "type": "bitmap",
        "bitmap": mi.Bitmap(np.ascontiguousarray(picture, np.float32)),
        "raw": True,
        "wrap_mode": "mirror",
        "to_uv": mi.ScalarTransform4f().scale([1 / width, 1 / height, 1]),
    }


def colour(light: Light) -> dict[str, Any]:
    return {"type": "rgb", "value": [float(value) for value in light]}
