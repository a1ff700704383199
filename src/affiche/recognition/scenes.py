# SPDX-License-Identifier: Apache-2.0
"""Which presets suit a product: by what it is, by how it stands out, and so that no two are alike."""

from collections.abc import Iterable, Mapping
from typing import Final

from affiche.images.colour import Colour, to_oklch
from affiche.recognition.appearance import Appearance
from affiche.recognition.backdrops import backdrop_of
from affiche.recognition.colour_names import distance
from affiche.recognition.kinds import World
from affiche.studio.preset import Preset
from affiche.vision.colours import Shares

STAGES: Final[Mapping[World, tuple[str, ...]]] = {
    World.CARE: ("palm", "linen", "stones", "terraces", "marble", "podium", "terrazzo", "blinds", "window", "seamless"),
    World.FRAGRANCE: ("marble", "noir", "velvet", "linen", "palm", "city", "terraces", "window", "podium", "seamless"),
    World.FOOD: ("kitchen", "garden", "linen", "terrazzo", "blocks", "podium", "window", "terraces", "seamless"),
    World.DRINK: ("garden", "kitchen", "terraces", "blocks", "palm", "podium", "blinds", "terrazzo", "seamless"),
    World.SPIRITS: ("noir", "city", "velvet", "marble", "office", "blinds", "window", "garden", "podium", "seamless"),
    World.HOUSEHOLD: ("kitchen", "window", "terrazzo", "podium", "blocks", "seamless", "linen", "garden"),
    World.HEALTH: ("stones", "kitchen", "garden", "terrazzo", "podium", "palm", "seamless", "marble", "linen"),
    World.TECHNOLOGY: ("office", "window", "noir", "city", "blocks", "blinds", "seamless", "marble", "podium"),
    World.FASHION: ("window", "blinds", "terraces", "velvet", "blocks", "office", "podium", "seamless", "linen"),
    World.PLAY: ("blocks", "gradient", "fans", "terraces", "podium", "garden", "seamless", "kitchen"),
    World.INTERIOR: ("linen", "window", "blinds", "office", "garden", "terrazzo", "podium", "stones", "seamless"),
    World.ANYTHING: ("window", "seamless", "podium", "blinds", "terraces", "linen", "palm", "marble", "terrazzo"),
}
"""Stages by world, the most fitting first; one that is not named does not suit."""

PLAIN: Final = "seamless"
ENOUGH: Final = 0.22
"""A distance in OKLab from which on more does not stand out better."""

_FIT: Final = 1.4
_CONTRAST: Final = 1.2
_HARMONY: Final = 0.35
_SAME_STAGE: Final = 0.8
_ALIKE: Final = 0.5
_ALIKE_WITHIN: Final = 0.07
_COLOURED: Final = 0.04


def chosen_presets(world: World, appearance: Appearance, presets: Iterable[Preset], count: int) -> tuple[Preset, ...]:
    """``count`` different presets, the best first; one of them is a plain backdrop. Those of a feast come last of all,
    for nobody knows the day. Raises `ValueError` if there are not enough."""
    left = sorted(presets, key=lambda preset: preset.id)
    if len(left) < count:
        raise ValueError(f"{count} presets are wanted, {len(left)} are there")
    worth = {preset.id: suitability(preset, world, appearance) for preset in left}
    chosen: list[Preset] = []
    while len(chosen) < count:
        plain = len(chosen) == count - 1 and all(one.stage != PLAIN for one in chosen)
        candidates = [one for one in left if one.stage == PLAIN] if plain else left
        best = max(candidates or left, key=lambda preset: worth[preset.id] - _repetition(preset, chosen))
        chosen.append(best)
        left.remove(best)
    return tuple(chosen)


def suitability(preset: Preset, world: World, appearance: Appearance) -> float:
    """How well a preset suits, higher is better."""
    stages = STAGES[world]
    fit = 1 - stages.index(preset.stage) / len(stages) if preset.stage in stages else -0.5
    if preset.category is None:
        fit -= 3.0
    backdrop = backdrop_of(preset)
    return _FIT * fit + _CONTRAST * contrast(backdrop, appearance.rim) + _HARMONY * harmony(backdrop, appearance)


def contrast(backdrop: Colour, rim: Shares) -> float:
    """How far the product's edge stands out, 0..1: the mean over its colours, of which each counts up to `ENOUGH`."""
    total = sum(share for _, share in rim)
    if not total:
        return 0.5
    return sum(share * min(distance(backdrop, colour) / ENOUGH, 1.0) for colour, share in rim) / total


def harmony(backdrop: Colour, appearance: Appearance) -> float:
    """-1..1: neighbouring and opposite hues go together, those a third of the circle apart do not; greys always do."""
    hue, ground = appearance.accent_hue, to_oklch(backdrop)
    if hue is None or ground.chroma < _COLOURED:
        return 0.3
    apart = abs((ground.hue - hue + 180) % 360 - 180)
    return 1 - apart / 45 if apart < 90 else (apart - 135) / 45


def _repetition(preset: Preset, chosen: Iterable[Preset]) -> float:
    """What a preset loses for what has been chosen already."""
    lost = 0.0
    for other in chosen:
        lost += _SAME_STAGE * (preset.stage == other.stage)
        lost += _ALIKE * (distance(backdrop_of(preset), backdrop_of(other)) < _ALIKE_WITHIN)
    return lost
