# SPDX-License-Identifier: Apache-2.0
"""The few wishes in a client's own words that can be honoured; the rest is told back."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from affiche.images.colour import Colour
from affiche.retouch.wishes import NO_WISHES, Wishes

NAMED: Final = {
    "white": Colour(255, 255, 255),
    "black": Colour(0, 0, 0),
    "grey": Colour(128, 128, 128),
    "gray": Colour(128, 128, 128),
    "light grey": Colour(236, 236, 236),
    "light gray": Colour(236, 236, 236),
    "beige": Colour(237, 228, 214),
    "cream": Colour(250, 244, 230),
    "pink": Colour(246, 214, 218),
    "light blue": Colour(214, 228, 240),
    "blue": Colour(60, 104, 176),
    "green": Colour(86, 130, 92),
    "red": Colour(186, 52, 48),
    "yellow": Colour(244, 204, 84),
}
MOST_MARGIN: Final = 40
"""Percent of the frame at each side."""

_COLOUR: Final = rf"(?P<colour>#[0-9a-f]{{6}}|#[0-9a-f]{{3}}|{'|'.join(sorted(NAMED, key=len, reverse=True))})"
_PERCENT: Final = r"(?P<share>\d{1,2}) ?(%|percent)"
_FILLING: Final = re.compile(
    r"\b(please|use|make|it|put|place|set|give|me|on|onto|in|with|at|as|a|an|the|to|of|pure|plain|solid|original|soft"
    r"|natural|its|canvas|format|output|image|picture|photo)\b"
)
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[Wishes, re.Match[str]], Wishes]], ...]] = tuple(
    (re.compile(pattern), honour)
    for pattern, honour in (
        (
            r"(keep|preserve|leave|(do not|don't) (change|remove|touch)) background",
            lambda wishes, _: replace(wishes, keep_background=True),
        ),
        (
            r"(no|without|(do not|don't)) crop(ping)?|keep (whole )?(frame|framing|composition)",
            lambda wishes, _: replace(wishes, keep_frame=True),
        ),
        (
            r"(no|without|(do not|don't)) (rotat(e|ing|ion)|straighten(ing)?|turn(ing)?)|keep angle",
            lambda wishes, _: replace(wishes, straighten=False),
        ),
        (r"straighten( product)?", lambda wishes, _: replace(wishes, straighten=True)),
        (
            r"(no|without|remove|omit|(do not|don't) add) (any )?shadows?",
            lambda wishes, _: replace(wishes, shadow=False),
        ),
        (r"(keep|add) shadows?|shadows?", lambda wishes, _: replace(wishes, shadow=True)),
        (r"(crop )?(square|1 ?: ?1)( crop)?", lambda wishes, _: replace(wishes, aspect=1.0)),
        (r"(crop )?4 ?: ?5( crop)?", lambda wishes, _: replace(wishes, aspect=0.8)),
        (
            rf"{_PERCENT} (margins?|padding)",
            lambda wishes, found: _with_margin(wishes, int(found["share"])),
        ),
        (
            rf"(margins?|padding) ?:? ?{_PERCENT}",
            lambda wishes, found: _with_margin(wishes, int(found["share"])),
        ),
        (
            rf"{_COLOUR} (background|ground|backdrop)",
            lambda wishes, found: replace(wishes, ground=_colour(found["colour"])),
        ),
        (
            rf"(background|ground|backdrop)( colou?r)?( is)? ?:? ?{_COLOUR}",
            lambda wishes, found: replace(wishes, ground=_colour(found["colour"])),
        ),
    )
)


def wishes_of(instructions: str, wishes: Wishes = NO_WISHES) -> Wishes:
    """Reads English instructions clause by clause, on top of ``wishes``; a clause is honoured or told back whole."""
    for clause in re.split(r"[,;\n!]|\.(?!\d)|\band\b|\bbut\b", instructions, flags=re.IGNORECASE):
        words = clause.strip()
        if words:
            wishes = _heard(wishes, words)
    return wishes


def _heard(wishes: Wishes, words: str) -> Wishes:
    plain = " ".join(_FILLING.sub(" ", words.lower()).split())
    if not plain:
        return wishes
    for pattern, honour in _PATTERNS:
        found = pattern.fullmatch(plain)
        if found:
            return honour(wishes, found)
    return replace(wishes, ignored=(*wishes.ignored, words))


def _with_margin(wishes: Wishes, percent: int) -> Wishes:
    if percent > MOST_MARGIN:
        return replace(wishes, ignored=(*wishes.ignored, f"margin {percent} % (the most is {MOST_MARGIN} %)"))
    return replace(wishes, margin=percent / 100)


def _colour(words: str) -> Colour:
    return NAMED[words] if words in NAMED else Colour.from_hex(words)
