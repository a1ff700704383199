# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.paint.captions import one_line
from affiche.typography.setting import set_text
from affiche.typography.text import Line, TextBlock, TextStyle


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Find your", "quiet place"], "Find your quiet place"),
        (["静かな場", "所を見つけよう"], "静かな場所を見つけよう"),
        (["조용한 곳", "을 찾아서"], "조용한 곳 을 찾아서"),
        (["Donau-", "dampf"], "Donau-dampf"),
        (["ค้นพบ", "สถานที่"], "ค้นพบสถานที่"),
        (["اكتشف", "هدوء"], "اكتشف هدوء"),
        ([], ""),
    ],
)
def test_lines_are_joined_as_their_writing_does(lines: list[str], text: str) -> None:
    set_lines = tuple(Line(line, (), 0, 0, 0, (0, 0, 0, 0)) for line in lines)
    assert one_line(TextBlock(set_lines, 20, 1.2, 0, 0, rtl=False)) == text


def test_words_that_were_divided_are_whole_again() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    block = set_text(word, TextStyle("Inter"), 40, 300, break_words=True)
    assert len(block.lines) > 1
    assert one_line(block) == word
