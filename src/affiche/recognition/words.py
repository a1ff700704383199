# SPDX-License-Identifier: Apache-2.0
"""Words that stand on many labels and name no brand: praise, quantities, and the small words of eleven languages."""

import re
import unicodedata
from importlib.resources import files
from typing import Final

_TOKENS: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*[!']?")
_QUANTITY: Final = re.compile(
    r"(?:\d+(?:[.,]\d+)?(?:ml|cl|dl|l|kg|g|mg|oz|floz|fl|lb|%|x|pcs|st|cm|mm|w|v|mah|spf|lf|kcal|kj)?|spf\d+\+?|[\d.,+%x/-]+)"
)
_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")


def tokens(text: str) -> list[str]:
    """The words of a line as printed, numbers included."""
    return _TOKENS.findall(text)


def folded(word: str) -> str:
    """A word for comparison: lower case, without accents and hyphens, ligatures as letters."""
    lowered = (
        word.casefold().replace("æ", "ae").replace("œ", "oe").replace("ø", "o").replace("ł", "l").replace("ı", "i")
    )
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(mark))
    return bare.replace("-", "").replace("’", "'").rstrip("'!.")


def ideographic(text: str) -> bool:
    """Whether it is written in Chinese or Japanese, which put no space between words."""
    return bool(_IDEOGRAPH.search(text))


def is_quantity(word: str) -> bool:
    """A number, an amount or a percentage."""
    return bool(_QUANTITY.fullmatch(word.casefold()))


def is_common(word: str) -> bool:
    """Whether a word is praise, a claim, a season, a unit or a word of grammar."""
    return folded(word) in _COMMON


def is_grammar(word: str) -> bool:
    """Whether a word only joins others."""
    return folded(word) in _GRAMMAR


def _listed(name: str) -> frozenset[str]:
    text = files("affiche.recognition").joinpath(name).read_text(encoding="utf-8")
    return frozenset(folded(word) for word in text.split())


_GRAMMAR: Final = _listed("grammar.txt")
_COMMON: Final = _listed("praise.txt") | _GRAMMAR
