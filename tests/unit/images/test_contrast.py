# SPDX-License-Identifier: Apache-2.0
"""Contrast on many pixels agrees with the single colours' and with the values that APCA-W3 publishes."""

import numpy as np
import pytest

from affiche.images.colour import Colour, apca, contrast_ratio
from affiche.images.contrast import (
    apca_contrasts,
    apca_luminances,
    least_contrasts,
    wcag_contrasts,
    wcag_luminances,
)


def row(*colours: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.array([Colour.from_hex(colour) for colour in colours], np.uint8)


@pytest.mark.parametrize(
    ("text", "ground", "expected"),
    [
        ("#888", "#fff", 63.056469930209424),
        ("#fff", "#888", -68.54146436644962),
        ("#000", "#aaa", 58.146262578561334),
        ("#aaa", "#000", -56.24113336839742),
        ("#123", "#def", 91.66830811481631),
        ("#def", "#123", -93.06770049484275),
        ("#777", "#777", 0.0),
    ],
)
def test_apca_has_its_published_values(text: str, ground: str, expected: float) -> None:
    (found,) = apca_contrasts(apca_luminances(row(text)), apca_luminances(row(ground)))
    assert found == pytest.approx(expected, abs=1e-6)
    assert apca(Colour.from_hex(text), Colour.from_hex(ground)) == pytest.approx(expected, abs=1e-6)


def test_wcag_ratios_are_those_of_single_colours() -> None:
    pairs = [("#000000", "#ffffff"), ("#1f4e5f", "#f2a154"), ("#777777", "#7f7f7f")]
    texts, grounds = row(*(text for text, _ in pairs)), row(*(ground for _, ground in pairs))
    found = wcag_contrasts(wcag_luminances(texts), wcag_luminances(grounds))
    expected = [contrast_ratio(Colour.from_hex(text), Colour.from_hex(ground)) for text, ground in pairs]
    assert found == pytest.approx(expected)
    assert found[0] == pytest.approx(21)


def test_the_twentieth_worst_pixel_decides() -> None:
    white = Colour(255, 255, 255)
    assert least_contrasts(white, 1.0, row(*["#000"] * 96, *["#fff"] * 4))[0] == pytest.approx(21)
    assert least_contrasts(white, 1.0, row(*["#000"] * 94, *["#fff"] * 6))[0] == pytest.approx(1)


def test_a_faint_ink_has_less_contrast() -> None:
    black = row("#000", "#000")
    assert least_contrasts(Colour(255, 255, 255), 0.5, black)[0] == pytest.approx(
        contrast_ratio(Colour(128, 128, 128), Colour(0, 0, 0))
    )
