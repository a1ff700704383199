# SPDX-License-Identifier: Apache-2.0
"""Presets with a setting: coloured shapes, sunlit rooms, fabric, nature, places, feasts."""

from typing import Final

from affiche.studio.look import Look
from affiche.studio.preset import Category, Preset

_GRADIENT: Final = (
    Preset(
        "white_pink_yellow_gradient_background_monochrome",
        "on a platform with playful shapes, in front of a white, pink and yellow gradient background",
        "gradient",
        Look(exposure=1.9, fill=0.85, saturation=1.45, contrast=1.05),
        Category.GRADIENT,
    ),
    Preset(
        "color_block_shapes",
        "on a yellow block among bold geometric shapes, in front of a blue background",
        "blocks",
        Look(exposure=0.5, fill=0.8, saturation=1.25, contrast=1.12),
        Category.GRADIENT,
    ),
    Preset(
        "pastel_paper_fans",
        "on a platform in front of pastel paper fans",
        "fans",
        Look(exposure=1.3, fill=0.85, saturation=1.3, contrast=1.08),
        Category.GRADIENT,
    ),
)  # fmt: skip

_STUDIO: Final = (
    Preset(
        "gray_shadowy_room_sunlight_streaming_studio",
        "on a concrete plinth in a gray shadowy room with sunlight streaming through a window",
        "window",
        Look(exposure=0.42, fill=0.6, pattern=0.8, key_tint="#f0f4ff", saturation=1.05, product=0.88),
        Category.STUDIO,
    ),
    Preset(
        "gray_shadowy_room_sunlight_streaming_neutral",
        "in a gray neutral room with soft sunlight streaming in",
        "window",
        Look(exposure=0.75, fill=0.9, key_tint="#f4f0ff", saturation=1.0),
        Category.STUDIO,
        mirrored=True,
    ),
    Preset(
        "beige_room_window_light",
        "on a plinth in a warm beige room with window light",
        "window",
        Look(("#cdb79a", "#dccbb2", None, None), 0.6, fill=0.7, pattern=0.7, saturation=1.1, product=0.92),
        Category.STUDIO,
    ),
    Preset(
        "clay_room_window_light",
        "on a plinth in a clay colored room with window light",
        "window",
        Look(("#b98468", "#cc9c80", None, None), 0.4, fill=0.7, pattern=0.7, saturation=1.05, product=0.92),
        Category.STUDIO,
        mirrored=True,
    ),
    Preset(
        "blinds_shadow_warm_wall",
        "in front of a warm wall with the shadow of window blinds",
        "blinds",
        Look(exposure=0.55, fill=0.6, pattern=0.8, saturation=1.2, product=0.92),
        Category.STUDIO,
    ),
    Preset(
        "blinds_shadow_sage_wall",
        "in front of a sage green wall with the shadow of window blinds",
        "blinds",
        Look(("#b9c7ae", "#cbd6c1", "#a3b596", None), 0.5, fill=0.65, pattern=0.8, saturation=1.15, product=0.92),
        Category.STUDIO,
        mirrored=True,
    ),
    Preset(
        "marble_and_gold",
        "on polished white marble with golden accents",
        "marble",
        Look(exposure=1.75, fill=0.9, key_tint="#fff4e8", saturation=1.2, contrast=1.05),
        Category.STUDIO,
    ),
    Preset(
        "terrazzo_steps",
        "on terrazzo steps in front of a soft green wall",
        "terrazzo",
        Look(exposure=1.0, fill=0.8, saturation=1.2, contrast=1.1),
        Category.STUDIO,
    ),
    Preset(
        "terracotta_terraces",
        "on terracotta steps among arches in warm sunlight",
        "terraces",
        Look(exposure=0.75, fill=0.7, saturation=1.2, contrast=1.12),
        Category.STUDIO,
    ),
    Preset(
        "white_terraces",
        "on white steps among arches in mediterranean sunlight",
        "terraces",
        Look(("#e9e7e2", "#f4f2ee", "#dfe3e8", "#6f9fd0"), 1.9, fill=0.85, key_tint="#e2ecff", contrast=1.05),
        Category.STUDIO,
        mirrored=True,
    ),
    Preset(
        "sage_terraces",
        "on sage green steps among arches in soft sunlight",
        "terraces",
        Look(("#b9c6ab", "#c6d2b9", "#93a685", "#efe6d4"), 0.8, fill=0.75, saturation=1.15, contrast=1.12),
        Category.STUDIO,
    ),
    Preset(
        "lilac_terraces",
        "on lilac steps among arches in soft sunlight",
        "terraces",
        Look(("#c2b4de", "#d3c8ea", "#a08fce", "#f1dfe6"), 0.8, fill=0.75, saturation=1.15, contrast=1.12),
        Category.STUDIO,
        mirrored=True,
    ),
)  # fmt: skip

_FABRIC: Final = (
    Preset(
        "burgundy_velvet_cushion",
        "on a burgundy velvet cushion in front of a curtain",
        "velvet",
        Look((None, "#581030", None, None), 0.031, saturation=1.05, contrast=1.15, product=0.9),
        Category.FABRIC,
    ),
    Preset(
        "linen_and_leaf_shadows",
        "on a linen cloth in front of a lime-washed wall with the shadow of leaves",
        "linen",
        Look(exposure=0.75, fill=0.7, pattern=0.7, saturation=1.15, product=0.94),
        Category.FABRIC,
    ),
)  # fmt: skip

_NATURE: Final = (
    Preset(
        "palm_shadow_sand",
        "on a sand coloured platform with the shadow of palm leaves",
        "palm",
        Look(exposure=0.75, fill=0.6, pattern=0.75, saturation=1.25, product=0.95),
        Category.NATURE,
    ),
    Preset(
        "palm_shadow_pink",
        "on a pink platform with the shadow of palm leaves",
        "palm",
        Look(("#f2bfb6", "#f6cfc6", "#e9a79c", "#f8ddd4"), 0.75, fill=0.65, pattern=0.75, saturation=1.2, product=0.95),
        Category.NATURE,
        mirrored=True,
    ),
    Preset(
        "palm_shadow_sage",
        "on a sage green platform with the shadow of palm leaves",
        "palm",
        Look(("#b7c5a8", "#c8d4ba", "#9db08d", "#e6e7d6"), 0.6, fill=0.65, pattern=0.75, saturation=1.15, product=0.95),
        Category.NATURE,
    ),
    Preset(
        "zen_stones",
        "on a flat stone among pebbles in dappled light",
        "stones",
        Look(exposure=0.5, fill=0.75, pattern=0.6, saturation=1.15, product=0.94),
        Category.NATURE,
    ),
    Preset(
        "rustic_wood_in_garden",
        "on a wooden table in front of a sunlit garden",
        "garden",
        Look(exposure=0.42, saturation=1.05),
        Category.NATURE,
    ),
)  # fmt: skip

_PLACES: Final = (
    Preset(
        "mid_century_modern_office",
        "on a walnut desk in a mid-century modern office",
        "office",
        Look(exposure=0.45, saturation=1.1),
        Category.PLACES,
    ),
    Preset(
        "bright_kitchen_counter",
        "on a stone counter in a bright kitchen",
        "kitchen",
        Look(exposure=1.15, saturation=1.15, polish=0.3),
        Category.PLACES,
    ),
    Preset(
        "city_lights_on_black_glass",
        "on black glass in front of city lights at night",
        "city",
        Look(exposure=0.05, saturation=1.15, contrast=1.15, product=0.88, polish=0.8),
        Category.PLACES,
    ),
)  # fmt: skip

_FEASTS: Final = (
    Preset(
        "thanksgiving_rustic_scene",
        "product on rustic wood table with autumn leaves and warm lighting, thanksgiving style",
        "thanksgiving",
        Look(exposure=0.2, saturation=1.15, contrast=1.15),
        tags=("holiday", "thanksgiving"),
    ),
    Preset(
        "christmas_snow_and_baubles",
        "on snow with pine twigs and christmas baubles in front of warm lights",
        "winter",
        Look(exposure=0.42, saturation=1.15, contrast=1.1),
        tags=("holiday", "christmas"),
    ),
    Preset(
        "christmas_gifts",
        "on a wooden table with wrapped gifts in front of warm lights, christmas style",
        "gifts",
        Look(exposure=0.1, saturation=1.15, contrast=1.15),
        tags=("holiday", "christmas"),
    ),
    Preset(
        "new_year_gold",
        "on black glass with golden balls and golden lights, new year style",
        "celebration",
        Look(exposure=0.06, saturation=1.15, contrast=1.15, product=0.95, polish=0.8),
        tags=("holiday", "new year"),
    ),
    Preset(
        "valentine_hearts",
        "on a platform with hearts and rose petals, valentine style",
        "hearts",
        Look(exposure=0.95, fill=0.85, saturation=1.25, contrast=1.1),
        tags=("holiday", "valentine"),
    ),
    Preset(
        "easter_eggs",
        "on a platform with painted eggs in pastel colors, easter style",
        "eggs",
        Look(exposure=1.2, fill=0.85, saturation=1.4, contrast=1.1),
        tags=("holiday", "easter"),
    ),
)  # fmt: skip

CATALOGUE: Final = (*_GRADIENT, *_STUDIO, *_FABRIC, *_NATURE, *_PLACES, *_FEASTS)
