# SPDX-License-Identifier: Apache-2.0
"""Presets of one colour: a roll of paper or a podium, recoloured, and gloss in the dark."""

from dataclasses import replace
from typing import Final

from affiche.studio.look import Look
from affiche.studio.preset import Category, Preset


def _paper(name: str, words: str, look: Look, *, mirrored: bool = False) -> Preset:
    return Preset(
        f"{name}_background",
        f", in front of a {words} background",
        "seamless",
        look,
        Category.MONOCHROME,
        mirrored=mirrored,
    )


def _paint(colour: str, exposure: float, saturation: float = 1.2) -> Look:
    return Look((colour, None, None, None), exposure, fill=0.85, saturation=saturation, contrast=1.05)


def _cool(colour: str, exposure: float) -> Look:
    """Greys stay grey under a key without warmth."""
    return replace(_paint(colour, exposure, 1.0), key_tint="#e4ecff")


def _platform(name: str, words: str, look: Look, *, mirrored: bool = False) -> Preset:
    prompt = f"on a platform, in front of a {words} background"
    return Preset(f"on_platform_{name}_background", prompt, "podium", look, Category.MONOCHROME, mirrored=mirrored)


def _tones(ground: str, stage: str, accent: str, detail: str, exposure: float) -> Look:
    return Look((ground, stage, accent, detail), exposure, fill=0.8, saturation=1.2, contrast=1.15)


_WHITE: Final = Look(("#dadada", None, None, None), 6.0, key_tint="#fbfaff", contrast=0.9, saturation=1.0)
_WHITE_STAGE: Final = Look(
    ("#f1f0ee", "#fafafa", "#eceae6", "#f4f2ee"), 2.6, fill=0.9, key_tint="#fbf8ff", contrast=1.0
)

_POWDER_BLUE: Final = replace(_tones("#9dbfe8", "#c0d8f4", "#7ea4d6", "#b0ccf0", 0.9), key_tint="#e2ecff")

CATALOGUE: Final = (
    _paper("white", "white", _WHITE),
    _paper("light_grey", "light grey", _cool("#cfd0d2", 1.15)),
    _paper("natural_beige", "natural beige", _paint("#dcc7a8", 1.0)),
    _paper("light_blue", "light blue", _paint("#9cc3ea", 1.05, 1.3)),
    _paper("blush_pink", "blush pink", _paint("#efb9c2", 1.05), mirrored=True),
    _paper("sage_green", "sage green", _paint("#b3c6a8", 0.9), mirrored=True),
    _paper("lavender", "lavender", _paint("#c3b3e0", 0.95)),
    _paper("butter_yellow", "butter yellow", _paint("#f3d889", 1.1, 1.3), mirrored=True),
    _paper("terracotta", "terracotta", _paint("#bd6b4a", 0.4, 1.05)),
    _paper("charcoal", "charcoal grey", _cool("#4a4c54", 0.10)),
    _platform("natural_beige", "natural beige", Look(exposure=1.1, fill=0.75, saturation=1.2, contrast=1.15)),
    _platform("white", "white", _WHITE_STAGE, mirrored=True),
    _platform("sage_green", "sage green", _tones("#b4c5a6", "#cfdcc0", "#97ad88", "#c3d3b0", 0.85), mirrored=True),
    _platform("powder_blue", "powder blue", _POWDER_BLUE),
    _platform("blush_pink", "blush pink", _tones("#f0b8c0", "#f8d0d4", "#e092a0", "#f4c0c8", 0.95), mirrored=True),
    _platform("lavender", "lavender", _tones("#bfb0de", "#d4c8ee", "#a18fcc", "#cabce8", 0.85)),
    _platform("mustard", "mustard", _tones("#e0aa34", "#eec56a", "#c98d1c", "#e8b850", 0.75), mirrored=True),
    _platform("terracotta", "terracotta", _tones("#c77e5a", "#d99a78", "#a85f3e", "#d08f6c", 0.55)),
    Preset(
        "on_glossy_black_platform",
        "on a glossy black platform with a golden ring, in front of a dark background",
        "noir",
        Look(exposure=0.055, saturation=1.1, contrast=1.15, product=0.92),
        Category.MONOCHROME,
    ),
)  # fmt: skip
