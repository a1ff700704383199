# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.recognition.label import LONGEST_LINE, cleaned, dotted


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("NIVEA  Soft", "NIVEA Soft"),
        ("<script>alert(1)</script>", "script alert(1) /script"),
        ("**bold** [link](x) `code` {0}", "bold link (x) code 0"),
        ("Ben & Jerry's", "Ben & Jerry's"),
        ("&lt;b&gt; &#60;", "lt;b gt; #60;"),
        ("a\x00b\x1b[31m\u202ec\ufeffd\ue000", "a b 31m c d"),
        ("ＦＵＬＬ１２３", "FULL123"),
        ("洗面奶", "洗面奶"),
        ("\n\t ", ""),
    ],
)
def test_lines_are_printable_and_free_of_markup(printed: str, kept: str) -> None:
    assert cleaned(printed) == kept


def test_lines_are_bounded() -> None:
    assert len(cleaned("x" * 10_000)) == LONGEST_LINE
    assert len(cleaned("\ufdfa" * 500)) == LONGEST_LINE


def test_an_i_gets_its_dot_back_but_not_in_turkish() -> None:
    assert dotted("Tropıcana") == "Tropicana"
    assert dotted("Ağrı ılık") == "Ağrı ılık"
