# SPDX-License-Identifier: Apache-2.0
"""Letters of a face that helps out look as large as those of the family, and stand on the same line."""

import pytest

from affiche.typography.bidi import levels
from affiche.typography.fonts import face, families
from affiche.typography.itemise import Voice, itemise
from affiche.typography.optical import optical_scale
from affiche.typography.setting import set_text
from affiche.typography.shape import ShapedLine, shape_line
from affiche.typography.text import TextStyle

TEXTS = {"Thai": "กกก", "Devanagari": "ककक", "Arabic": "باب"}


def shaped(text: str, family: str, weight: int = 700) -> ShapedLine:
    items, missing = itemise(text, levels(text), Voice(family, weight, False))
    return shape_line(text, items, missing, (0, len(text)))


@pytest.mark.parametrize("family", [family for family in families() if family != "Poppins"])
@pytest.mark.parametrize("weight", [400, 700])
def test_letters_of_one_height_stand_between_small_letters_and_capitals(family: str, weight: int) -> None:
    own = face(family, weight)
    for text in ("กกก", "ककक"):
        top = -shaped(text, family, weight).ink[1]
        assert own.x_height < top < own.cap_height
        assert top == pytest.approx((own.x_height + own.cap_height) / 2, abs=0.02)


def test_arabic_is_enlarged_for_thin_teeth_as_much_as_the_weight_asks() -> None:
    scales = {}
    for weight in (400, 700):
        (item,), _ = itemise("باب", levels("باب"), Voice("Inter", weight, False))
        scales[weight] = item.scale
    assert 1.0 < scales[700] < scales[400] <= 1.15


@pytest.mark.parametrize("text", ["ΔΩ ΚΑΛΗ καλημέρα", "Привет"])
def test_greek_and_cyrillic_from_another_family_have_its_x_height(text: str) -> None:
    (item,), _ = itemise(text, levels(text), Voice("Poppins", 700, False))
    own = face("Poppins", 700)
    assert item.face.key == "Noto Sans 700"
    assert item.scale * item.face.x_height == pytest.approx(own.x_height, abs=0.002)


def test_a_familys_own_letters_and_unknown_scripts_keep_their_size() -> None:
    own, noto = face("Inter", 700), face("Noto Sans", 700)
    assert optical_scale(own, "Latn", own) == 1
    assert optical_scale(noto, "Zyyy", own) == 1
    assert optical_scale(noto, "Thai", own) == 1, "Noto Sans has no Thai letter to measure"


def test_scaled_letters_take_scaled_room_and_are_drawn_at_that_size() -> None:
    block = set_text("Go กกก", TextStyle("Inter", 700), 40, 900)
    latin, thai = block.lines[0].runs
    assert latin.size == 40
    assert thai.size == pytest.approx(40 * optical_scale(thai.face, "Thai", latin.face))
    step = thai.xs[1] - thai.xs[0]
    alone = shaped("กกก", "Inter")
    assert step == pytest.approx(40 * alone.runs[0].advances[0])


def test_mixed_scripts_share_a_baseline() -> None:
    block = set_text("iPhone สวย नया", TextStyle("Inter", 700), 40, 900)
    assert {y for run in block.lines[0].runs for y, x in zip(run.ys, run.xs, strict=True) if run.text == "iPhone "} == {
        0
    }
    for text in ("กน", "कम"):
        assert shaped(text, "Inter").ink[3] == pytest.approx(0, abs=0.02)
