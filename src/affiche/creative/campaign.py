# SPDX-License-Identifier: Apache-2.0
"""A brief with its pictures, read once and ready to be laid out on any format."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, Self

from affiche.creative.brief import Brief
from affiche.creative.chance import mixed
from affiche.creative.composition import Composition
from affiche.creative.crop import CropFinder
from affiche.creative.diversity import NEAREST, Sketch
from affiche.creative.formats import Format, RenderKind
from affiche.creative.ideas import Arrangement, Idea, carriers, ideas, is_taken, last_resorts
from affiche.creative.layout.draft import Draft, Materials, Typefaces, Unsuitable
from affiche.creative.palette import Palette, Scheme
from affiche.creative.proof import SmallPhoto
from affiche.errors import InvalidInput
from affiche.images.colour import Colour, to_oklab
from affiche.images.decode import decode_photo, decode_picture
from affiche.images.resample import PhotoPyramid
from affiche.typography.bidi import base_level
from affiche.typography.fit import TextDoesNotFit
from affiche.typography.fonts import DEFAULT_FAMILY, UnknownFont, face
from affiche.typography.icons import UnknownIcon, icon
from affiche.vision.logo import Logo, read_logo
from affiche.vision.reading import PhotoReading, read_photo

VARIANTS: Final = 5
_MOST_TRIED: Final = 8
_SERIF: Final = "Playfair Display"
_CORNERS: Final = (0.5, 0.22, 0.5)


def validate_brief(brief: Brief) -> None:
    """Raise `InvalidInput` naming ``font`` or ``icon`` if the brief asks for one that we do not have."""
    try:
        face(brief.font or DEFAULT_FAMILY, 700)
    except UnknownFont as error:
        raise InvalidInput("font", str(error)) from error
    try:
        icon(brief.icon)
    except UnknownIcon as error:
        raise InvalidInput("icon", str(error)) from error


class Made(NamedTuple):
    """A variant that is laid out: how, in which colours, and what tells it from others."""

    arrangement: Arrangement
    scheme: Scheme
    composition: Composition
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Campaign:
    """Everything that is the same for all creatives of a brief. ``seed`` decides between equally good ideas."""

    materials: Materials
    photo: PhotoPyramid
    logo: Logo
    seed: int
    _sets: dict[tuple[RenderKind, int], list[Made]] = field(default_factory=dict, compare=False, repr=False)
    _plans: dict[int, tuple[Idea, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def open(cls, brief: Brief, photo: bytes, logo: bytes, seed: int | None = None) -> Self:
        """Decode and read the pictures. Raises `InvalidInput` for the brief, `UnreadableImage` or `ImageTooLarge` for
        the pictures."""
        validate_brief(brief)
        pyramid = PhotoPyramid(decode_photo(photo))
        chosen = brief.seed(photo, logo) if seed is None else seed
        return cls.of(brief, pyramid, read_photo(pyramid), read_logo(decode_picture(logo)), chosen)

    @classmethod
    def of(cls, brief: Brief, photo: PhotoPyramid, reading: PhotoReading, logo: Logo, seed: int) -> Self:
        """A campaign of pictures that were read before, for example by another brief's campaign."""
        materials = Materials(
            brief,
            SmallPhoto(photo),
            reading,
            CropFinder(reading),
            logo,
            Palette.of(brief.colours),
            Typefaces(brief.font or DEFAULT_FAMILY, brief.font or DEFAULT_FAMILY),
            base_level(brief.headline) == 1,
            _CORNERS[mixed(seed, 17) % len(_CORNERS)],
            seed,
        )
        return cls(materials, photo, logo, seed)

    def compose(self, format: Format, variant: int, of: int = VARIANTS) -> Composition:
        """The creative number ``variant`` (from 1) of a set of ``of``. Raises `TextDoesNotFit` when no arrangement
        can hold the copy legibly.

        A variant depends on those before it, because it must not look like them; they are laid out on the way.
        """
        made = self._sets.setdefault((format.kind, of), [])
        count = max(of, variant)
        if count not in self._plans:
            self._plans[count] = ideas(self.seed, self.materials.palette, self.logo, count)
        plan = self._plans[count]
        for place in range(len(made), variant):
            made.append(self._laid_out(format, plan, place, made))
        return made[variant - 1].composition

    def _laid_out(self, format: Format, plan: tuple[Idea, ...], place: int, made: Sequence[Made]) -> Made:
        """The variant of ``plan[place]``: the first attempt that is far enough from those ``made`` before, or else the
        one that is farthest."""
        idea, farthest, roomy = plan[place], None, False
        # What need not be tried again: designs too near to another variant, and refusals that no larger photo changes.
        near: set[tuple[Arrangement, Scheme, bool]] = set()
        refused: set[tuple[Arrangement, Scheme, bool]] = set()
        for concessions, arrangements in self._attempts(format, plan, place, made):
            if roomy and concessions.get("dense"):
                continue  # copy that can be set generously is never set densely
            for arrangement, scheme in arrangements:
                way = arrangement, scheme, "turn" in concessions
                if way in near or (way in refused and concessions.keys() <= {"enlargement", "turn"}):
                    continue
                draft = Draft(self.materials, format, scheme, self._typefaces(idea), **concessions)
                try:
                    composition = arrangement(draft, place + 1)
                except (Unsuitable, TextDoesNotFit):
                    if not draft.enlargements:
                        refused.add(way)
                    continue
                design = Made(arrangement, scheme, composition, Sketch.of(composition))
                nearest = min((design.sketch.distance(other.sketch) for other in made), default=1.0)
                if nearest >= NEAREST:
                    return design
                near.add(way)
                roomy = roomy or not concessions.get("dense", False)
                if farthest is None or nearest > farthest[0]:
                    farthest = nearest, design
                if len(near) >= _MOST_TRIED:
                    return farthest[1]
        if farthest:
            return farthest[1]
        raise self._does_not_fit(format, idea)

    def _attempts(
        self, format: Format, plan: tuple[Idea, ...], place: int, made: Sequence[Made]
    ) -> Iterator[tuple[dict[str, Any], Sequence[tuple[Arrangement, Scheme]]]]:
        """What is tried for a variant, best first: concessions with the arrangements and colours that they are tried
        on. An arrangement that was used comes again, the other way round and in other colours, when no fresh one is
        left."""
        idea, used = plan[place], [design.arrangement for design in made]
        later = tuple(other.name for other in plan[place + 1 :])
        every = carriers(idea, format.shape, later)
        fresh = [(carrier, idea.scheme) for carrier in every if not is_taken(carrier, used)]
        again = _again(sorted(every, key=used.count), self.materials.palette.schemes, made)
        roomy = [(carrier, idea.scheme) for carrier in last_resorts(format.shape)]
        dense = [*(pair for pair in roomy if not is_taken(pair[0], used)), *fresh]
        yield {}, fresh[:1]
        yield {"enlargement": 2.7}, fresh[:1]
        yield {}, fresh[1:]
        yield {"enlargement": 6.0}, fresh
        yield {"enlargement": 2.7, "break_words": True}, fresh
        yield {"enlargement": 8.0, "dense": True}, dense
        yield {"enlargement": 8.0, "dense": True, "break_words": True}, dense
        yield {"enlargement": 6.0, "turn": True}, again
        yield {"enlargement": 6.0}, again
        yield {"enlargement": 8.0, "dense": True}, roomy
        yield {"enlargement": 8.0, "dense": True, "break_words": True}, roomy

    def _typefaces(self, idea: Idea) -> Typefaces:
        brief = self.materials.brief
        if brief.font is None and idea.name == "editorial":
            return Typefaces(_SERIF, DEFAULT_FAMILY, 600, serif=True)
        return self.materials.typefaces

    def _does_not_fit(self, format: Format, idea: Idea) -> TextDoesNotFit:
        """Name the longest text and how much of it must go, by trying shorter ones."""
        brief = self.materials.brief
        texts = {"headline": brief.headline, "action": brief.action}
        if not format.is_banner:
            texts |= {"punchline": brief.punchline}
            texts |= {"description": brief.description} if brief.description else {}
        field = max(texts, key=lambda name: len(texts[name]) * (2.5 if name == "action" else 1))
        low, high = 1, len(texts[field])
        while low < high - 1:
            middle = (low + high) // 2
            shorter = replace(self.materials, brief=_shortened(brief, field, middle))
            if _fits(shorter, format, idea, self._typefaces(idea)):
                low = middle
            else:
                high = middle
        return TextDoesNotFit(field, len(texts[field]) - low)


def _again(
    arrangements: Sequence[Arrangement], schemes: Sequence[Scheme], made: Sequence[Made]
) -> list[tuple[Arrangement, Scheme]]:
    """``arrangements`` in other colours than they were ``made`` in: each in those that are farthest from its own,
    then each in the next ones."""

    def ranked(arrangement: Arrangement) -> list[Scheme]:
        grounds = [design.scheme.ground for design in made if design.arrangement is arrangement]
        return sorted(schemes, key=lambda scheme: -min((_apart(scheme.ground, own) for own in grounds), default=1.0))

    orders = [(arrangement, ranked(arrangement)) for arrangement in arrangements]
    return [(arrangement, order[turn]) for turn in range(len(schemes)) for arrangement, order in orders]


def _apart(one: Colour, other: Colour) -> float:
    return math.dist(to_oklab(one), to_oklab(other))


def _fits(materials: Materials, format: Format, idea: Idea, typefaces: Typefaces) -> bool:
    for arrangement in last_resorts(format.shape):
        try:
            arrangement(
                Draft(materials, format, idea.scheme, typefaces, dense=True, enlargement=8.0, break_words=True), 1
            )
        except (Unsuitable, TextDoesNotFit):
            continue
        return True
    return False


def _shortened(brief: Brief, field: str, length: int) -> Brief:
    texts: dict[str, Any] = {field: getattr(brief, field)[:length]}
    return replace(brief, **texts)
