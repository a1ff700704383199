# SPDX-License-Identifier: Apache-2.0
"""A product in words: its name, and one English sentence of how it looks."""

from collections.abc import Mapping
from typing import Final

from affiche.recognition.colour_names import NEUTRALS
from affiche.recognition.form import Form

_SECOND_FROM: Final = 0.16
_CLEAR_FROM: Final = 0.24
_MOST_NAMES: Final = 4


def colour_words(shares: Mapping[str, float]) -> str:
    """Up to two colours, "white and blue"; "multicoloured" if none leads; "" if there is none."""
    names = list(shares)
    if not names:
        return ""
    if len(names) >= _MOST_NAMES and shares[names[0]] < _CLEAR_FROM:
        return "multicoloured"
    first, others = names[0], names[1:]
    # Grey beside white is mostly white in shade.
    partner = next((name for name in others if _differs(first, name)), None)
    if partner is None or shares[partner] < _SECOND_FROM:
        return first
    return f"{first} and {partner}"


def _differs(one: str, other: str) -> bool:
    """Whether both are worth naming: not green and dark green, and no two greys but black and white."""
    if one in NEUTRALS and other in NEUTRALS:
        return {one, other} == {"black", "white"}
    return one.split()[-1] != other.split()[-1]


def sentence(colours: str, form: Form) -> str:
    """One sentence, such as ``A white and blue bottle.``"""
    words = " ".join(word for word in (colours, form.value) if word)
    return f"{article(words)} {words}."


def article(words: str) -> str:
    """The indefinite article, in a capital: by the first letter, which is right for every colour and material."""
    return "An" if words[:1].lower() in "aeiou" else "A"
