# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.typography.setting import set_text
from affiche.typography.text import TextBlock, TextStyle

TIGHT = TextStyle("Inter", 700, line_height=1.0)


def overlaps(block: TextBlock) -> float:
    """How far the ink of the first line reaches below the top of the second."""
    first, second = block.lines
    return first.ink[3] - second.ink[1]


def test_lines_keep_the_leading_that_was_asked_for() -> None:
    assert set_text("Calm sea\nno rain", TIGHT, 40, 900).line_height == pytest.approx(1.0)


def test_marks_never_touch_the_letters_above() -> None:
    block = set_text("gggg\nÉÉÉÉ", TIGHT, 40, 900)
    assert block.line_height > 1.1
    assert overlaps(block) <= 0


def test_marks_that_pass_each_other_do_not_open_the_lines() -> None:
    block = set_text("gaaaaaaaaa\nnnnnnnnnnÉ", TIGHT, 40, 900)
    assert overlaps(block) > 0
    assert block.line_height == pytest.approx(1.0)
