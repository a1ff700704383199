# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.images.colour import Colour
from affiche.recognition.colour_names import distance, name_of, named_shares, sample_of


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#ffffff", "white"), ("#000000", "black"), ("#808080", "grey"), ("#d8d8d8", "light grey"),
        ("#0047c2", "blue"), ("#1a2550", "navy blue"), ("#e30613", "red"), ("#6d0f24", "burgundy"),
        ("#ffd700", "yellow"), ("#ff7f00", "orange"), ("#228b22", "green"), ("#10402a", "dark green"),
        ("#8b4513", "brown"), ("#e3d5b8", "beige"), ("#ffc0cb", "pink"), ("#c8b6e2", "lavender"),
        ("#7b3fa0", "purple"), ("#30d5c8", "turquoise"), ("#b9d9eb", "light blue"), ("#fff8e7", "ivory"),
    ],
)  # fmt: skip
def test_colours_have_the_names_that_people_give_them(colour: str, name: str) -> None:
    assert name_of(Colour.from_hex(colour)) == name


def test_every_name_stands_for_a_colour_that_has_it() -> None:
    for name in ("white", "black", "charcoal", "red", "navy blue", "sage green", "lavender", "beige", "teal"):
        assert name_of(sample_of(name)) == name


def test_shares_of_one_name_are_added_and_the_greatest_comes_first() -> None:
    shares = ((Colour(227, 6, 19), 0.3), (Colour(255, 255, 255), 0.4), (Colour(200, 10, 20), 0.25))
    assert list(named_shares(shares)) == ["red", "white"]
    assert named_shares(shares)["red"] == pytest.approx(0.55)


def test_distance_runs_from_nothing_to_one() -> None:
    black, white = Colour(0, 0, 0), Colour(255, 255, 255)
    assert distance(white, white) == pytest.approx(0, abs=1e-6)
    assert distance(black, white) == pytest.approx(1, abs=0.01)
    assert distance(Colour(255, 0, 0), Colour(0, 255, 0)) > 0.4
