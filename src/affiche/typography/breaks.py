# SPDX-License-Identifier: Apache-2.0
"""Where a line may end, and how much we dislike it there.

UAX #14 gives the opportunities; BudouX adds phrases for Japanese and Chinese and words for Thai; what an editor would
keep together (a price, "60 %", a Korean word, an article and its noun) is forbidden or made dear.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import budoux
import regex
from uniseg.linebreak import line_break_boundaries

from affiche.typography.clitics import Lean, lean, leans_back
from affiche.typography.couplings import Coupling, coupled
from affiche.typography.scripts import is_turkic, language_of, writing_of

DEAR: Final = 2.5
"""An opportunity of this cost or more is used only inside a piece that is wider than its column."""
_KEEP: Final = 6.0
_INSIDE_PHRASE: Final = 3.0
_INSIDE_ADDRESS: Final = 4.0
_STUCK: Final = 2.8
_INSIDE_NAME: Final = 2.0
_LOOSE: Final = 2.4
_COUPLED: Final = 1.2
_ADDRESS: Final = re.compile(r"\W*(?:https?://|www\.|[\w.+-]+@\w|(?:[\w-]+\.)+[\w-]+/)")
_HYPHENS: Final = "-‐"
_DASHES: Final = "–—"
_PART_BEFORE: Final = re.compile(r"[^\s\-‐]*$")
_PART_AFTER: Final = re.compile(r"[^\s\-‐]*")
# Writing in which a line may end without a space, and signs that say that it may.
_UNSPACED: Final = regex.compile(
    r"[\p{lb=ID}\p{lb=H2}\p{lb=H3}\p{lb=CJ}\p{lb=NS}\p{lb=OP}\p{lb=CL}\p{lb=SA}\p{lb=EB}\p{lb=EM}\p{lb=RI}\xad\u200b]"
)
_SHORT_PART: Final = 3
_REACH: Final = 24
# A word of letters with nothing but stops after it: between two of these only the space is an opportunity.
_PLAIN: Final = regex.compile(
    r"[\p{lb=AL}\p{lb=HL}\p{lb=SA}][\p{lb=AL}\p{lb=HL}\p{lb=SA}\p{lb=CM}]*(?:’\p{lb=AL}+)*[.,!?]*"
)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A line may end before ``index``; ``cost`` 0 is a natural place, 6 one that only a narrow column excuses."""

    index: int
    cost: float


@lru_cache(maxsize=64)
def opportunities(text: str) -> tuple[Opportunity, ...]:
    """The places where ``text`` may be broken, in order; mandatory breaks are not among them (see `paragraphs`)."""
    writing = writing_of(text)
    costs = {index: _cost(text, index) for index in _allowed(text)}
    if writing.has_thai:
        costs |= {index: _cost(text, index) for index in _phrase_ends(text, "th") if _inside_thai(text, index)}
    elif writing.has_kana or (writing.has_han and not writing.has_hangul):
        dear = _INSIDE_PHRASE if writing.has_kana else 1.0
        phrases = set(_phrase_ends(text, language_of(text)))
        for index, cost in costs.items():
            if index not in phrases and not text[index - 1].isspace():
                costs[index] = max(cost, dear)
    elif writing.has_hangul:
        for index, cost in costs.items():
            if not text[index - 1].isspace():
                costs[index] = max(cost, _INSIDE_PHRASE)
    return tuple(Opportunity(index, cost) for index, cost in sorted(costs.items()) if cost < _KEEP)


def paragraphs(text: str) -> list[str]:
    """The text cut at its own line ends, each stretch of breaking white space made one space."""
    lines = re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text)
    return [shown for line in lines if (shown := re.sub(r"[ \t\x1c-\x1f]+", " ", line).strip())] or [""]


def _allowed(text: str) -> Iterator[int]:
    """The opportunities of UAX #14. Plain words are not worth asking about: what lies between them is settled."""
    words = [match.span() for match in re.finditer(r"[^ ]+", text)]
    plain = [_PLAIN.fullmatch(text, *span) is not None for span in words]
    place = 0
    while place < len(words):
        if plain[place]:
            if place + 1 < len(words) and plain[place + 1]:
                yield words[place + 1][0]
            place += 1
            continue
        last = place
        while last + 1 < len(words) and not plain[last + 1]:
            last += 1
        start = words[max(0, place - 1)][0]
        end = words[min(len(words) - 1, last + 1)][1]
        for boundary in line_break_boundaries(text[start:end]):
            if 0 < boundary < end - start:
                yield start + boundary
        place = last + 1


def _cost(text: str, index: int) -> float:
    """What it costs to break before ``index``, where UAX #14 allows it."""
    start = max(0, index - _REACH)
    around, place = text[start : index + _REACH], index - start
    coupling = coupled(around, place)
    if coupling is Coupling.ONE_FIGURE:
        return _KEEP
    if not text[index - 1].isspace():
        return _cost_inside(text, index)
    before, after = (around[:place].split() or [""])[-1], (around[place:].split() or [""])[0]
    turkic = is_turkic(text)
    leaning = lean(before, turkic)
    if leaning is Lean.STICKS or coupling is Coupling.DATE:
        return _STUCK
    if coupling is Coupling.NAME:
        return _INSIDE_NAME
    if leaning is Lean.FORWARD or leans_back(after, turkic) or after in ("–", "—"):
        return _LOOSE
    return _COUPLED if coupling is Coupling.COUNT or after in ("&", "+") else 0.0


def _cost_inside(text: str, index: int) -> float:
    """The cost of a break that no space excuses: beside a hyphen, dash or slash, in an address, between signs."""
    if _ADDRESS.match(text, text.rfind(" ", 0, index) + 1):
        return _INSIDE_ADDRESS
    before, after = text[index - 1], text[index]
    if before in _HYPHENS:
        first, second = _PART_BEFORE.search(text, 0, index - 1), _PART_AFTER.match(text, index)
        shortest = min(len(part.group()) for part in (first, second) if part)
        return _STUCK if shortest < _SHORT_PART else _COUPLED
    if after in _DASHES:
        return _LOOSE
    if before in _DASHES or before == "/":
        return 0.6
    return 0.3 if _UNSPACED.match(before) or _UNSPACED.match(after) else _STUCK


@lru_cache(maxsize=64)
def _phrase_ends(text: str, language: str) -> tuple[int, ...]:
    ends, place = [], 0
    for phrase in _parser(language).parse(text):
        place += len(phrase)
        ends.append(place)
    return tuple(ends[:-1])


@cache
def _parser(language: str) -> budoux.Parser:
    if language == "th":
        return budoux.load_default_thai_parser()
    if language == "zh-hans":
        return budoux.load_default_simplified_chinese_parser()
    if language == "zh-hant":
        return budoux.load_default_traditional_chinese_parser()
    return budoux.load_default_japanese_parser()


def _inside_thai(text: str, index: int) -> bool:
    return "\u0e00" <= text[index - 1] <= "\u0eff" and "\u0e00" <= text[index] <= "\u0eff"
