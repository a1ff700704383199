# SPDX-License-Identifier: Apache-2.0
"""Scenes in words: what the studio can build for a product, in colours that it stands out from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from affiche.images.colour import Colour
from affiche.recognition.appearance import Appearance
from affiche.recognition.kinds import World
from affiche.recognition.scenes import STAGES, contrast, harmony

_COLOURS: Final[Mapping[str, str]] = {
    "ivory": "#efe6d2",
    "sand": "#cfb98e",
    "sage green": "#b4c2a2",
    "powder blue": "#a9c0dc",
    "blush pink": "#e6bcbc",
    "lavender": "#c8b8da",
    "butter yellow": "#eed893",
    "terracotta": "#d08a60",
    "clay": "#cb9773",
    "mustard yellow": "#dcaa45",
    "light grey": "#cfcfcd",
    "charcoal": "#5c5b62",
}


@dataclass(frozen=True, slots=True)
class _Scene:
    """Words with a gap for a colour of ``colours``; without any, ``backdrop`` is what is seen behind the product."""

    words: str
    colours: tuple[str, ...] = ()
    backdrop: str = ""


_PASTELS: Final = (
    "ivory",
    "sand",
    "sage green",
    "powder blue",
    "blush pink",
    "lavender",
    "butter yellow",
    "terracotta",
)
_PAPERS: Final = (*_PASTELS, "light grey", "charcoal")
_SCENES: Final[Mapping[str, _Scene]] = {
    "blinds": _Scene("in front of a {} wall with the shadow of window blinds", ("sand", "sage green", "light grey")),
    "blocks": _Scene("on a yellow block among bold geometric shapes in bright light", backdrop="#6e94dd"),
    "city": _Scene("on black glass with the lights of a city at night reflected in it", backdrop="#30345f"),
    "fans": _Scene("on a round platform in front of folded pastel paper fans", backdrop="#d8c3b9"),
    "garden": _Scene("on a wooden table with a sunlit garden out of focus behind it", backdrop="#7aa456"),
    "gradient": _Scene("on a platform with playful shapes before a pink and yellow gradient", backdrop="#f2c6d0"),
    "kitchen": _Scene("on a pale stone counter in a bright, tidy kitchen", backdrop="#c8c6c1"),
    "linen": _Scene("on a soft linen cloth beside a plaster wall with the shadow of leaves", backdrop="#bda991"),
    "marble": _Scene("on a polished white marble ledge with small golden spheres", backdrop="#dbd3c8"),
    "noir": _Scene("on a glossy black pedestal with a thin golden ring in the dark", backdrop="#443f43"),
    "office": _Scene("on a walnut desk in a calm mid-century office with a green plant", backdrop="#918266"),
    "palm": _Scene("on {} stone blocks beneath the shadow of palm leaves", ("sand", "blush pink", "sage green")),
    "podium": _Scene("on a round platform beside an arch in {}", (*_PASTELS, "mustard yellow")),
    "seamless": _Scene("in front of a plain {} background with a soft shadow", _PAPERS),
    "stones": _Scene("on a flat grey stone among pebbles in dappled light", backdrop="#a09786"),
    "terraces": _Scene("on {} steps among arches in warm sunlight", ("terracotta", "ivory", "sage green", "lavender")),
    "terrazzo": _Scene("on terrazzo steps in front of a soft green wall", backdrop="#bfbdaf"),
    "velvet": _Scene("on a burgundy velvet cushion before a heavy curtain", backdrop="#7f1d2f"),
    "window": _Scene("on a plinth in a {} room with late sunlight from a window", ("sand", "light grey", "clay")),
}  # fmt: skip
_USED: Final = 0.25


def written_prompts(world: World, appearance: Appearance, used: Sequence[str], count: int) -> tuple[str, ...]:
    """``count`` scenes on different stages, the most fitting first; the first ones of ``used``, stages that presets
    show already, have to be the better for it."""
    stages = STAGES[world]
    rated: list[tuple[float, str, str]] = []
    for place, stage in enumerate(stages):
        words, seen = _coloured(_SCENES[stage], appearance)
        worth = 1 - place / len(stages) + 1.2 * contrast(seen, appearance.rim) - _USED * (stage in used)
        rated.append((-worth, stage, words))
    return tuple(words for _, _, words in sorted(rated)[:count])


def _coloured(scene: _Scene, appearance: Appearance) -> tuple[str, Colour]:
    """The words with the best of the scene's colours, and what will be seen behind the product."""
    if not scene.colours:
        return scene.words, Colour.from_hex(scene.backdrop)
    samples = {name: Colour.from_hex(_COLOURS[name]) for name in scene.colours}
    best = max(
        scene.colours,
        key=lambda name: 1.2 * contrast(samples[name], appearance.rim) + 0.35 * harmony(samples[name], appearance),
    )
    return scene.words.format(best), samples[best]
