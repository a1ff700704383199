# SPDX-License-Identifier: Apache-2.0
"""Which scene of the studio suits a product."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Mood(StrEnum):
    """What a scene is for."""

    LIFESTYLE = "natural_lifestyle"
    PREMIUM = "premium_ad"


_BRIGHT_FROM: Final = 150.0
# For dark and middling products, and for bright ones, which need a ground to stand out from.
_SCENES: Final[Mapping[Mood, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Mood.LIFESTYLE: (
        ("beige_room_window_light", "palm_shadow_sand", "linen_and_leaf_shadows", "bright_kitchen_counter"),
        ("clay_room_window_light", "palm_shadow_sage", "rustic_wood_in_garden"),
    ),
    Mood.PREMIUM: (
        ("marble_and_gold", "terracotta_terraces", "gray_shadowy_room_sunlight_streaming_studio"),
        ("on_glossy_black_platform", "burgundy_velvet_cushion", "city_lights_on_black_glass"),
    ),
}


def scene_for(mood: Mood, cutout: Pixels) -> str:
    """The id of a studio preset for RGBA pixels: one that the product stands out from, the same for the same pixels."""
    solid = cutout[cutout[..., 3] > 127][:, :3]
    brightness = float(np.median(solid @ np.array([0.2126, 0.7152, 0.0722]))) if len(solid) else 0.0
    candidates = _SCENES[mood][int(brightness >= _BRIGHT_FROM)]
    digest = sha256(np.ascontiguousarray(cutout).tobytes()).digest()
    return candidates[digest[0] % len(candidates)]
