# SPDX-License-Identifier: Apache-2.0
"""Where a line may end, and how much we dislike it there.

UAX #14 gives the opportunities; BudouX adds phrases for Japanese and words for Thai; what an editor would keep
together (a price, "60 %", an article and its noun) is forbidden or made dear.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import budoux
from uniseg.linebreak import line_break_boundaries

from affiche.typography.scripts import writing_of

_KEEP: Final = 6.0
_LOOSE: Final = 1.2
_UNITS: Final = r"(?:%|‰|°|€|\$|£|¥|₺|₹|kr|zł|Kč|Ft|km|kg|mg|cm|mm|ml|dl|cl|kWh|kW|GB|MB|TB|h|min|Uhr|m²|m|g|l)"
_BEFORE_UNIT: Final = re.compile(rf"\d\s{_UNITS}(?!\w)")
_AFTER_SYMBOL: Final = re.compile(r"[€$£¥₺₹№#]\s\d")
_DATE: Final = re.compile(r"\d{1,2}\.?\s(?=[^\W\d_]{3,})")
_SMALL_WORDS_LIST: Final = """
    a an the of to in on at by for and or de la le les du des un une el los las y o e und der die das den dem ein
    eine im am zu für mit il lo gli di da i w z na do od ve bir et en au aux à
"""
_SMALL_WORDS: Final = frozenset(_SMALL_WORDS_LIST.split())


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A line may end before ``index``; ``cost`` 0 is a natural place, 6 one that only a narrow column excuses."""

    index: int
    cost: float


@lru_cache(maxsize=1024)
def opportunities(text: str) -> tuple[Opportunity, ...]:
    """The places where ``text`` may be broken, in order; mandatory breaks are not among them (see `paragraphs`)."""
    writing = writing_of(text)
    places = dict.fromkeys(boundary for boundary in line_break_boundaries(text) if 0 < boundary < len(text))
    costs = {index: _cost(text, index) for index in places}
    if writing.has_thai:
        costs |= {index: _cost(text, index) for index in _phrase_ends(text, "th") if _inside_thai(text, index)}
    if writing.has_kana:
        phrases = set(_phrase_ends(text, "ja"))
        costs = {
            index: cost if index in phrases or text[index - 1].isspace() else max(cost, 3.0)
            for index, cost in costs.items()
        }
    return tuple(Opportunity(index, cost) for index, cost in sorted(costs.items()) if cost < _KEEP)


def paragraphs(text: str) -> list[str]:
    """The text cut at its own line ends."""
    return [line.strip() for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text) if line.strip()] or [""]


def _cost(text: str, index: int) -> float:
    before, after = text[:index], text[index:]
    around = before[-3:] + after[:4]
    place = len(before[-3:])
    for pattern in (_BEFORE_UNIT, _AFTER_SYMBOL):
        for match in pattern.finditer(around):
            if match.start() < place <= match.end():
                return _KEEP
    if not before[-1:].isspace():
        return 0.6 if before[-1:] in "-–—/" else 0.3
    if _DATE.search(before[-4:]) and after[:1].isalpha():
        return 2.0
    word = before.split()[-1].strip("“\"'(«„").lower() if before.split() else ""
    if word in _SMALL_WORDS:
        return _LOOSE
    if after[:1] in "–—&+" and after[1:2].isspace():
        return 0.8
    return 0.0


@lru_cache(maxsize=512)
def _phrase_ends(text: str, language: str) -> tuple[int, ...]:
    ends, place = [], 0
    for phrase in _parser(language).parse(text):
        place += len(phrase)
        ends.append(place)
    return tuple(ends[:-1])


@cache
def _parser(language: str) -> budoux.Parser:
    return budoux.load_default_thai_parser() if language == "th" else budoux.load_default_japanese_parser()


def _inside_thai(text: str, index: int) -> bool:
    return "\u0e00" <= text[index - 1] <= "\u0eff" and "\u0e00" <= text[index] <= "\u0eff"
