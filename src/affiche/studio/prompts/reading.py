# SPDX-License-Identifier: Apache-2.0
"""Reads a prompt in one language: which things it mentions, and which part each plays in the picture."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from affiche.studio.prompts.lexicon import Aspect, Concept, Lexicon, Marker, Part
from affiche.studio.prompts.wording import Word, words


class Theme(StrEnum):
    """What a mention speaks of; each weighs differently in a prompt."""

    SURFACE = "surface"
    BACKDROP = "backdrop"
    PLACE = "place"
    PROP = "prop"
    LIGHT = "light"
    SEASON = "season"
    MOOD = "mood"
    PALETTE = "palette"
    CAMERA = "camera"
    UNDRAWABLE = "undrawable"
    UNKNOWN = "unknown"


class Mention(NamedTuple):
    """A thing that a prompt speaks of, with its materials and colours, in the prompt's own words (``text``).

    ``part`` is what the phrase around it plays in the picture, None where no word says so. ``negated`` things are
    asked not to be there. ``leading`` ones stand before anything that says where: mostly they are the product."""

    theme: Theme
    concepts: tuple[Concept, ...]
    text: str
    part: Part | None = None
    negated: bool = False
    leading: bool = False

    @property
    def colours(self) -> tuple[Concept, ...]:
        return tuple(one for one in self.concepts if one.aspect is Aspect.COLOUR)

    @property
    def things(self) -> tuple[Concept, ...]:
        """All concepts but colours."""
        return tuple(one for one in self.concepts if one.aspect is not Aspect.COLOUR)


_HEADS: Final = {
    Aspect.SURFACE: Theme.SURFACE,
    Aspect.BACKDROP: Theme.BACKDROP,
    Aspect.PLACE: Theme.PLACE,
    Aspect.PROP: Theme.PROP,
    Aspect.LIGHT: Theme.LIGHT,
}
_ALONE: Final = {
    Aspect.SEASON: Theme.SEASON,
    Aspect.MOOD: Theme.MOOD,
    Aspect.CAMERA: Theme.CAMERA,
    Aspect.UNDRAWABLE: Theme.UNDRAWABLE,
    Aspect.LIGHT: Theme.LIGHT,
}
_COLOURED_LIGHT: Final = ("light_word", "neon")
"""Light that a colour before it belongs to; 'grey shadowy room' is a grey room."""

_OF_PART: Final = {Part.BACKDROP: Theme.BACKDROP, Part.PROPS: Theme.PROP}
VAGUE: Final = frozenset({"any_surface", "any_backdrop", "light_word"})
"""Heads that name a part of the picture and nothing in it: background, surface, light."""


class _Piece(NamedTuple):
    """What the words ``first`` to ``last`` (exclusive) mean; None: nobody knows."""

    meaning: Concept | Marker | None
    first: int
    last: int
    stops: bool


class _Group:
    """A noun with the materials and colours around it, while it is read."""

    def __init__(self) -> None:
        self.concepts: list[Concept] = []
        self.places: list[int] = []
        self.head: Concept | None = None
        self.linked = False

    def takes(self, concept: Concept, postnominal: bool) -> bool:
        """Whether ``concept`` belongs to this noun, too."""
        if self.head is None:
            return concept.aspect is not Aspect.LIGHT or not self._of(Aspect.MATERIAL)
        if concept.name in VAGUE:
            return concept.aspect is self.head.aspect or concept.aspect is Aspect.BACKDROP
        if concept.aspect is Aspect.MATERIAL:
            return (postnominal or self.linked) and not self._of(Aspect.MATERIAL)
        return concept.aspect is Aspect.COLOUR and postnominal and not self._of(Aspect.COLOUR)

    def add(self, concept: Concept, places: range) -> None:
        self.concepts.append(concept)
        self.places.extend(places)
        self.linked = False
        if concept.aspect in _HEADS and (self.head is None or self.head.name in VAGUE):
            self.head = concept

    def _of(self, aspect: Aspect) -> bool:
        return any(one.aspect is aspect for one in self.concepts)

    def theme(self, part: Part | None) -> Theme:
        if any(one.aspect is Aspect.BACKDROP and one.name in VAGUE for one in self.concepts):
            return Theme.PLACE if self.head and self.head.aspect is Aspect.PLACE else Theme.BACKDROP
        if self.head is not None:
            return _HEADS[self.head.aspect]
        if self._of(Aspect.MATERIAL):
            return _OF_PART.get(part, Theme.SURFACE) if part else Theme.SURFACE
        return Theme.PALETTE


class _Reader:
    """One pass over the words of a prompt."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text, self._lexicon = text, lexicon
        self._words = words(text)
        self._spelt, self._origin = _spelt(self._words, lexicon)
        self._made: list[Mention] = []
        self._phrase_start = 0
        self._part: Part | None = None
        self._negated = self._fresh_negation = False
        self._leading = True
        self._group = _Group()
        self._unknown: list[int] = []

    def mentions(self) -> tuple[Mention, ...]:
        for piece in self._pieces():
            self._take(piece)
        self._end_phrase()
        return tuple(self._made)

    def _pieces(self) -> Iterator[_Piece]:
        at = 0
        while at < len(self._spelt):
            entry = self._lexicon.entry(self._spelt, at)
            length = entry.length if entry else 1
            stops = self._words[self._origin[at]].stops
            yield _Piece(entry.meaning if entry else None, at, at + length, stops)
            at += length

    def _take(self, piece: _Piece) -> None:
        places = range(self._origin[piece.first], self._origin[piece.last - 1] + 1)
        if piece.stops:
            self._end_phrase()
        elif isinstance(piece.meaning, Marker):
            self._mark(piece.meaning)
        elif piece.meaning is None:
            self._unknown.extend(places)
        else:
            self._end_unknown()
            self._mention(piece.meaning, places)

    def _mark(self, marker: Marker) -> None:
        if marker.part is Part.ARTICLE:
            self._group.linked = True
            return
        self._end_group()
        if marker.after:
            self._mark_back(marker.part)
        elif marker.part is Part.NEGATION:
            self._negated = self._fresh_negation = True
        elif marker.part is not Part.JOIN:
            self._negated = self._negated and self._fresh_negation
            self._begin_phrase(marker.part)

    def _mark_back(self, part: Part) -> None:
        """A word that follows what it speaks of: the phrase ends here."""
        phrase = self._made[self._phrase_start :]
        if part is Part.NEGATION:
            if phrase:
                self._made[-1] = phrase[-1]._replace(negated=True)
            return
        if part is not Part.JOIN:
            self._made[self._phrase_start :] = [_playing(one, part) for one in phrase]
        self._begin_phrase(None)

    def _mention(self, concept: Concept, places: range) -> None:
        if concept.aspect is Aspect.FILLER:
            return
        self._fresh_negation = False
        alone = _ALONE.get(concept.aspect)
        if alone and concept.name not in _COLOURED_LIGHT:
            self._say(alone, (concept,), list(places))
            return
        if not self._group.takes(concept, self._lexicon.postnominal):
            self._end_group()
        self._group.add(concept, places)

    def _end_group(self) -> None:
        self._end_unknown()
        group, self._group = self._group, _Group()
        if group.concepts:
            self._say(group.theme(self._part), tuple(group.concepts), group.places)

    def _end_unknown(self) -> None:
        places, self._unknown = self._unknown, []
        if places:
            self._say(Theme.UNKNOWN, (), places)

    def _say(self, theme: Theme, concepts: tuple[Concept, ...], places: list[int]) -> None:
        self._made.append(Mention(theme, concepts, self._quoted(places), self._part, self._negated, self._leading))

    def _begin_phrase(self, part: Part | None) -> None:
        self._part, self._phrase_start = part, len(self._made)
        self._leading = self._leading and part is None

    def _end_phrase(self) -> None:
        self._end_group()
        self._negated = self._fresh_negation = False
        self._begin_phrase(None)

    def _quoted(self, places: list[int]) -> str:
        """The words at ``places`` as they were written; runs are joined by a blank."""
        ordered = sorted(set(places))
        runs: list[list[int]] = []
        for place in ordered:
            if runs and place == runs[-1][1] + 1:
                runs[-1][1] = place
            else:
                runs.append([place, place])
        return " ".join(self._text[self._words[first].start : self._words[last].end] for first, last in runs)


def read(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions of a `cleaned` text, in its order."""
    return _Reader(text, lexicon).mentions()


def _spelt(found: list[Word], lexicon: Lexicon) -> tuple[list[str], list[int]]:
    """The words as the lexicon writes them, and which word of the text each one comes from."""
    spelt: list[str] = []
    origin: list[int] = []
    for place, word in enumerate(found):
        parts = (word.key,) if word.stops else lexicon.spelt(word.key)
        spelt.extend(parts)
        origin.extend([place] * len(parts))
    return spelt, origin


def _playing(mention: Mention, part: Part) -> Mention:
    """``mention`` in a phrase that plays ``part``: a bare material becomes what the part is made of."""
    heads = [one for one in mention.concepts if one.aspect in _HEADS]
    theme = mention.theme
    if not heads and mention.theme is Theme.SURFACE and mention.concepts:
        theme = _OF_PART.get(part, theme)
    return mention._replace(theme=theme, part=part, leading=False)
