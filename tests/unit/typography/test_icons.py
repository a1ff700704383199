# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.typography.icons import UnknownIcon, icon, icon_block


@pytest.mark.parametrize(
    ("classes", "style", "point"),
    [
        ("fa-solid fa-angle-right", "solid", 0xF105),
        ("fas fa-angle-right", "solid", 0xF105),
        ("fa fa-angle-right", "solid", 0xF105),
        ("far fa-heart", "regular", 0xF004),
        ("fa-regular fa-heart fa-fw", "regular", 0xF004),
        ("fab fa-facebook", "brands", 0xF09A),
        ("fas fa-shopping-cart", "solid", 0xF07A),
        ("fa fa-envelope-o", "regular", 0xF0E0),
        ("fa fa-home", "solid", 0xF015),
    ],
)
def test_spellings_of_all_versions(classes: str, style: str, point: int) -> None:
    found = icon(classes)
    assert found.face.key == f"FontAwesome {style}"
    assert found.point == point


@pytest.mark.parametrize(
    "classes", ["", "fa-solid", "fa-solid fa-nope", "fa-brands fa-heart", "angle-right", "fa-a fa-b"]
)
def test_unknown_icons_are_refused_by_name(classes: str) -> None:
    with pytest.raises(UnknownIcon, match="FontAwesome Free"):
        icon(classes)


def test_the_box_of_an_icon_is_its_ink() -> None:
    block = icon_block("fa-solid fa-angle-right", 32)
    assert block.lines[0].ink == (0.0, 0.0, block.width, block.height)
    assert 0 < block.width < block.height < 32


def test_arrows_turn_with_the_reading_direction() -> None:
    turned = icon_block("fa-solid fa-angle-right", 32, mirrored=True)
    assert turned.lines[0].runs[0].glyphs == icon_block("fa-solid fa-angle-left", 32).lines[0].runs[0].glyphs
    heart = icon_block("fa-solid fa-heart", 32, mirrored=True)
    assert heart.lines[0].runs[0].glyphs == icon_block("fa-solid fa-heart", 32).lines[0].runs[0].glyphs
