# SPDX-License-Identifier: Apache-2.0
"""Six pictures of one preset: mirrored, another balance of light, neighbouring colours, another size and place."""

from dataclasses import replace
from typing import Final, NamedTuple

from affiche.images.colour import Colour, from_oklch, to_oklch
from affiche.studio.compositor import Setting
from affiche.studio.look import Look, seen_through
from affiche.studio.plate import Plate
from affiche.studio.preset import Preset
from affiche.studio.scene import Role


class _Turn(NamedTuple):
    mirrored: bool
    key: float
    fill: float
    exposure: float
    tint: str
    size: float
    offset: float
    hue: float


_TURNS: Final = (
    _Turn(False, 1.0, 1.0, 1.0, "#ffffff", 1.0, 0.0, 0),
    _Turn(True, 1.0, 0.85, 0.96, "#fffaf2", 1.0, 0.0, 0),
    _Turn(False, 1.15, 0.6, 0.9, "#fff0dc", 1.07, 0.0, -20),
    _Turn(True, 0.8, 1.3, 1.1, "#f2f6ff", 0.93, 0.07, 20),
    _Turn(False, 0.95, 1.0, 1.03, "#fff6ee", 0.88, -0.1, 12),
    _Turn(True, 1.2, 0.7, 0.97, "#ffead0", 1.05, -0.06, -12),
)
_HUE_SHARES: Final = (0.35, 0.35, 1.0, 1.0)
"""How far the colours of ground, stage, accent and detail follow a turn: what gives a preset its name hardly."""

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


def neighbouring(look: Look, plate: Plate, number: int) -> Look:
    """The look of the picture ``number`` (from 1) in colours next to those of ``look``: their hues are turned, those of
    accents and details by up to 20 degrees. Greys stay grey."""
    hue = _TURNS[(number - 1) % COUNT].hue
    if not hue:
        return look
    turned = []
    for role, share in zip(Role, _HUE_SHARES, strict=True):
        own = to_oklch(Colour.from_hex(look.colours[role] or plate.meta.colours[role]))
        turned.append(from_oklch(own.lightness, own.chroma, (own.hue + share * hue) % 360).hex)
    return replace(look, colours=(turned[0], turned[1], turned[2], turned[3]))
