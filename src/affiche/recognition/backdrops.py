# SPDX-License-Identifier: Apache-2.0
"""The colour that a product stands in front of in each preset, as the studio develops it."""

from collections.abc import Mapping
from typing import Final

from affiche.images.colour import Colour
from affiche.studio.preset import Preset

# The median of the middle of the empty picture: what a product's outline is seen against.
_SEEN: Final[Mapping[str, str]] = {
    "white_background": "#f6f4f2",
    "light_grey_background": "#ccc9c7",
    "natural_beige_background": "#d5c2a5",
    "light_blue_background": "#b5c8d6",
    "blush_pink_background": "#e0bcba",
    "sage_green_background": "#bec3a6",
    "lavender_background": "#cdbcce",
    "butter_yellow_background": "#dec887",
    "terracotta_background": "#d28761",
    "charcoal_background": "#5e5c63",
    "on_platform_natural_beige_background": "#cdb495",
    "on_platform_white_background": "#e3dbd4",
    "on_platform_sage_green_background": "#b3b491",
    "on_platform_powder_blue_background": "#a6b6c9",
    "on_platform_blush_pink_background": "#d8aba5",
    "on_platform_lavender_background": "#c2adbf",
    "on_platform_mustard_background": "#daa741",
    "on_platform_terracotta_background": "#db8e60",
    "on_glossy_black_platform": "#443f43",
    "white_pink_yellow_gradient_background_monochrome": "#f2c6d0",
    "color_block_shapes": "#6e94dd",
    "pastel_paper_fans": "#d8c3b9",
    "gray_shadowy_room_sunlight_streaming_studio": "#b2a597",
    "gray_shadowy_room_sunlight_streaming_neutral": "#c8bcb3",
    "beige_room_window_light": "#ccb393",
    "clay_room_window_light": "#cd9974",
    "blinds_shadow_warm_wall": "#cdbaa4",
    "blinds_shadow_sage_wall": "#bdb89a",
    "marble_and_gold": "#dbd3c8",
    "terrazzo_steps": "#bfbdaf",
    "terracotta_terraces": "#dba777",
    "white_terraces": "#dacdc0",
    "sage_terraces": "#b9ae87",
    "lilac_terraces": "#c3a6ac",
    "burgundy_velvet_cushion": "#611522",
    "linen_and_leaf_shadows": "#bda991",
    "palm_shadow_sand": "#c3ab8c",
    "palm_shadow_pink": "#cda49d",
    "palm_shadow_sage": "#a2a68e",
    "zen_stones": "#a09786",
    "rustic_wood_in_garden": "#7aa456",
    "mid_century_modern_office": "#918266",
    "bright_kitchen_counter": "#c8c6c1",
    "city_lights_on_black_glass": "#30345f",
    "thanksgiving_rustic_scene": "#b67040",
    "christmas_snow_and_baubles": "#a99c81",
    "christmas_gifts": "#72573d",
    "new_year_gold": "#5f4722",
    "valentine_hearts": "#e0b3b5",
    "easter_eggs": "#bcc6b4",
}
_UNKNOWN: Final = "#c8c4be"


def backdrop_of(preset: Preset) -> Colour:
    """Near enough to tell whether a product stands out; for presets that are not listed, the colour of their ground."""
    return Colour.from_hex(_SEEN.get(preset.id) or preset.look.colours[0] or _UNKNOWN)
