# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.typography.fit import TextDoesNotFit, fit_text
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle

STYLE = TextStyle("Inter", 700, line_height=1.1)
TEXT = "The slow way to the islands"


def test_fitting_finds_the_largest_size() -> None:
    block = fit_text(TEXT, STYLE, 400, 200, (12, 120), most_lines=3)
    assert block is not None
    assert block.width <= 400.1
    assert block.height <= 200.1
    larger = fit_text(TEXT, STYLE, 400, 200, (block.size * 1.03, 120), most_lines=3)
    assert larger is None


def test_the_block_is_the_one_that_setting_gives() -> None:
    block = fit_text(TEXT, STYLE, 400, 200, (12, 120))
    assert block is not None
    assert block == set_text(TEXT, STYLE, block.size, 400)


def test_fewer_lines_cost_size() -> None:
    sizes = [
        block.size for lines in (1, 2, 3) if (block := fit_text(TEXT, STYLE, 400, 900, (8, 200), most_lines=lines))
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0.7 * sizes[-1]


def test_what_cannot_fit_is_none_unless_words_may_be_divided() -> None:
    word = "W" * 40
    assert fit_text(word, STYLE, 200, 400, (20, 60)) is None
    divided = fit_text(word, STYLE, 200, 400, (20, 60), break_words=True)
    assert divided is not None
    assert divided.width <= 200.01


def test_the_refusal_names_the_field_and_the_letters_to_cut() -> None:
    with pytest.raises(TextDoesNotFit, match=r"headline does not fit.*cut about 12 characters"):
        raise TextDoesNotFit("headline", 12)
