# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.typography.breaks import opportunities, paragraphs
from affiche.typography.lines import paragraph
from affiche.typography.setting import set_text
from affiche.typography.shape import Voice
from affiche.typography.text import TextStyle

VOICE = Voice("Inter", 700, False)


def places(text: str) -> dict[int, float]:
    return {place.index: place.cost for place in opportunities(text)}


@pytest.mark.parametrize("text", ["Save 60 % now", "Only 5 € today", "From € 20 on", "Walk 12 km a day"])
def test_numbers_stay_with_their_units(text: str) -> None:
    digits = [index for index, sign in enumerate(text) if sign.isdigit()]
    if text[digits[0] - 2 : digits[0]] == "€ ":
        assert digits[0] not in places(text)
    else:
        assert digits[-1] + 2 not in places(text)


def test_articles_and_prepositions_stay_with_what_follows_if_possible() -> None:
    costs = places("The road to the sea")
    assert costs[len("The ")] > costs[len("The road ")]
    assert costs[len("The road to ")] > costs[len("The road ")]


def test_thai_breaks_between_words_and_nowhere_else() -> None:
    text = "ค้นพบสถานที่อันเงียบสงบของคุณ"
    found = places(text)
    assert 3 <= len(found) < len(text) / 2


def test_japanese_prefers_phrases() -> None:
    text = "今日は天気がいいですね。最大60%オフ。"
    cheap = [index for index, cost in places(text).items() if cost < 1]
    assert cheap == [3, 6, 12]
    assert text.index("%") not in places(text)


def test_a_text_keeps_its_own_line_ends() -> None:
    assert paragraphs("One\r\nTwo\n\n Three ") == ["One", "Two", "Three"]
    assert [line.text for line in set_text("One\nTwo", TextStyle("Inter"), 20, 900).lines] == ["One", "Two"]


def test_lines_are_balanced() -> None:
    whole = paragraph("Made by hand, worn for many years to come", VOICE, False)
    lines = whole.broken(9.0, 0.0)
    widths = [whole.width(start, end) for start, end in lines]
    assert max(widths) <= 9.0
    assert min(widths) >= 0.55 * max(widths)


def test_the_last_line_is_never_one_short_word_if_that_can_be_helped() -> None:
    block = set_text("Small lodges, wide skies and seven quiet nights for us", TextStyle("Inter", 400), 20, 260)
    assert block.lines[-1].width >= 0.35 * block.width
