# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiche.errors import InvalidInput
from affiche.images.colour import Colour, apca, contrast_ratio, from_oklch, to_oklch

colours = st.builds(Colour, *(st.integers(0, 255) for _ in range(3)))
BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


@given(colours)
def test_oklch_round_trip(colour: Colour) -> None:
    back = from_oklch(*to_oklch(colour))
    assert all(abs(one - other) <= 1 for one, other in zip(colour, back, strict=True))


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(one: Colour, other: Colour) -> None:
    assert contrast_ratio(one, other) == contrast_ratio(other, one)
    assert 1 <= contrast_ratio(one, other) <= 21


def test_known_contrasts() -> None:
    assert contrast_ratio(BLACK, WHITE) == pytest.approx(21)
    assert apca(BLACK, WHITE) == pytest.approx(106.04, abs=0.05)
    assert apca(WHITE, BLACK) == pytest.approx(-107.88, abs=0.05)
    assert apca(Colour(136, 136, 136), WHITE) == pytest.approx(63.06, abs=0.05)


def test_short_and_long_notation() -> None:
    assert Colour.from_hex("#1aF") == Colour.from_hex("#11AAFF") == Colour(17, 170, 255)


@pytest.mark.parametrize("text", ["", "red", "#12345", "123456", "#gggggg", "#1234567"])
def test_other_notations_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="#RRGGBB") as refused:
        Colour.from_hex(text, "color1")
    assert refused.value.field == "color1"
