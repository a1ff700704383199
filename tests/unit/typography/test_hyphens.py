# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.typography.hyphens import syllables
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle


@pytest.mark.parametrize(
    "divided",
    [
        "Gesch-win-dig-keits-be-gren-zun-gen",
        "Last-kraft-wa-gen-fah-rer",
        "Donau-dampf-schiff-fahrts-ge-sell-schaft",
        "Muvaf-fa-kiyet-siz-leş-ti-ri-ci-ler",
        "дос-то-при-ме-ча-тель-ность",
        "Über-ra-schungs-pa-ket",
    ],
)
def test_words_are_divided_between_syllables(divided: str) -> None:
    word = divided.replace("-", "")
    found = syllables(word)
    assert "".join(("-" if place in found else "") + sign for place, sign in enumerate(word)) == divided


@pytest.mark.parametrize("text", ["W" * 60, "über", "سلام", "静かな場所", "12345678"])
def test_what_has_no_syllables_is_not_hyphenated(text: str) -> None:
    assert syllables(text) == frozenset()


def test_only_the_word_that_is_too_wide_is_divided() -> None:
    style = TextStyle("Inter", 700)
    block = set_text("Quiet Lastkraftwagenfahrer wanted", style, 40, 260, break_words=True)
    words = [word for line in block.lines for word in line.text.split()]
    assert words[0] == "Quiet"
    assert words[-1] == "wanted"
    assert "".join(words[1:-1]) == "Lastkraftwagenfahrer"
    assert block.width <= 260.01


def test_the_hyphen_is_drawn() -> None:
    block = set_text("Lastkraftwagenfahrer", TextStyle("Inter", 700), 40, 260, break_words=True)
    hyphen = set_text("-", TextStyle("Inter", 700), 40, 900).lines[0].runs[0].glyphs[0]
    assert len(block.lines) > 1
    for line in block.lines[:-1]:
        assert line.runs[-1].glyphs[-1] == hyphen
    assert block.lines[-1].runs[-1].glyphs[-1] != hyphen


def test_soft_hyphens_show_only_at_the_end_of_a_line() -> None:
    style = TextStyle("Inter", 700)
    whole = set_text("Wagen\u00adfahrer", style, 40, 900)
    assert len(whole.lines) == 1
    assert whole.width == pytest.approx(set_text("Wagenfahrer", style, 40, 900).width, abs=0.01)
    first, second = set_text("Wagen\u00adfahrer", style, 40, 180).lines
    assert (first.text, second.text) == ("Wagen\u00ad", "fahrer")
    assert first.width == pytest.approx(set_text("Wagen-", style, 40, 900).lines[0].width, abs=0.5)
