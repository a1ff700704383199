# SPDX-License-Identifier: Apache-2.0
"""Words: how a text is split into them, and how forms of a word are made alike."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+|[,;:.!?()\[\]\n，、。；：！？（）｡･]"
)
_STOPS: Final = frozenset(",;:.!?()[]\n，、。；：！？（）｡･")
_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

SHORTEST_MISSPELT: Final = 6
"""Letters from which on one wrong letter is forgiven; shorter words are too often other words."""


class Word(NamedTuple):
    """A word, one ideograph or a stop: ``key`` is its normal form, which spans ``start`` to ``end`` of the text."""

    key: str
    start: int
    end: int

    @property
    def stops(self) -> bool:
        return self.key in _STOPS


def cleaned(text: str) -> str:
    """``text`` in compatibility form, without what cannot be seen, each kind of space a blank."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (char for char in plain if char == "\n" or char.isspace() or unicodedata.category(char)[0] != "C")
    return "".join("\n" if char in "\n\r\v\f\u2028\u2029" else " " if char.isspace() else char for char in kept).strip()


def words(text: str) -> list[Word]:
    """The words and stops of a `cleaned` text; every ideograph is a word."""
    return [Word(normal(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def keys(text: str) -> tuple[str, ...]:
    """The normal forms of the words of ``text``."""
    return tuple(word.key for word in words(cleaned(text)))


def normal(word: str) -> str:
    """``word`` without case, accents and the dot of a Turkish i."""
    if _IDEOGRAPH.match(word):
        return word
    split = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(char for char in split if not unicodedata.combining(char))
    return plain.replace("ı", "i").replace("ø", "o").replace("ł", "l") or word


def stem(word: str, endings: tuple[str, ...], shortest: int = 4) -> str:
    """``word`` without the longest of ``endings`` that leaves ``shortest`` letters. Without endings: an English
    singular."""
    if not endings:
        return _singular(word)
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


class Speller:
    """Finds the one known word that a misspelt word is a single edit away from: a letter too much, too few, another,
    or two changed about. Words are found by what is left of them without a letter, so that no pair is compared."""

    def __init__(self, known: Iterable[str]) -> None:
        self._left: dict[str, set[str]] = {}
        for word in known:
            if len(word) >= SHORTEST_MISSPELT - 1 and word.isalpha():
                for rest in (word, *_shortened(word)):
                    self._left.setdefault(rest, set()).add(word)

    def corrected(self, word: str) -> str | None:
        """The known word meant by ``word``, which begins with the same letter; None if there is none or more."""
        if not SHORTEST_MISSPELT <= len(word) <= 24:
            return None
        found = {
            known
            for rest in (word, *_shortened(word))
            for known in self._left.get(rest, ())
            if known[0] == word[0] and _one_edit(known, word)
        }
        return found.pop() if len(found) == 1 else None


def _shortened(word: str) -> list[str]:
    return [word[:k] + word[k + 1 :] for k in range(len(word))]


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter was added, dropped, changed, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    ending_one, ending_other = one[start:], other[start:]
    return (
        ending_one[1:] == ending_other[1:]
        or ending_one[1:] == ending_other
        or ending_one == ending_other[1:]
        or (ending_one[1::-1] == ending_other[:2] and ending_one[2:] == ending_other[2:])
    )
