# SPDX-License-Identifier: Apache-2.0
"""The bidirectional algorithm, by known cases and against another implementation of it."""

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from affiche.typography.bidi import base_level, levels, visual_order

SIGNS = "ab אבﺍع12١٢ .,+-%$()[]!\u0301"
CONTROLS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"


def shown(text: str) -> str:
    return "".join(text[place] for place in visual_order(levels(text)))


def without_controls(text: str) -> str:
    return "".join(sign for sign in text if sign not in CONTROLS)


def test_left_to_right_stays() -> None:
    assert levels("Plain text, 2024!") == (0,) * 17


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("אבג abc", "abc גבא"),
        ("abc אבג def", "abc גבא def"),
        ("אבג (abc) דה", "הד )abc( גבא"),
        ("אבג 12.5% דה", "הד 12.5% גבא"),
        ("بتث 12 جح", "حج 12 ثتب"),
        ("abc (אב) 12", "abc )בא( 12".replace(")בא(", "(בא)")),
    ],
)
def test_known_orders(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(("text", "level"), [("50% خصم", 1), ("iPhone خصم", 0), ("2024", 0), ("\u2067אב\u2069 a", 0)])
def test_the_first_strong_letter_outside_isolates_decides(text: str, level: int) -> None:
    assert base_level(text) == level


def test_digits_take_an_even_level_inside_arabic() -> None:
    text = "خصم 50 اليوم"
    assert {levels(text)[text.index(digit)] for digit in "50"} == {2}


def test_isolates_do_not_disturb_their_surroundings() -> None:
    inside = levels("a \u2067אב 1\u2069 2")
    assert inside[0] == inside[-1] == 0
    assert inside[3] == 1


@settings(max_examples=400)
@given(st.text(SIGNS, min_size=1, max_size=16))
def test_agrees_with_another_implementation(text: str) -> None:
    text += "א"  # trailing white space belongs to lines (rule L1), which are cut before they are ordered
    assert shown(text) == get_display(text, base_dir="LR"[base_level(text)])


@settings(max_examples=400)
@given(st.text("aאع1١ " + CONTROLS, min_size=1, max_size=14))
def test_agrees_about_explicit_controls(text: str) -> None:
    """Without brackets: the other implementation does not see the letter before an isolate as their context (N0)."""
    text = "a" + text + "\u202c" * 14 + "\u2069" * 14 + "א"
    other = get_display(text, base_dir="LR"[base_level(text)])
    assert without_controls(shown(text)) == without_controls(other)
