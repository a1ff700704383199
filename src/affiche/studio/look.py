# SPDX-License-Identifier: Apache-2.0
"""How a plate is developed: its colours, the balance of its lamps, exposure and contrast."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.studio.film import LUMINANCE, light_of
from affiche.studio.plate import Plate
from affiche.studio.scene import Role

Floats = NDArray[np.float32]

_SAMPLED: Final = 9
_INTERREFLECTION: Final = 0.3


@dataclass(frozen=True, slots=True)
class Look:
    """``colours`` replace those of the roles ground, stage, accent and detail (None keeps one). ``exposure`` is the
    luminance that 60 % of the scene stays under. ``key`` and ``fill`` scale the two groups of light, ``key_tint`` and
    ``fill_tint`` colour them. ``contrast`` and ``saturation`` are the film's; ``product`` scales the product's light,
    ``pattern`` (0..1) is how strongly patterns of light show on it, ``polish`` scales mirror images."""

    colours: tuple[str | None, str | None, str | None, str | None] = (None, None, None, None)
    exposure: float = 1.0
    key: float = 1.0
    fill: float = 1.0
    key_tint: str = "#ffffff"
    fill_tint: str = "#ffffff"
    contrast: float = 1.12
    saturation: float = 1.12
    product: float = 1.0
    pattern: float = 0.55
    polish: float = 1.0


def seen_through(tint: str, other: str) -> str:
    """One tint of light (``#rrggbb``) through a filter of another."""
    parts = (int(tint[k : k + 2], 16) * int(other[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def gains(plate: Plate, look: Look) -> tuple[Floats, Floats]:
    """What key and fill of each role are multiplied by, (4, 3) each, not exposed yet.

    Light that reached a surface by way of others carries their colours too: the fill leans a little to the ground's."""
    swaps = np.ones((len(Role), 3), np.float32)
    for role, wanted in enumerate(look.colours):
        if wanted is not None:
            swaps[role] = light_of(wanted) / np.maximum(light_of(plate.meta.colours[role]), 1e-3)
    ground = swaps[0] / max(float(swaps[0] @ LUMINANCE), 1e-3)
    key = swaps * light_of(look.key_tint) * np.float32(look.key)
    fill = swaps * light_of(look.fill_tint) * np.float32(look.fill) * np.clip(ground**_INTERREFLECTION, 0.7, 1.4)
    return key, fill


def exposure(plate: Plate, look: Look, key: Floats, fill: Floats) -> float:
    """What the light of the plate is multiplied by, so that the look's exposure holds over its middle rows."""
    height = plate.height
    rows = slice(round(0.19 * height), round(0.81 * height), _SAMPLED)
    radiance = plate.radiance()
    shares = plate.roles[rows, ::_SAMPLED].astype(np.float32) / 255
    shares = np.concatenate([np.maximum(1 - shares.sum(-1, keepdims=True), 0), shares], -1)
    light = radiance[plate.key[rows, ::_SAMPLED]] * (shares @ key) + radiance[plate.fill[rows, ::_SAMPLED]] * (
        shares @ fill
    )
    return look.exposure / max(float(np.percentile(light @ LUMINANCE, 60)), 1e-4)
