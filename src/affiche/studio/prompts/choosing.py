# SPDX-License-Identifier: Apache-2.0
"""Which stage suits a prompt best, and how much of the prompt it shows."""

from typing import Final, NamedTuple

from affiche.studio.prompts.lexicon import Concept, Part
from affiche.studio.prompts.lights import lights
from affiche.studio.prompts.reading import VAGUE, Mention, Theme
from affiche.studio.prompts.stages import StageNotes, stages

WEIGHTS: Final = {
    Theme.SURFACE: 3.0,
    Theme.BACKDROP: 3.0,
    Theme.PLACE: 3.0,
    Theme.SEASON: 2.5,
    Theme.LIGHT: 2.0,
    Theme.PALETTE: 2.0,
    Theme.UNDRAWABLE: 2.0,
    Theme.PROP: 1.5,
    Theme.MOOD: 1.0,
    Theme.UNKNOWN: 0.75,
    Theme.CAMERA: 0.5,
}
"""How much of a prompt each mention is: where the product stands counts most, adjectives least."""

_VAGUE_WEIGHT: Final = 0.25
_LEADING_WEIGHT: Final = 0.5
_SCENE_WEIGHT: Final = 2.0
_SCENE_PARTS: Final = (Part.SURFACE, Part.BACKDROP, Part.PLACE)

UNDERSTOOD: Final = 0.8
"""Credit from which on a mention counts as shown."""

APPROXIMATED: Final = 0.3
"""Credit from which on something near stands in; below, a mention is ignored."""

_LIGHT_SHARE: Final = 0.85
"""A stage whose own light is as asked is better than one that is only developed so."""


class Credit(NamedTuple):
    """How well (0..1) ``mention``, which is ``weight`` of the prompt, is shown."""

    mention: Mention
    weight: float
    value: float


class Choice(NamedTuple):
    """A stage and what it makes of each mention, in the prompt's order."""

    stage: StageNotes
    credits: tuple[Credit, ...]

    @property
    def coverage(self) -> float:
        """The share of the prompt, by weight, that is shown, 0..1; 0 where nothing was mentioned."""
        whole = sum(credit.weight for credit in self.credits)
        return sum(credit.weight * _counted(credit.value) for credit in self.credits) / whole if whole else 0.0


def ranked(mentions: tuple[Mention, ...]) -> list[StageNotes]:
    """All stages, the one that shows most of the mentions and least beside them first."""
    return sorted(stages().values(), key=lambda stage: -_merit(stage, mentions))


def choice(mentions: tuple[Mention, ...]) -> Choice:
    """The best stage for the mentions."""
    stage = ranked(mentions)[0]
    return Choice(stage, tuple(Credit(one, weight(one, mentions), shown(stage, one)) for one in mentions))


def shown(stage: StageNotes, mention: Mention) -> float:
    """How well a picture on ``stage`` shows ``mention``, 0..1. What shall not be there is shown by absence."""
    if mention.negated:
        return 1.0 if mention.theme is Theme.UNDRAWABLE or stage.fit(mention) < APPROXIMATED else 0.0
    if mention.theme in (Theme.UNDRAWABLE, Theme.UNKNOWN):
        return 0.0
    return max(stage.fit(mention), _by_light(mention))


def weight(mention: Mention, mentions: tuple[Mention, ...]) -> float:
    """How much of the prompt ``mention`` is. Unknown words weigh more where they are all that says what the product
    stands on or in front of, and less before any such words, where they name the product."""
    if mention.concepts and all(one.name in VAGUE for one in mention.concepts):
        return _VAGUE_WEIGHT
    if mention.theme is Theme.UNKNOWN:
        if mention.leading:
            return _LEADING_WEIGHT
        alone = not any(one.part is mention.part and _is_scene(one) for one in mentions)
        return _SCENE_WEIGHT if mention.part in _SCENE_PARTS and alone else WEIGHTS[Theme.UNKNOWN]
    return WEIGHTS[mention.theme]


def _is_scene(mention: Mention) -> bool:
    return mention.theme in (Theme.SURFACE, Theme.BACKDROP, Theme.PLACE, Theme.PROP, Theme.PALETTE)


def _merit(stage: StageNotes, mentions: tuple[Mention, ...]) -> float:
    wanted = {name for one in mentions if not one.negated for thing in one.concepts for name in _names(thing)}
    merit = 0.0 if wanted & stage.theme else -stage.loud
    for mention in mentions:
        value = stage.fit(mention)
        if mention.negated:
            merit -= WEIGHTS[mention.theme] * value
        elif mention.theme not in (Theme.UNDRAWABLE, Theme.UNKNOWN):
            merit += weight(mention, mentions) * max(value, _LIGHT_SHARE * _by_light(mention))
    return merit


def _names(concept: Concept) -> tuple[str, ...]:
    return (concept.name, *(name for name, share in concept.like.items() if share >= UNDERSTOOD))


def _by_light(mention: Mention) -> float:
    """How well the balance of the lamps alone shows ``mention``, on any stage."""
    known = [lights()[one.name].fit for one in mention.things if one.name in lights()]
    return min(known) if known and len(known) == sum(one.name not in VAGUE for one in mention.things) else 0.0


def _counted(value: float) -> float:
    return 1.0 if value >= UNDERSTOOD else value if value >= APPROXIMATED else 0.0
