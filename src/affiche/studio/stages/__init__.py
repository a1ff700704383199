# SPDX-License-Identifier: Apache-2.0
"""The geometries that plates are baked of, by name."""

from collections.abc import Callable
from typing import Final

from affiche.studio.scene import SceneSpec
from affiche.studio.stages import landscapes, podium, sunlit, tables

_BUILDERS: Final = (
    podium.podium, podium.seamless, podium.gradient, podium.terraces, podium.fans, podium.hearts, podium.eggs,
    podium.terrazzo, podium.blocks,
    sunlit.window, sunlit.blinds, sunlit.palm, sunlit.linen, sunlit.stones,
    tables.marble, tables.thanksgiving, tables.garden, tables.office, tables.kitchen, tables.city, tables.noir,
    tables.celebration,
    landscapes.velvet, landscapes.winter, landscapes.gifts,
)  # fmt: skip

STAGES: Final[dict[str, Callable[[], SceneSpec]]] = {builder.__name__: builder for builder in _BUILDERS}
"""Scenes by name; a plate is filed under it."""
