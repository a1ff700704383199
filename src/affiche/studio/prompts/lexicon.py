# SPDX-License-Identifier: Apache-2.0
"""The lexicon: what words mean, in each language that has a file.

``lexicon.en.tsv`` names every concept with its aspect, the concepts that it is ``like`` (a colour: its sRGB value) and
its English terms. ``lexicon.XX.tsv`` adds the terms of another language; those of English hold in every language,
because marketers mix them in.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from affiche.images.colour import Colour
from affiche.studio.prompts.wording import Speller, keys, stem

DATA: Final = Path(__file__).with_name("data")
ENGLISH: Final = "en"
_SHORTEST_PART: Final = 4


class Aspect(StrEnum):
    """What part of a picture a concept speaks of."""

    MATERIAL = "material"
    SURFACE = "surface"
    BACKDROP = "backdrop"
    PLACE = "place"
    PROP = "prop"
    LIGHT = "light"
    SEASON = "season"
    MOOD = "mood"
    COLOUR = "colour"
    CAMERA = "camera"
    UNDRAWABLE = "undrawable"
    FILLER = "filler"


class Part(StrEnum):
    """What the words of a grammar do; the first five say which part a phrase plays in the picture."""

    SURFACE = "surface"
    BACKDROP = "backdrop"
    PLACE = "place"
    PROPS = "props"
    LIGHT = "light"
    NEGATION = "negation"
    JOIN = "joins"
    ARTICLE = "articles"


@dataclass(frozen=True, slots=True)
class Concept:
    """``like``: how well other concepts stand in for it, 0..1; ``colour`` is that of a colour."""

    name: str
    aspect: Aspect
    like: dict[str, float] = field(default_factory=dict, hash=False)
    colour: Colour | None = None


class Marker(NamedTuple):
    """A word of the grammar; ``after`` those that follow what they speak of."""

    part: Part
    after: bool


class Entry(NamedTuple):
    """What ``length`` words mean."""

    meaning: Concept | Marker
    length: int


class Lexicon:
    """The words of one language, with those of English beneath."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._exact: dict[tuple[str, ...], Concept | Marker] = {}
        self._stems: dict[tuple[str, ...], Concept | Marker] = {}
        self._known: set[str] = set()
        self._known_stems: set[str] = set()
        grammar = _grammar()
        self._endings: tuple[str, ...] = tuple(grammar[language].get("endings", ()))
        self._shortest: int = grammar[language].get("shortest", 4)
        self.postnominal: bool = grammar[language].get("postnominal", False)
        for source in dict.fromkeys((language, ENGLISH)):
            for term, marker in _markers(grammar[source]):
                self._add(term, marker)
            for term, concept in _terms(source):
                self._add(term, concept)
        self.longest = max(len(term) for term in self._exact)
        self._speller = Speller(self._known)

    def _add(self, term: tuple[str, ...], meaning: Concept | Marker) -> None:
        self._exact.setdefault(term, meaning)
        self._stems.setdefault(self._stemmed(term), meaning)
        self._known.update(term)
        self._known_stems.update(self._stemmed(term))

    def _stemmed(self, term: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(stem(word, self._endings, self._shortest) for word in term)

    def spelt(self, word: str) -> tuple[str, ...]:
        """``word`` as the lexicon writes it: itself if known, without a slip of the pen, or in two known parts."""
        if word in self._known or self._stemmed((word,))[0] in self._known_stems:
            return (word,)
        return self._parts(word) or (self._speller.corrected(word) or word,)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The two things that a compound names, as in 'Marmortisch'."""
        for cut in range(_SHORTEST_PART, min(len(word), 24) - _SHORTEST_PART + 1):
            head, tail = (word[:cut],), (word[cut:],)
            if self._found(tail):
                for first in (head, (word[: cut - 1],) if word[cut - 1] == "s" else head):
                    if len(first[0]) >= _SHORTEST_PART and self._found(first):
                        return (*first, *tail)
        return ()

    def _found(self, term: tuple[str, ...]) -> Concept | None:
        meaning = self._exact.get(term) or self._stems.get(self._stemmed(term))
        return meaning if isinstance(meaning, Concept) else None

    def entry(self, spelt: list[str], start: int) -> Entry | None:
        """The longest term that begins at ``start``; None where no term does."""
        for length in range(min(self.longest, len(spelt) - start), 0, -1):
            term = tuple(spelt[start : start + length])
            meaning = self._exact.get(term) or self._stems.get(self._stemmed(term))
            if meaning is not None:
                return Entry(meaning, length)
        return None


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """Every concept by its name."""
    return {row["concept"]: _concept(row) for row in _rows(ENGLISH)}


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that are read, English first."""
    return tuple(_grammar())


@lru_cache(maxsize=32)
def lexicon(language: str) -> Lexicon:
    """The words of a language, read once."""
    return Lexicon(language)


def weights(text: str) -> dict[str, float]:
    """``marble .7, stone .6`` as numbers."""
    pairs = (part.rsplit(" ", 1) for part in text.split(", ") if part)
    return {name: float(weight) for name, weight in pairs}


def _concept(row: dict[str, str]) -> Concept:
    aspect = Aspect(row["aspect"])
    if aspect is Aspect.COLOUR:
        return Concept(row["concept"], aspect, colour=Colour.from_hex(row["like"]))
    return Concept(row["concept"], aspect, weights(row["like"]))


def _terms(language: str) -> Iterator[tuple[tuple[str, ...], Concept]]:
    for row in _rows(language):
        for term in row["terms"].split(", "):
            yield keys(term), concepts()[row["concept"]]


def _markers(grammar: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Marker]]:
    for after, table in ((False, grammar), (True, grammar.get("after", {}))):
        for part in Part:
            for term in table.get(part.value, ()):
                yield keys(term), Marker(part, after)


def _rows(language: str) -> list[dict[str, str]]:
    with (DATA / f"lexicon.{language}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=1)
def _grammar() -> dict[str, dict[str, Any]]:
    return tomllib.loads((DATA / "grammar.toml").read_text("utf-8"))
