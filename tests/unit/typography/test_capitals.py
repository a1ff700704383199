# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.typography.capitals import capitals
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("istanbul ışık", "İSTANBUL IŞIK"),
        ("iyi günler", "IYI GÜNLER"),
        ("straße", "STRASSE"),
        ("quiet", "QUIET"),
        ("صحراء", "صحراء"),
        ("Καλημέρα μαΐου", "ΚΑΛΗΜΕΡΑ ΜΑΪΟΥ"),
        ("გამარჯობა hi", "გამარჯობა HI"),
        ("静か", "静か"),
    ],
)
def test_only_scripts_with_case_are_changed(text: str, expected: str) -> None:
    assert capitals(text) == expected


def test_a_style_asks_for_capitals() -> None:
    block = set_text("Shop now", TextStyle("Inter", 600, capitals=True), 20, 900)
    assert block.text == "SHOP NOW"
