# SPDX-License-Identifier: Apache-2.0
"""The kinds of products and their flavours and scents, by the words that labels use in eleven languages.

``kinds.csv`` has a row per kind: its English noun, world, what a rectangular pack of it is called, what its bottles are
made of, traits, and its words by language; ``_`` joins words that belong together. Of the traits, ``counted`` marks
things that are counted and ``weak`` those that are also ingredients: honey in a shampoo. ``notes.csv`` has flavours.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Generic, TypeVar

from affiche.recognition.kinds import Kind, World
from affiche.recognition.words import folded, ideographic

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "zh", "ja")
_COMPOUNDING: Final = ("de", "nl", "sv")
_EXACT_UP_TO: Final = 3
_PART_FROM: Final = 4
_REST_FROM: Final = 3
_ONE_SLIP_FROM: Final = 6
_TWO_SLIPS_FROM: Final = 9
_MOST_WORDS: Final = 4

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Term(Generic[Meaning]):
    """``words`` of the label from ``start`` to ``end`` (exclusive) mean ``meaning``. ``sure`` is 1 for the very words,
    less for words with a slip of reading and for parts of a compound."""

    meaning: Meaning
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[Meaning]):
    """``phrases`` by their folded words, ``parts`` that end or begin compounds, ``signs`` of Chinese and Japanese."""

    phrases: Mapping[tuple[str, ...], Meaning]
    parts: Mapping[str, Meaning]
    signs: Mapping[str, Meaning]
    _by_length: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[tuple[Meaning, Mapping[str, Sequence[str]]]]) -> "Lexicon[Meaning]":
        """From each meaning's terms by language; a term that two meanings share belongs to the first."""
        phrases: dict[tuple[str, ...], Meaning] = {}
        parts: dict[str, Meaning] = {}
        signs: dict[str, Meaning] = {}
        for meaning, languages in entries:
            for language, terms in languages.items():
                for term in terms:
                    if ideographic(term):
                        signs.setdefault(term, meaning)
                        continue
                    words = tuple(folded(word) for word in term.split("_"))
                    phrases.setdefault(words, meaning)
                    if language in _COMPOUNDING and len(words) == 1 and len(words[0]) >= _PART_FROM:
                        parts.setdefault(words[0], meaning)
        lengths: dict[int, tuple[str, ...]] = {}
        for words in phrases:
            if len(words) == 1 and len(words[0]) >= _ONE_SLIP_FROM:
                lengths[len(words[0])] = (*lengths.get(len(words[0]), ()), words[0])
        return cls(phrases, parts, signs, lengths)

    def terms(self, words: Sequence[str]) -> Iterator[Term[Meaning]]:
        """What consecutive printed words mean, the longest phrases first; each word counts once."""
        bare = [folded(word) for word in words]
        free = [True] * len(bare)
        for length in range(_MOST_WORDS, 0, -1):
            for start in range(len(bare) - length + 1):
                span = range(start, start + length)
                if not all(free[place] for place in span):
                    continue
                found = self._meaning(bare[start : start + length])
                if found is None:
                    continue
                for place in span:
                    free[place] = False
                yield Term(found[0], start, start + length, found[1])
        for start, word in enumerate(words):
            if free[start] and ideographic(word):
                yield from (Term(meaning, start, start + 1, 1.0) for meaning in self._signed(word))

    def _meaning(self, bare: Sequence[str]) -> tuple[Meaning, float] | None:
        phrase = tuple(bare)
        if phrase in self.phrases:
            return self.phrases[phrase], 1.0
        word = bare[0]
        # Print that is set apart in two words is often one: orange nectar, Havre Gurt.
        if len(bare) == 2 and ("".join(bare),) in self.phrases:
            return self.phrases["".join(bare),], 0.9
        if len(bare) > 1 or len(word) <= _EXACT_UP_TO:
            return None
        if len(word) > _EXACT_UP_TO + 1 and word.endswith("s") and (word[:-1],) in self.phrases:
            return self.phrases[word[:-1],], 0.95
        return self._compound(word) or self._misread(word)

    def _compound(self, word: str) -> tuple[Meaning, float] | None:
        """Sommarmjölk is milk and Apfelsaft juice: the longest part at the end decides, or else at the beginning."""
        for length in range(len(word) - _REST_FROM, _PART_FROM - 1, -1):
            if word[-length:] in self.parts:
                return self.parts[word[-length:]], 0.85
        return None

    def _misread(self, word: str) -> tuple[Meaning, float] | None:
        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        if len(word) < _ONE_SLIP_FROM:
            return None
        for allowed in range(1, slips + 1):
            for length in range(len(word) - allowed, len(word) + allowed + 1):
                for known in self._by_length.get(length, ()):
                    if differing(word, known, allowed):
                        return self.phrases[known,], 0.9 - 0.15 * allowed
        return None

    def _signed(self, word: str) -> Iterator[Meaning]:
        """The signs in a run of text, the longest first; single ones count only alone."""
        longest = sorted(self.signs, key=lambda sign: (-len(sign), sign))
        taken = word
        for sign in longest:
            if (len(sign) > 1 and sign in taken) or sign == word:
                taken = taken.replace(sign, " ")
                yield self.signs[sign]


def differing(one: str, other: str, most: int) -> bool:
    """Whether at most ``most`` letters have to be put in, left out or changed (Levenshtein distance)."""
    if abs(len(one) - len(other)) > most:
        return False
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, known in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != known)))
        if min(now) > most:
            return False
        before = now
    return before[-1] <= most


@cache
def kinds() -> Lexicon[Kind]:
    """Every kind of product that is known."""
    return Lexicon.of((_kind(row), _languages(row)) for row in _rows("kinds.csv"))


@cache
def notes() -> Lexicon[str]:
    """Flavours and scents, by their English name. Compounds begin with them: Apfelsaft, apelsinjuice."""
    return Lexicon.of((row["note"], _languages(row)) for row in _rows("notes.csv"))


def note_within(word: str) -> str | None:
    """The flavour that a compound begins with."""
    bare, lexicon = folded(word), notes()
    for length in range(len(bare) - _REST_FROM, _PART_FROM, -1):
        if bare[:length] in lexicon.parts:
            return lexicon.parts[bare[:length]]
    return None


def _kind(row: Mapping[str, str]) -> Kind:
    traits = row["traits"].split()
    return Kind(row["noun"], World(row["world"]), row["vessel"], row["bottle"], "counted" in traits, "weak" in traits)


def _languages(row: Mapping[str, str]) -> dict[str, list[str]]:
    return {language: row[language].split() for language in LANGUAGES}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("affiche.recognition").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
