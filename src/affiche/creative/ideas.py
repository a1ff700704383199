# SPDX-License-Identifier: Apache-2.0
"""Which idea each variant is, and which arrangement carries that idea on each shape.

Variant k is the same idea in every size, so that a set reads as one campaign; the five first ideas are five posters.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from affiche.creative.chance import mixed
from affiche.creative.composition import Composition
from affiche.creative.formats import Shape
from affiche.creative.layout import card, immersive, leaderboard, poster, split, tower, window
from affiche.creative.layout.brandmark import stands_on
from affiche.creative.layout.draft import Draft
from affiche.creative.palette import Palette, Scheme
from affiche.vision.logo import Logo

Arrangement = Callable[[Draft, int], Composition]

_SOCIAL: Final[dict[str, Arrangement]] = {
    "immersive": immersive.immersive,
    "split": split.split,
    "card": card.card,
    "frosted": card.frosted,
    "duotone": immersive.duotone,
    "type": poster.poster,
    "window": window.window,
    "editorial": window.editorial,
    "frame": window.frame,
    "diagonal": split.diagonal,
    "stack": split.stack,
    "badge": immersive.badge,
}
_RECTANGLE: Final[dict[str, Arrangement]] = {
    **_SOCIAL,
    "card": split.stack,
    "frosted": split.stack,
    "editorial": window.frame,
    "badge": immersive.immersive,
}
_SKYSCRAPER: Final[dict[str, Arrangement]] = {
    "immersive": immersive.immersive,
    "split": tower.tower,
    "card": tower.crowned_tower,
    "frosted": tower.crowned_tower,
    "duotone": immersive.duotone,
    "type": poster.poster,
    "window": tower.arched_tower,
    "editorial": tower.footed_tower,
    "frame": tower.arched_tower,
    "diagonal": split.diagonal,
    "stack": tower.crowned_tower,
    "badge": immersive.immersive,
}
_LEADERBOARD: Final[dict[str, Arrangement]] = {
    "immersive": leaderboard.strip,
    "split": leaderboard.slant,
    "card": leaderboard.inset,
    "frosted": leaderboard.inset,
    "duotone": leaderboard.toned_strip,
    "type": leaderboard.bare,
    "window": leaderboard.medallion,
    "editorial": leaderboard.tail,
    "frame": leaderboard.medallion,
    "diagonal": leaderboard.slant,
    "stack": leaderboard.strip,
    "badge": leaderboard.strip,
}
_BY_SHAPE: Final[dict[Shape, dict[str, Arrangement]]] = {
    Shape.RECTANGLE: _RECTANGLE,
    Shape.SKYSCRAPER: _SKYSCRAPER,
    Shape.LEADERBOARD: _LEADERBOARD,
}

_LOOK_ALIKE: Final = (frozenset({card.card, card.frosted}),)
_CHOICES: Final = (
    ("immersive", "badge"),
    ("split", "diagonal", "stack"),
    ("card", "frosted"),
    ("duotone", "type"),
    ("window", "editorial", "frame"),
)
_MOST_TEXT: Final = ("split", "stack", "type")


@dataclass(frozen=True, slots=True)
class Idea:
    """One variant's thought: an arrangement's name and the colour roles that belong to it."""

    name: str
    scheme: Scheme


def ideas(seed: int, palette: Palette, logo: Logo, count: int) -> tuple[Idea, ...]:
    """The ideas of variants 1..``count``. The seed decides between siblings (card or frosted, ...); beyond the
    twelve arrangements the round begins again with other colours."""
    first = [options[mixed(seed, place) % len(options)] for place, options in enumerate(_CHOICES)]
    rest = [name for options in _CHOICES for name in options if name not in first]
    names = first + rest
    rounds = [(names[place % len(names)], place // len(names)) for place in range(count)]
    return tuple(Idea(name, _with_logo(logo, _schemes(name, palette, turn))) for name, turn in rounds)


def carriers(idea: Idea, shape: Shape, later: tuple[str, ...]) -> tuple[Arrangement, ...]:
    """Arrangements for ``idea`` on ``shape``, best first: the wanted one, then those that no ``later`` variant wants,
    then the others."""
    table = _BY_SHAPE.get(shape, _SOCIAL)
    free = [name for name in table if name not in later and name != "type"]
    return tuple(dict.fromkeys(table[name] for name in (idea.name, *free, *table)))


def is_taken(arrangement: Arrangement, used: Collection[Arrangement]) -> bool:
    """Whether a variant with this arrangement, or with one that looks like it, has been made."""
    return arrangement in used or any(arrangement in pair and not pair.isdisjoint(used) for pair in _LOOK_ALIKE)


def last_resorts(shape: Shape) -> tuple[Arrangement, ...]:
    """The arrangements that carry the most text."""
    table = _BY_SHAPE.get(shape, _SOCIAL)
    return tuple(dict.fromkeys(table[name] for name in _MOST_TEXT))


def _schemes(name: str, palette: Palette, turn: int) -> tuple[Scheme, ...]:
    """The colour roles that suit an idea, best first."""
    light, dark, tinted = palette.light(), palette.dark(), palette.tinted()
    match name:
        case "split" | "diagonal" | "stack":
            return palette.branded(turn), palette.branded(turn + 1), dark, light
        case "type":
            return palette.branded(turn + 1), palette.branded(turn), dark, light
        case "window" | "frame":
            return (tinted, light, dark) if turn % 2 == 0 else (dark, tinted, light)
        case "immersive" | "badge" | "duotone":
            return (dark,)
        case _:
            return (light, dark) if turn % 2 == 0 else (dark, light)


def _with_logo(logo: Logo, schemes: tuple[Scheme, ...]) -> Scheme:
    """The first scheme on whose ground the logo needs no plate."""
    return next((scheme for scheme in schemes if stands_on(logo, scheme.ground)), schemes[0])
