# SPDX-License-Identifier: Apache-2.0
"""What light, mood and season do to a look (``data/light.toml``)."""

import tomllib
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from affiche.studio.look import Look, seen_through
from affiche.studio.prompts.lexicon import DATA

_FACTORS = ("key", "fill", "exposure", "contrast", "saturation", "pattern", "product", "polish")
_TINTS = ("key_tint", "fill_tint")


class Light(NamedTuple):
    """``fit``: how well it shows on any stage what it is named after; ``used``: what reports call it; ``factors`` of a
    look's numbers, ``tints`` that its own are seen through, and the side the key comes from, if it says one."""

    fit: float
    used: str
    factors: dict[str, float]
    tints: dict[str, str]
    mirrored: bool | None

    def on(self, look: Look) -> Look:
        """``look`` in this light."""
        scaled: dict[str, Any] = {name: getattr(look, name) * factor for name, factor in self.factors.items()}
        scaled["pattern"] = min(1.0, scaled.get("pattern", look.pattern))
        tinted: dict[str, Any] = {name: seen_through(getattr(look, name), tint) for name, tint in self.tints.items()}
        return replace(look, **scaled, **tinted)


@lru_cache(maxsize=1)
def lights() -> dict[str, Light]:
    """Every light by the concept that it is named after."""
    tables = tomllib.loads((DATA / "light.toml").read_text("utf-8"))
    return {name: _light(table) for name, table in tables.items()}


def _light(table: dict[str, Any]) -> Light:
    return Light(
        table["fit"],
        table["used"],
        {name: table[name] for name in _FACTORS if name in table},
        {name: table[name] for name in _TINTS if name in table},
        table.get("mirrored"),
    )
