# SPDX-License-Identifier: Apache-2.0
"""Texts of many scripts, set: nothing lost, nothing wider than its measure, everything in its direction."""

import pytest

from affiche.typography.fonts import families
from affiche.typography.setting import set_text
from affiche.typography.text import TextBlock, TextStyle

STYLE = TextStyle("Inter", 700, line_height=1.1, tracking=-0.01)
TEXTS = {
    "english": "Find your quiet place at the end of the road",
    "german": "Geschwindigkeitsbegrenzungen gelten für alle Lastkraftwagenfahrer",
    "turkish": "İstanbul'da ışıl ışıl bir gece geçirin",
    "arabic": "اكتشف هدوء الصحراء في رحلة لا تنسى",
    "hebrew": "מצאו את המקום השקט שלכם בסוף הדרך",
    "hindi": "शांति की अपनी जगह खोजें और आराम करें",
    "thai": "ค้นพบสถานที่อันเงียบสงบของคุณที่ปลายทาง",
    "japanese": "静かな場所を見つけましょう。最大60%オフ。",
    "mixed": "خصم 50% على iPhone 15 Pro (اليوم فقط)",
    "emoji": "Family day 👩‍👩‍👧‍👦 with flags 🇩🇪 and skin 👍🏽",
}


def said(block: TextBlock) -> str:
    return "".join("".join(line.text for line in block.lines).split())


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("measure", [260, 420, 900])
def test_nothing_is_lost_and_lines_keep_to_the_measure(name: str, measure: float) -> None:
    block = set_text(TEXTS[name], STYLE, 40, measure, break_words=True)
    assert said(block) == "".join(TEXTS[name].split())
    assert block.width <= measure + 0.5
    for line in block.lines:
        assert line.ink[0] >= -0.5
        assert line.ink[2] <= block.width + 0.5


@pytest.mark.parametrize(("name", "rtl"), [("english", False), ("arabic", True), ("hebrew", True), ("mixed", True)])
def test_the_first_strong_letter_gives_the_direction(name: str, rtl: bool) -> None:
    block = set_text(TEXTS[name], STYLE, 40, 300)
    assert block.rtl is rtl
    edges = [line.ink[2] if rtl else line.ink[0] for line in block.lines]
    assert max(edges) - min(edges) < 0.5, "lines do not share the edge at which reading starts"


def test_a_mixed_line_runs_in_visual_order() -> None:
    block = set_text("אבג abc דהו", STYLE, 40, 900)
    (line,) = block.lines
    assert [run.text.strip() for run in line.runs if run.text.strip()] == ["דהו", "abc", "אבג"]
    assert [run.rtl for run in line.runs if run.text.strip()] == [True, False, True]


def test_brackets_and_numbers_survive_right_to_left() -> None:
    (line,) = set_text("(2024) שלום", STYLE, 40, 900).lines
    assert line.runs[-1].text.strip() != ""
    digits = next(run for run in line.runs if "2024" in run.text)
    assert not digits.rtl


def test_scripts_that_need_air_get_it() -> None:
    assert set_text(TEXTS["english"], STYLE, 40, 300).line_height == pytest.approx(1.1)
    assert set_text(TEXTS["arabic"], STYLE, 40, 300).line_height >= 1.35
    assert set_text(TEXTS["thai"], STYLE, 40, 300).line_height >= 1.35
    assert set_text(TEXTS["hindi"], STYLE, 40, 300).line_height >= 1.35
    assert set_text(TEXTS["japanese"], STYLE, 40, 300).line_height >= 1.25


def test_arabic_is_never_tracked() -> None:
    wide = TextStyle("Inter", 700, tracking=0.2)
    plain = TextStyle("Inter", 700)
    assert set_text(TEXTS["arabic"], wide, 40, 2000).width == set_text(TEXTS["arabic"], plain, 40, 2000).width
    assert set_text("Calm", wide, 40, 2000).width > set_text("Calm", plain, 40, 2000).width


def test_arabic_letters_are_joined() -> None:
    (line,) = set_text("سلام", STYLE, 40, 900).lines
    alone = [set_text(letter, STYLE, 40, 900).lines[0].runs[0].glyphs[0] for letter in "سلام"]
    assert not set(line.runs[0].glyphs) & set(alone[1:3]), "the middle letters kept their isolated forms"


def test_two_hundred_and_fifty_five_letters_without_a_space() -> None:
    block = set_text("W" * 255, STYLE, 30, 600, break_words=True)
    assert said(block) == "W" * 255
    assert block.width <= 600.5
    assert len(block.lines) > 5
    unbroken = set_text("W" * 255, STYLE, 30, 600)
    assert unbroken.width > 600


def test_missing_glyphs_are_reported_and_not_drawn() -> None:
    block = set_text("Fly \U000f1234 away", STYLE, 40, 900)
    assert block.missing == ("\U000f1234",)
    assert all(0 not in run.glyphs for line in block.lines for run in line.runs)


@pytest.mark.parametrize("family", families())
def test_every_family_sets_every_weight(family: str) -> None:
    widths = {weight: set_text("Quiet", TextStyle(family, weight), 40, 900).width for weight in (400, 700)}
    assert widths[700] > widths[400]


def test_centred_lines_share_their_middle() -> None:
    block = set_text(TEXTS["english"], TextStyle("Inter", 700, align="centre"), 40, 400)
    middles = [(line.ink[0] + line.ink[2]) / 2 for line in block.lines]
    assert len(middles) > 1
    assert max(middles) - min(middles) < 0.5


def test_quotes_hang_out_of_the_block() -> None:
    block = set_text("“Find your quiet place” at the end of the road", STYLE, 40, 320)
    bare = set_text("Find", STYLE, 40, 900)
    assert len(block.lines) > 1
    assert block.lines[0].ink[0] < -5
    letter = block.lines[0].x + block.lines[0].runs[0].xs[1]
    assert letter == pytest.approx(bare.lines[0].x + bare.lines[0].runs[0].xs[0], abs=0.5)
    assert all(line.ink[0] == pytest.approx(0, abs=0.01) for line in block.lines[1:])


def test_centred_quotes_do_not_hang() -> None:
    block = set_text("“Find your quiet place”", TextStyle("Inter", 700, align="centre"), 40, 900)
    assert block.lines[0].ink[0] == pytest.approx(0)
    assert block.lines[0].ink[2] == pytest.approx(block.width)


def test_lines_that_end_at_an_edge_share_it() -> None:
    block = set_text(TEXTS["english"], TextStyle("Inter", 700, align="end"), 40, 400)
    assert len(block.lines) > 1
    assert {round(line.ink[2], 2) for line in block.lines} == {round(block.width, 2)}


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\u202e", "\u0301", "”", "—", "\ufeff"])
@pytest.mark.parametrize("measure", [1.0, 300.0])
def test_texts_of_nearly_nothing_are_set(text: str, measure: float) -> None:
    block = set_text(text, STYLE, 40, measure, break_words=True)
    assert len(block.lines) == 1
    assert block.width >= 0
    assert block.height > 0


def test_positions_grow_with_the_size() -> None:
    small, large = (set_text("Quiet place", STYLE, size, 20 * size) for size in (20, 80))
    assert large.width == pytest.approx(4 * small.width)
    assert large.lines[0].runs[0].xs == pytest.approx([4 * x for x in small.lines[0].runs[0].xs])
