# SPDX-License-Identifier: Apache-2.0
"""Who made a product and what it is, as far as its label says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from affiche.recognition.kinds import Kind
from affiche.recognition.label import LabelLine
from affiche.recognition.lexicon import Lexicon, Meaning, Term, kinds, note_within, notes
from affiche.recognition.words import ideographic, is_common, is_grammar, is_quantity, tokens

LONGEST_BRAND: Final = 40
"""Characters of the longest brand that is believed; longer ones are slogans."""

_SURE: Final = 0.8
_BRAND_SURE: Final = 0.9
_ODD_SURE: Final = 0.97
_ODD_CASE: Final = re.compile(r"[A-Z]{2,}[a-z]|[a-z][A-Z]+[a-z]*[A-Z]")
_SHORT: Final = 3
_SHORT_FROM: Final = 0.07
_MOST_WORDS: Final = 3
_UPPER: Final = 0.5
_UPPER_BONUS: Final = 1.15
_WEAK: Final = 0.6
_PHRASE_BONUS: Final = 0.25
_SMALL_PRINT: Final = 0.2


@dataclass(frozen=True, slots=True)
class Identity:
    """``brand`` is as printed. ``note`` is an English word for a flavour or a scent. ``text`` is the most prominent
    print, brand or not. Each is empty, or None, if the label does not say."""

    brand: str = ""
    kind: Kind | None = None
    note: str = ""
    text: str = ""


def identity_of(lines: Sequence[LabelLine]) -> Identity:
    """Read the lines as a shopper does: large print counts most, and what is no word of any trade is a name."""
    if not lines:
        return Identity()
    tallest = max((line.height for line in lines if line.confidence >= _SURE), default=0.0)
    legible = [line for line in lines if line.height >= _SMALL_PRINT * tallest]
    words = [(word, line) for line in legible for word in tokens(line.text)]
    kind, kind_words = _best(kinds(), words)
    note, note_words = _best(notes(), words)
    spoken = kind_words | note_words
    brand = _brand(words, spoken)
    sure = [line for line in legible if line.confidence >= _SURE and not is_quantity(line.text)]
    text = max(sure, key=lambda line: line.height * line.confidence).text if sure else ""
    flavour = note.meaning if note else next((found for word, _ in words if (found := note_within(word))), "")
    return Identity(brand, kind.meaning if kind else None, flavour, text)


def _best(lexicon: Lexicon[Meaning], words: Sequence[tuple[str, LabelLine]]) -> tuple[Term[Meaning] | None, set[int]]:
    """The term in the largest print, and the places of all words that mean something."""
    best: Term[Meaning] | None = None
    greatest, places = 0.0, set[int]()
    for term in lexicon.terms([word for word, _ in words]):
        places.update(range(term.start, term.end))
        line = words[term.start][1]
        weight = line.height * line.confidence * term.sure * (1 + _PHRASE_BONUS * (term.end - term.start - 1))
        if isinstance(term.meaning, Kind) and term.meaning.weak:
            weight *= _WEAK
        if weight > greatest:
            best, greatest = term, weight
    return best, places


def _brand(words: Sequence[tuple[str, LabelLine]], spoken: set[int]) -> str:
    """The most prominent run of words that say nothing else; "" if there is none that was read well."""
    best, greatest = "", 0.0
    for run in _names(words, spoken):
        text = " ".join(word for word, _ in run)
        letters = sum(character.isalpha() for character in text)
        height = max(line.height for _, line in run)
        confidence = min(line.confidence for _, line in run)
        short = letters <= _SHORT and not ideographic(text)
        # A reader that is unsure of a logo mixes the cases: CArto.
        needed = _ODD_SURE if _ODD_CASE.search(text) else _BRAND_SURE
        if confidence < needed or letters < 2 or len(text) > LONGEST_BRAND or (short and height < _SHORT_FROM):
            continue
        middle = (run[0][1].top + run[-1][1].bottom) / 2
        weight = height * confidence * (_UPPER_BONUS if middle < _UPPER else 1.0)
        weight *= 0.5 if len(run) > _MOST_WORDS else 1.0
        if weight > greatest:
            best, greatest = text, weight
    return best.strip("-'!., ") if greatest else ""


def _names(words: Sequence[tuple[str, LabelLine]], spoken: set[int]) -> list[list[tuple[str, LabelLine]]]:
    """Runs of words that are neither kinds nor notes nor common, within a line."""
    runs: list[list[tuple[str, LabelLine]]] = []
    for _, group in groupby(enumerate(words), key=lambda item: id(item[1][1])):
        run: list[tuple[str, LabelLine]] = []
        for place, (word, line) in group:
            if place in spoken or is_quantity(word) or (is_grammar(word) and not run):
                runs.append(run)
                run = []
            else:
                run.append((word, line))
        while run and is_common(run[-1][0]):
            run.pop()
        runs.append(run)
    return [run for run in runs if not all(is_common(word) for word, _ in run)]
