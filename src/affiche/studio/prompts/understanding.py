# SPDX-License-Identifier: Apache-2.0
"""From a prompt to a plan."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.studio.look import Look
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS
from affiche.studio.prompts.choosing import APPROXIMATED, UNDERSTOOD, Choice, Credit, choice, ranked
from affiche.studio.prompts.colouring import Wanted, coloured, distance, wanted
from affiche.studio.prompts.lexicon import ENGLISH, languages, lexicon
from affiche.studio.prompts.lights import lights
from affiche.studio.prompts.plan import (
    CUSTOM,
    LONGEST,
    THRESHOLD,
    Approximation,
    Plan,
    PromptNotUnderstood,
    PromptTooLong,
)
from affiche.studio.prompts.reading import VAGUE, Mention, Theme, read
from affiche.studio.prompts.stages import StageNotes
from affiche.studio.prompts.wording import cleaned

_OFFERED: Final = 3
_COLOUR_COST: Final = 1.5
_TINTED: Final = 0.45
_WHITE: Final = Colour(255, 255, 255)


def understand(prompt: str, native: str | None = None) -> Plan:
    """What the studio draws for a prompt, and how much of the prompt that is.

    ``native`` is the same prompt in the writer's own language; of the two, the one that is understood better counts,
    the first of equals. The same words give the same plan. Raises `InvalidInput` for a prompt without words,
    `PromptTooLong` over `LONGEST` characters, and `PromptNotUnderstood` where the plan would cover less than
    `THRESHOLD` of the prompt."""
    texts = tuple(dict.fromkeys(_checked(text) for text in (prompt, native or "") if text.strip()))
    if not any(texts):
        raise InvalidInput("prompt", "The prompt is empty; say for example 'on a marble table, soft morning light'.")
    readings = [_best_reading(text) for text in texts if text]
    best = max(readings, key=lambda found: found.coverage)
    plan = _plan(texts[readings.index(best)], best)
    if best.coverage < THRESHOLD:
        mentions = tuple(credit.mention for credit in best.credits)
        raise PromptNotUnderstood(best.coverage, plan.ignored, _nearest(mentions))
    return plan


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise PromptTooLong(len(text))
    return cleaned(text)


def _best_reading(text: str) -> Choice:
    """``text`` in the language that explains it best; English if another explains no more of its words."""
    found = {language: choice(read(text, lexicon(language))) for language in languages()}
    return found[
        max(found, key=lambda language: (_explained(found[language]), language == ENGLISH, found[language].coverage))
    ]


def _explained(found: Choice) -> float:
    """The share of the words whose meaning is known, in tenths: what can be drawn of them does not count, because a
    language that takes words for something else draws more of them."""
    known = sum(len(one.mention.text) for one in found.credits if one.mention.theme is not Theme.UNKNOWN)
    whole = sum(len(one.mention.text) for one in found.credits)
    return round(known / whole, 1) if whole else 0.0


def _plan(text: str, found: Choice) -> Plan:
    mentions = tuple(credit.mention for credit in found.credits if credit.value >= APPROXIMATED)
    asked = wanted(mentions, found.stage)
    nearest = _nearest_preset(found.stage, mentions, asked)
    preset = _preset(text, nearest, found.stage, mentions, asked)
    told = [credit for credit in found.credits if _worth_telling(credit)]
    return Plan(
        preset,
        nearest.id,
        tuple(dict.fromkeys(one.mention.text for one in told if one.value >= UNDERSTOOD)),
        tuple(
            dict.fromkeys(
                Approximation(one.mention.text, _stand_in(one, found.stage))
                for one in told
                if APPROXIMATED <= one.value < UNDERSTOOD
            )
        ),
        tuple(dict.fromkeys(one.mention.text for one in told if one.value < APPROXIMATED)),
        round(found.coverage, 3),
    )


def _worth_telling(credit: Credit) -> bool:
    return not credit.mention.concepts or any(one.name not in VAGUE for one in credit.mention.concepts)


def _stand_in(credit: Credit, stage: StageNotes) -> str:
    """What a report says is used instead of a mention."""
    mention = credit.mention
    by_light = [lights()[one.name] for one in mention.things if one.name in lights()]
    if by_light and stage.fit(mention) < by_light[0].fit:
        return by_light[0].used
    if mention.theme is Theme.SURFACE:
        return stage.under
    if mention.theme is Theme.BACKDROP:
        return stage.behind
    return f"{stage.under}, {stage.behind}"


def _nearest_preset(stage: StageNotes, mentions: tuple[Mention, ...], asked: Wanted) -> Preset:
    """The shipped preset of ``stage`` whose own prompt and colours are nearest; the first of equals."""
    names = {one.name for mention in mentions if not mention.negated for one in mention.concepts}
    presets = [one for one in PRESETS.values() if one.stage == stage.name]
    return max(presets, key=lambda one: len(names & _named(one)) - _COLOUR_COST * distance(asked, stage, one.look))


@lru_cache(maxsize=128)
def _named(preset: Preset) -> frozenset[str]:
    """The concepts of a shipped preset's prompt."""
    mentions = read(cleaned(preset.prompt), lexicon(languages()[0]))
    return frozenset(one.name for mention in mentions for one in mention.concepts)


def _preset(text: str, nearest: Preset, stage: StageNotes, mentions: tuple[Mention, ...], asked: Wanted) -> Preset:
    look, mirrored = coloured(nearest.look, stage, asked), nearest.mirrored
    for mention in mentions:
        for thing in mention.things:
            light = lights().get(thing.name)
            if light is None or mention.negated or _is_own(thing.name, stage, nearest):
                continue
            look = light.on(look)
            mirrored = mirrored if light.mirrored is None else light.mirrored
        look = _tinted(look, mention)
    return replace(
        nearest,
        id=CUSTOM,
        prompt=text,
        look=look,
        category=None if asked != (None, None, None) else nearest.category,
        mirrored=mirrored,
    )


def _is_own(name: str, stage: StageNotes, nearest: Preset) -> bool:
    """Whether the preset's own light is this already."""
    return name in _named(nearest) or stage.shows.get(name, 0.0) >= 1.0


def _tinted(look: Look, mention: Mention) -> Look:
    """Light of a colour that was asked for."""
    if mention.theme is not Theme.LIGHT or not mention.colours or mention.negated:
        return look
    colour = mention.colours[0].colour
    assert colour is not None
    return replace(look, key_tint=_WHITE.mixed(colour, _TINTED).hex)


def _nearest(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The ids of the shipped presets that come closest to the mentions."""
    found = [_nearest_preset(stage, mentions, Wanted(None, None, None)) for stage in ranked(mentions)[:_OFFERED]]
    return tuple(one.id for one in found)
