# SPDX-License-Identifier: Apache-2.0
"""Six pictures of one preset: mirrored, another balance of light, neighbouring colours, another size and place."""

from dataclasses import replace
from typing import Final, NamedTuple

from affiche.studio.compositor import Setting
from affiche.studio.look import Look, seen_through
from affiche.studio.preset import Preset


class _Turn(NamedTuple):
    mirrored: bool
    key: float
    fill: float
    exposure: float
    tint: str
    size: float
    offset: float


_TURNS: Final = (
    _Turn(False, 1.0, 1.0, 1.0, "#ffffff", 1.0, 0.0),
    _Turn(True, 1.0, 0.85, 0.96, "#fffaf2", 1.0, 0.0),
    _Turn(False, 1.1, 0.7, 0.92, "#fff3e4", 1.06, 0.0),
    _Turn(True, 0.9, 1.15, 1.06, "#f6f8ff", 0.94, 0.06),
    _Turn(False, 0.95, 1.0, 1.03, "#fff6ee", 0.9, -0.08),
    _Turn(True, 1.15, 0.75, 1.0, "#ffefdc", 1.04, -0.05),
)

COUNT: Final = len(_TURNS)
"""How many pictures of one preset differ from each other; further ones begin anew."""


def varied(preset: Preset, number: int) -> tuple[Look, Setting]:
    """Look and setting of the picture ``number`` (from 1) of ``preset``."""
    turn = _TURNS[(number - 1) % COUNT]
    look = preset.look
    return (
        replace(
            look,
            key=look.key * turn.key,
            fill=look.fill * turn.fill,
            exposure=look.exposure * turn.exposure,
            key_tint=seen_through(look.key_tint, turn.tint),
        ),
        Setting(preset.mirrored != turn.mirrored, turn.size, turn.offset),
    )
