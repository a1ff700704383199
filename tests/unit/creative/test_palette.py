# SPDX-License-Identifier: Apache-2.0
from hypothesis import given
from hypothesis import strategies as st

from affiche.creative.palette import BUTTON_CONTRAST, TEXT_CONTRAST, Palette, Scheme
from affiche.images.colour import Colour, contrast_ratio, to_oklch

colours = st.builds(Colour, *(st.integers(0, 255) for _ in range(3)))


def schemes(palette: Palette) -> list[Scheme]:
    return [palette.light(), palette.dark(), palette.tinted(), palette.branded(0), palette.branded(1)]


@given(st.lists(colours, min_size=2, max_size=3))
def test_every_scheme_of_any_brand_can_be_read(brand: list[Colour]) -> None:
    for scheme in schemes(Palette.of(brand)):
        assert contrast_ratio(scheme.ink, scheme.ground) >= TEXT_CONTRAST
        assert contrast_ratio(scheme.quiet, scheme.ground) >= TEXT_CONTRAST
        assert contrast_ratio(scheme.button_ink, scheme.button) >= TEXT_CONTRAST
        assert contrast_ratio(scheme.button, scheme.ground) >= BUTTON_CONTRAST


def test_the_button_is_the_most_chromatic_colour_that_stands_out() -> None:
    navy, orange = Colour.from_hex("#14213d"), Colour.from_hex("#fca311")
    assert Palette.of((navy, orange)).dark().button == orange


def test_grounds_are_never_plain_black_or_white_for_a_colourful_brand() -> None:
    palette = Palette.of((Colour.from_hex("#e63946"), Colour.from_hex("#1d3557")))
    assert palette.light_ground != Colour(255, 255, 255)
    assert 0.15 <= to_oklch(palette.dark_ground).lightness <= 0.24


def test_a_grey_brand_stays_grey() -> None:
    palette = Palette.of((Colour(17, 17, 17), Colour(255, 255, 255)))
    assert all(
        to_oklch(colour).chroma < 0.005 for colour in (palette.light_ground, palette.dark_ground, palette.dark_ink)
    )
