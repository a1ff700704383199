# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st
from uniseg.linebreak import line_break_boundaries

from affiche.typography.breaks import DEAR, opportunities, paragraphs
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle

WORDS = [
    "Find",
    "don’t",
    "it's",
    "60",
    "%",
    "€",
    "20",
    "$5",
    "(yes)",
    "“hi”",
    "«",
    "»",
    "bonjour",
    "!",
    "?",
    "a-b",
    "—",
    "24/7",
    "1,000",
    "www.x.com/a",
    "שלום",
    "كتاب،",
    "50%",
    "ไทย",
    "静か",
    "な。",
    "한국어",
    "e\u0301te",
    "😀",
    "👩‍👩‍👧",
    "ok!!!",
    "wait…",
    "&",
    "\u00a0x",
    "x\u00ad-y",
    "3.",
    "[",
    "]",
    '"q"',
    "½",
    "№ 5",
]


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


def test_a_text_keeps_one_space_where_many_are_given() -> None:
    assert paragraphs(" One \t  two ") == ["One two"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_only_what_unicode_allows_is_an_opportunity(words: list[str]) -> None:
    text = " ".join(words)
    allowed = {place for place in line_break_boundaries(text) if 0 < place < len(text)}
    inside_thai = {
        place for place in range(1, len(text)) if "ก" <= text[place - 1] <= "๛" and "ก" <= text[place] <= "๛"
    }
    assert set(places(text)) <= allowed | inside_thai


@given(
    st.lists(st.sampled_from(["Find", "don’t", "ok!!!", "bonjour", "שלום", "24/7", "(yes)", "e\u0301te"]), max_size=8)
)
def test_every_space_between_words_is_an_opportunity(words: list[str]) -> None:
    text = " ".join(words)
    ends = {index + 1 for index, sign in enumerate(text) if sign == " "}
    assert ends <= set(places(text))


def test_korean_breaks_between_words() -> None:
    text = "지금 바로 여행을 시작하세요"
    assert [index for index, cost in places(text).items() if cost < DEAR] == [3, 6, 10]


def test_dates_and_names_with_numbers_stay_together_if_possible() -> None:
    text = "Get the iPhone 15 until 31 August in Rome"
    found = places(text)
    assert found[text.index("15")] > found[text.index("the")]
    assert found[text.index("August")] > found[text.index("the")]
    assert places("Save 60 on it")[5] == 0


@pytest.mark.parametrize("text", ["for 1 299 € only", "CHF 20 saved", "ab 1.299,00 € hier"])
def test_prices_are_never_divided(text: str) -> None:
    block = set_text(text, TextStyle("Inter"), 20, 1)
    assert any("299" in line.text and "€" in line.text for line in block.lines) or "CHF 20" in block.text


def test_lines_are_balanced() -> None:
    block = set_text("Made by hand, worn for many years to come", TextStyle("Inter", 700), 20, 190)
    widths = [line.width for line in block.lines]
    assert len(widths) > 1
    assert max(widths) <= 190
    assert min(widths) >= 0.55 * max(widths)


@given(
    st.lists(st.sampled_from([*WORDS, "a", "of", "the"]), min_size=1, max_size=14),
    st.floats(60, 900),
    st.floats(-0.02, 0.08),
)
def test_no_fewer_lines_would_do(words: list[str], measure: float, tracking: float) -> None:
    """Balancing never costs a line: greedy setting of the same pieces needs as many."""
    style = TextStyle("Inter", 500, tracking=tracking)
    block = set_text(" ".join(words), style, 20, measure)
    narrow = set_text(" ".join(words), style, 20, 1.3 * measure)
    assert len(narrow.lines) <= len(block.lines)
    for line in block.lines:
        if " " in line.text and len(line.text.split()) > 6:
            assert line.ink[2] - line.ink[0] <= measure + 0.01


def test_the_last_line_is_never_one_short_word_if_that_can_be_helped() -> None:
    block = set_text("Small lodges, wide skies and seven quiet nights for us", TextStyle("Inter", 400), 20, 260)
    assert block.lines[-1].width >= 0.35 * block.width
