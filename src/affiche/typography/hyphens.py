# SPDX-License-Identifier: Apache-2.0
"""Where a word that is wider than its column is broken: between syllables, as far as sounds give them away.

Most languages written in Latin, Greek or Cyrillic letters begin a syllable with the last consonant before a vowel, or
with a consonant and the r or l that glides after it; digraphs stay whole. That is no dictionary, and is used only
where the choice is between this and a text that cannot be set at all.
"""

from functools import lru_cache
from typing import Final

import regex

_SHORTEST_PIECE: Final = 3
_WORD: Final = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_VOWELS: Final = "aeiouyäöüàáâãåæèéêëìíîïòóôõøœùúûıýαεηιουωάέήίόύώаеёиоуыэюяіїє"
_ONSET: Final = "sch|ch|ph|th|sh|qu|tsch|cz|sz|rz|[bcdfgkptvбвгдкпт][lrлр]|[^\\W\\d_]"
_SYLLABLE: Final = regex.compile(
    rf"(?<=[^\W\d_])(?<!\b)(?=(?:{_ONSET})[{_VOWELS}])(?=[^{_VOWELS}\W\d_])", regex.IGNORECASE
)
_DIGRAPH: Final = regex.compile(r"(?:sch|ch|ck|ph|th|sh|qu|sz|cz|[bcdfgkptvбвгдкпт][lrлр])", regex.IGNORECASE)


@lru_cache(maxsize=64)
def syllables(text: str) -> frozenset[int]:
    """The indexes in ``text`` before which a word may be divided with a hyphen."""
    found: set[int] = set()
    for word in _WORD.finditer(text):
        letters = word.group()
        inside = {place for match in _DIGRAPH.finditer(letters) for place in range(match.start() + 1, match.end())}
        for match in _SYLLABLE.finditer(letters):
            place = match.start()
            if place not in inside and _SHORTEST_PIECE <= place <= len(letters) - _SHORTEST_PIECE:
                found.add(word.start() + place)
    return frozenset(found)
