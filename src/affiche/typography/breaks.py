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

from affiche.typography.scripts import writing_of

DEAR: Final = 2.5
"""An opportunity of this cost or more is used only inside a piece that is wider than its column."""
_KEEP: Final = 6.0
_INSIDE_PHRASE: Final = 3.0
_LOOSE: Final = 1.2
_UNITS: Final = r"(?:%|‰|°|€|\$|£|¥|₺|₹|kr|zł|Kč|Ft|лв|руб|km|kg|mg|cm|mm|ml|dl|cl|kWh|kW|GB|MB|TB|h|min|Uhr|m²|m|g|l)"
_BEFORE_UNIT: Final = re.compile(rf"[\d.,]\s{_UNITS}(?!\w)")
_AFTER_SYMBOL: Final = re.compile(r"[€$£¥₺₹₽₩№#§]\s\d|\b(?:EUR|USD|GBP|CHF|TRY|Nr\.|No\.|Rs\.?)\s\d")
_THOUSANDS: Final = re.compile(r"\d\s\d{3}(?!\d)")
_DATE: Final = re.compile(r"\d{1,2}\.?\s(?=[^\W\d_]{3,})")
# "iPhone 15", "the Golf 8"; but not "Save 60 %", where the number is the news.
_NAME_AND_NUMBER: Final = regex.compile(r"(?:(?<=\w\s)\p{Lu}\w*|\p{L}+\p{Lu}\w*)\s\d{1,4}(?![\w.,]|\s?[%‰€$£¥₺₹])")
_REACH: Final = 16
_SMALL_WORDS_LIST: Final = """
    a an the of to in on at by for and or de la le les du des un une el los las y o e und der die das den dem ein
    eine im am zu für mit il lo gli di da i w z na do od ve bir et en au aux à с в к о и на за от по у het een van
"""
_SMALL_WORDS: Final = frozenset(_SMALL_WORDS_LIST.split())
# A word of letters with nothing but stops after it: between two of these only the space is an opportunity.
_PLAIN: Final = regex.compile(
    r"[\p{lb=AL}\p{lb=HL}\p{lb=SA}][\p{lb=AL}\p{lb=HL}\p{lb=SA}\p{lb=CM}]*(?:’\p{lb=AL}+)*[.,!?]*"
)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A line may end before ``index``; ``cost`` 0 is a natural place, 6 one that only a narrow column excuses."""

    index: int
    cost: float


@lru_cache(maxsize=1024)
def opportunities(text: str) -> tuple[Opportunity, ...]:
    """The places where ``text`` may be broken, in order; mandatory breaks are not among them (see `paragraphs`)."""
    writing = writing_of(text)
    costs = {index: _cost(text, index) for index in _allowed(text)}
    if writing.has_thai:
        costs |= {index: _cost(text, index) for index in _phrase_ends(text, "th") if _inside_thai(text, index)}
    elif writing.has_kana or (writing.has_han and not writing.has_hangul):
        dear = _INSIDE_PHRASE if writing.has_kana else 1.0
        phrases = set(_phrase_ends(text, "ja" if writing.has_kana else "zh"))
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
    start = max(0, index - _REACH)
    around, place = text[start : index + _REACH], index - start
    for pattern in (_BEFORE_UNIT, _AFTER_SYMBOL, _THOUSANDS):
        if any(match.start() < place < match.end() for match in pattern.finditer(around)):
            return _KEEP
    before, after = text[index - 1], text[index]
    if not before.isspace():
        return 0.6 if before in "-–—/" else 0.3
    if any(match.end() == place for match in _DATE.finditer(around)) and after.isalpha():
        return 2.0
    if any(match.start() < place < match.end() for match in _NAME_AND_NUMBER.finditer(around)):
        return 2.0
    word = around[:place].split()[-1:] or [""]
    if word[0].strip("“\"'(«„").lower() in _SMALL_WORDS:
        return _LOOSE
    if after in "–—&+" and text[index + 1 : index + 2].isspace():
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
    if language == "th":
        return budoux.load_default_thai_parser()
    if language == "zh":
        return budoux.load_default_simplified_chinese_parser()
    return budoux.load_default_japanese_parser()


def _inside_thai(text: str, index: int) -> bool:
    return "\u0e00" <= text[index - 1] <= "\u0eff" and "\u0e00" <= text[index] <= "\u0eff"
