# SPDX-License-Identifier: Apache-2.0
"""The bidirectional algorithm, rule by rule: each case is what one rule of UAX #9 says, on copy that an ad could have.

Levels are written as digits under the text; even ones read from left to right.
"""

import pytest

from affiche.typography.bidi import base_level, levels, visual_order
from affiche.typography.faces import hb_font
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle

STYLE = TextStyle("Inter", 700)
LRE, RLE, LRO, RLO, PDF = "\u202a\u202b\u202d\u202e\u202c"
LRI, RLI, FSI, PDI = "\u2066\u2067\u2068\u2069"
LRM, RLM = "\u200e\u200f"


def digits(text: str) -> str:
    return "".join(str(level) for level in levels(text))


@pytest.mark.parametrize(
    ("rule", "text", "level"),
    [
        ("P2 first strong", "שלום world", 1),
        ("P2 first strong", "Sale ab אב", 0),
        ("P2 numbers are not strong", "50 % הנחה", 1),
        ("P2 quotes are not strong", "«خصم» اليوم", 1),
        ("P2 isolates are passed over", f"{RLI}אב{PDI} sale", 0),
        ("P2 an isolate that is not closed hides all", f"{RLI}אב sale", 0),
        ("P3 none strong", "24/7 – 365", 0),
        ("P3 AL", "١٥ كتاب", 1),
        ("HL1 a brand begins an Arabic copy", "Samsung تقدم لكم هاتفها الجديد", 1),
        ("HL1 a brand of two words begins a Hebrew copy", "Tel Aviv היא עיר ללא הפסקה", 1),
        ("HL1 one foreign word does not turn an English copy", "Habibi حبيبي means my love", 0),
        ("HL1 as many of both", "iPhone خصم", 0),
        ("HL1 a mark settles it", f"{LRM}Samsung تقدم لكم هاتفها", 0),
        ("HL1 a mark settles it", f"{RLM}Samsung new phone خصم", 1),
    ],
)
def test_base_direction(rule: str, text: str, level: int) -> None:
    assert base_level(text) == level, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("X2 RLE and X7 PDF", f"a{RLE}b{PDF}c אב", "00220011"),
        ("X4 RLO turns letters", f"a{RLO}bc{PDF}d", "001110"),
        ("X5 LRO turns Hebrew letters", f"א{LRO}בג{PDF}ד", "112221"),
        ("X5a RLI", f"a {RLI}אב 12{PDI} c", "00011122000"),
        ("X5b LRI keeps a brand whole", f"אב {LRI}C++ 2{PDI} ג", "111122222111"),
        ("X5c FSI takes the direction of what it holds", f"a {FSI}אב!{PDI} c", "000111000"),
    ],
)
def test_explicit_levels(rule: str, text: str, expected: str) -> None:
    assert digits(text) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("W1 a mark goes with its letter", "א\u0301ב a", "11112"),
        ("W2 digits after Arabic letters are Arabic numbers", "كتاب 25", "1111122"),
        ("W3 Arabic letters count as right to left", "خصم, a", "111112"),
        ("W4 one sign between two numbers", "אב 1,299", "11122222"),
        ("W4 a range in Hebrew", "כ 3-5", "11222"),
        ("W4 a date in Arabic", "قبل 31/12/2025", "11112222222222"),
        ("W4 a hyphen joins no Arabic numbers", "من 10-12", "111221" + "22"),
        ("W4 Arabic-Indic decimals", "خصم ٣٫٥٠", "11112222"),
        ("W5 a percent sign goes with its number", "אב 50%", "111222"),
        ("W5 a currency before its number", "אב $50", "111222"),
        ("W5 a shekel sign at the start", "₪50 אב", "222111"),
        ("W6 a percent sign after an Arabic number is neutral", "خصم 50%", "1111221"),
        ("W6 a lone sign", "אב +3", "11112"),
        ("W7 digits after Latin letters are Latin", "אב iPad 15", "1112222222"),
        ("W7 a model number", "כתב a-1", "1111222"),
        ("I1 digits after Hebrew in a Latin line", "sale אב 50%", "00000111222"),
    ],
)
def test_weak_types(rule: str, text: str, expected: str) -> None:
    assert digits(text) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("N0 brackets around Latin in Arabic", "اشتر (iPhone 15) الآن", "111111222222222111111"),
        ("N0 brackets around Hebrew in Latin", "a (אב) b", "00011000"),
        ("N0 the direction of the line wins inside", "א (ב c) d", "111112112"),
        ("N0 the context decides", "אב (cd) ef", "1111221122"),
        ("N0 the context is read across an isolate", f"aא{LRI}1{PDI}(1)א", "011211211"),
        ("N1 between two of one direction", "אב - גד", "1111111"),
        ("N1 numbers count as right to left", "אב - 5", "111112"),
        ("N2 between two directions", "אב, cd", "111122"),
        ("N2 between two directions", "a, b אב", "0000011"),
        ("N1 a web address stays whole", "אב www.a.com/b", "11122222222222"),
    ],
)
def test_neutral_types(rule: str, text: str, expected: str) -> None:
    assert digits(text) == expected, rule


@pytest.mark.parametrize(
    ("run_levels", "order"),
    [
        ([0, 0], [0, 1]),
        ([0, 1, 0], [0, 1, 2]),
        ([1, 2, 1], [2, 1, 0]),
        ([0, 1, 2, 1, 0], [0, 3, 2, 1, 4]),
        ([1, 2, 2, 1], [3, 1, 2, 0]),
        ([2, 3, 2, 1], [3, 0, 1, 2]),
    ],
)
def test_l2_runs_are_turned_from_the_deepest_level_on(run_levels: list[int], order: list[int]) -> None:
    assert visual_order(run_levels) == order


def test_l1_white_space_at_the_end_of_a_line_is_not_drawn_inside_it() -> None:
    lines = set_text("שלום abc def ghi", STYLE, 40, 200).lines
    assert len(lines) > 1
    assert all(line.text == line.text.strip() for line in lines)


def test_l4_brackets_are_mirrored() -> None:
    (line,) = set_text("خصم (اليوم)", STYLE, 40, 900).lines
    # From left to right an opening and a closing bracket again, whatever was typed first.
    names = [
        hb_font(run.face).get_glyph_name(glyph)
        for run in line.runs
        for glyph in run.glyphs
        if hb_font(run.face).get_glyph_name(glyph).startswith("paren")
    ]
    assert [name.split(".")[0] for name in names] == ["parenleft", "parenright"]


@pytest.mark.parametrize(
    ("text", "from_left"),
    [
        ("خصم 50 على iPhone اليوم", ["اليوم", "iPhone", "على", "50", "خصم"]),
        ("Samsung تقدم لكم هاتفها", ["هاتفها", "لكم", "تقدم", "Samsung"]),
        ("New iPhone عربي now", ["New", "iPhone", "عربي", "now"]),
    ],
)
def test_words_stand_where_a_reader_expects_them(text: str, from_left: list[str]) -> None:
    order = visual_order(levels(text))
    places = {word: min(order.index(text.index(word) + place) for place in range(len(word))) for word in from_left}
    assert sorted(places, key=places.__getitem__) == from_left
