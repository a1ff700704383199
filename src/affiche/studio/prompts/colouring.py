# SPDX-License-Identifier: Apache-2.0
"""The colours that a prompt asks for, on the things of a stage."""

from dataclasses import replace
from typing import Final, NamedTuple

from affiche.images.colour import Colour, from_oklch, to_oklch
from affiche.studio.look import Look
from affiche.studio.prompts.lexicon import Part
from affiche.studio.prompts.reading import Mention, Theme
from affiche.studio.prompts.stages import StageNotes, likeness
from affiche.studio.scene import Role

_SAME: Final = 0.9
_LIGHTER: Final = {"surface": 0.055, "accents": -0.085, "details": 0.03}
"""How much lighter than the backdrop, in OKLCH, things of the same colour are painted."""

_DARKEST, _BRIGHTEST = 0.04, 6.0
_WHITE: Final = 0.72
_WHITE_LIFT: Final = 1.5


class Wanted(NamedTuple):
    """Colours asked for; None: the stage's own."""

    surface: Colour | None
    backdrop: Colour | None
    accents: Colour | None


def wanted(mentions: tuple[Mention, ...], stage: StageNotes) -> Wanted:
    """The colours that ``mentions`` ask of a stage, the first of each part. Colours without a thing are the
    backdrop's, further ones the accents'."""
    surface = backdrop = accents = None
    for mention in mentions:
        if mention.negated or mention.theme in (Theme.LIGHT, Theme.UNKNOWN):
            continue
        for colour in (one.colour for one in mention.colours):
            if mention.theme is Theme.SURFACE or (mention.theme is Theme.PALETTE and mention.part is Part.SURFACE):
                surface = surface or colour
            elif mention.theme is Theme.PROP or backdrop is not None:
                accents = accents or colour
            else:
                backdrop = colour
    if stage.recolour.get("surface") is stage.recolour.get("backdrop"):
        backdrop = surface = backdrop or surface
    return Wanted(surface, backdrop, accents)


def distance(asked: Wanted, stage: StageNotes, look: Look) -> float:
    """How far the colours of ``look`` are from those asked for, 0..2: what a preset is chosen by."""
    parts = (("surface", asked.surface), ("backdrop", asked.backdrop))
    return sum(1 - likeness(colour, _present(stage, look, part)) for part, colour in parts if colour is not None)


def coloured(look: Look, stage: StageNotes, asked: Wanted) -> Look:
    """``look`` with the colours asked for where the stage can take them, exposed for them."""
    colours: dict[Role, Colour] = {}
    backdrop = asked.backdrop
    if backdrop is not None and _differs(backdrop, stage, look, "backdrop"):
        colours[stage.recolour["backdrop"]] = _swapped(stage, "backdrop", backdrop)
        if not stage.mixed:
            colours |= _family(stage, backdrop)
    if asked.surface is not None and _differs(asked.surface, stage, look, "surface"):
        colours[stage.recolour["surface"]] = _swapped(stage, "surface", asked.surface)
    if asked.accents is not None and "accents" in stage.recolour:
        colours[stage.recolour["accents"]] = asked.accents
    if not colours:
        return look
    painted = [colours[role].hex if role in colours else look.colours[role] for role in Role]
    exposed = look.exposure
    if backdrop is not None and stage.recolour.get("backdrop") in colours:
        exposed *= _light(backdrop) / _light(_present(stage, look, "backdrop"))
    return replace(
        look, colours=(painted[0], painted[1], painted[2], painted[3]), exposure=min(_BRIGHTEST, max(_DARKEST, exposed))
    )


def _family(stage: StageNotes, backdrop: Colour) -> dict[Role, Colour]:
    """Surface, accents and details in shades of the backdrop."""
    own = to_oklch(backdrop)
    return {
        role: from_oklch(min(0.985, max(0.12, own.lightness + _LIGHTER[part])), own.chroma, own.hue)
        for part, role in stage.recolour.items()
        if part in _LIGHTER and role is not stage.recolour["backdrop"]
    }


def _differs(colour: Colour, stage: StageNotes, look: Look, part: str) -> bool:
    return part in stage.recolour and likeness(colour, _present(stage, look, part)) < _SAME


def _present(stage: StageNotes, look: Look, part: str) -> Colour:
    """The colour that people see on a part of the stage in ``look``."""
    painted = look.colours[stage.recolour[part]] if part in stage.recolour else None
    return Colour.from_hex(painted) if painted and part not in stage.base else stage.seen[part]


def _swapped(stage: StageNotes, part: str, colour: Colour) -> Colour:
    """What a role is painted with so that ``colour`` is seen: roles of several things start from the colour of one."""
    if part not in stage.base:
        return colour
    ratios = zip(stage.base[part], stage.seen[part], colour, strict=True)
    return Colour(*(min(255, round(base * asked / max(seen, 1))) for base, seen, asked in ratios))


def _light(colour: Colour) -> float:
    """How bright a picture of this colour is exposed; whites more than in proportion, else they look grey."""
    luminance = max(colour.luminance, 0.01)
    return luminance * (_WHITE_LIFT if luminance > _WHITE else 1.0)
