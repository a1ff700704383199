# SPDX-License-Identifier: Apache-2.0
"""What the stages show, and how well one shows what a prompt mentions."""

import tomllib
from functools import lru_cache
from typing import Any, Final, NamedTuple

from affiche.images.colour import Colour, Oklch, to_oklch
from affiche.studio.prompts.lexicon import DATA, Aspect, Concept, weights
from affiche.studio.prompts.reading import VAGUE, Mention, Theme
from affiche.studio.scene import Role

_WEIGHTS: Final = {Aspect.MATERIAL: 2.0, Aspect.COLOUR: 1.0}
_KEPT: Final = 0.5
_ELSEWHERE: Final = 0.7
_SAME_COLOUR: Final = 0.10
_OTHER_COLOUR: Final = 0.30


class StageNotes(NamedTuple):
    """What ``data/stages.toml`` says of a stage: how well its ``surface``, its ``backdrop`` and the whole (``shows``)
    show concepts. ``under`` and ``behind`` are what reports call them. Unless one of ``theme`` was asked for, the stage
    says more than was asked, and loses ``loud``. ``recolour`` are the roles of the parts that other colours suit,
    ``seen`` the colours there and ``base`` those that a swap starts from, if others. ``mixed`` stages keep the colours
    of all else when their backdrop gets another."""

    name: str
    under: str
    behind: str
    surface: dict[str, float]
    backdrop: dict[str, float]
    shows: dict[str, float]
    theme: frozenset[str]
    loud: float
    recolour: dict[str, Role]
    seen: dict[str, Colour]
    base: dict[str, Colour]
    mixed: bool

    def fit(self, mention: Mention) -> float:
        """How well the stage shows ``mention``, 0..1: the mean of its parts, of which materials weigh most."""
        parts = [(self._part_fit(one, mention), _WEIGHTS.get(one.aspect, 1.0)) for one in _telling(mention)]
        return sum(fit * weight for fit, weight in parts) / sum(weight for _, weight in parts) if parts else 0.0

    def _part_fit(self, concept: Concept, mention: Mention) -> float:
        if concept.colour is not None:
            return self.colour_fit(concept.colour, mention.theme)
        return max(
            (
                weight * self._shown(name, mention.theme)
                for name, weight in ((concept.name, 1.0), *concept.like.items())
            ),
            default=0.0,
        )

    def _shown(self, name: str, theme: Theme) -> float:
        if theme is Theme.SURFACE:
            return max(self.surface.get(name, 0.0), _ELSEWHERE * self.shows.get(name, 0.0))
        if theme is Theme.BACKDROP:
            return max(self.backdrop.get(name, 0.0), self.shows.get(name, 0.0))
        return max(
            self.shows.get(name, 0.0),
            _ELSEWHERE * self.surface.get(name, 0.0),
            _ELSEWHERE * self.backdrop.get(name, 0.0),
        )

    def colour_fit(self, colour: Colour, theme: Theme) -> float:
        """1 where the part can take ``colour`` or has it already, falling to 0 as it differs."""
        if theme is Theme.LIGHT:
            return 1.0
        part = {Theme.SURFACE: "surface", Theme.PROP: "accents"}.get(theme, "backdrop")
        if part in self.recolour:
            return 1.0
        return likeness(colour, self.seen[part]) if part in self.seen else _KEPT


def likeness(one: Colour, other: Colour) -> float:
    """1 for colours that people call the same, 0 for quite different ones."""
    apart = _distance(to_oklch(one), to_oklch(other))
    return min(1.0, max(0.0, (_OTHER_COLOUR - apart) / (_OTHER_COLOUR - _SAME_COLOUR)))


def _distance(one: Oklch, other: Oklch) -> float:
    """Euclidean distance in OKLab."""
    turn = abs((one.hue - other.hue + 180) % 360 - 180)
    hue = 2 * (one.chroma * other.chroma) ** 0.5 * (turn / 360) * 3.1416
    return float(((one.lightness - other.lightness) ** 2 + (one.chroma - other.chroma) ** 2 + hue**2) ** 0.5)


def _telling(mention: Mention) -> tuple[Concept, ...]:
    """The concepts of a mention that say something; 'background' alone does not beside 'gradient'."""
    telling = tuple(one for one in mention.concepts if one.name not in VAGUE)
    return telling or mention.concepts


@lru_cache(maxsize=1)
def stages() -> dict[str, StageNotes]:
    """The notes of every stage by its name."""
    tables = tomllib.loads((DATA / "stages.toml").read_text("utf-8"))
    everywhere = weights(tables.pop("everywhere")["shows"])
    return {name: _notes(name, table, everywhere) for name, table in tables.items()}


def _notes(name: str, table: dict[str, Any], everywhere: dict[str, float]) -> StageNotes:
    return StageNotes(
        name,
        table["under"],
        table["behind"],
        weights(table["surface"]),
        weights(table["backdrop"]),
        everywhere | weights(table["shows"]),
        frozenset(table.get("theme", "").split(", ")),
        table.get("loud", 0.0),
        {part: Role[role.upper()] for part, role in table.get("recolour", {}).items()},
        _colours(table["seen"]),
        _colours(table.get("base", {})),
        table.get("mixed", False),
    )


def _colours(table: dict[str, str]) -> dict[str, Colour]:
    return {part: Colour.from_hex(colour) for part, colour in table.items()}
