# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.creative.proof import contrast_with, reaches, veil_opacity_for
from affiche.images.colour import Colour

WHITE, BLACK, TEAL = Colour(255, 255, 255), Colour(0, 0, 0), Colour(31, 78, 95)


@pytest.mark.parametrize("ink", [WHITE, BLACK, TEAL], ids=["white", "black", "teal"])
@pytest.mark.parametrize("need", [1.5, 3.0, 4.5, 7.0])
def test_what_reaches_a_contrast_has_it(ink: Colour, need: float) -> None:
    noise = np.random.default_rng(4).integers(0, 256, (40, 300, 3)).astype(np.float32)
    dark, light = noise * 0.3, 255 - noise * 0.3
    for pixels in (*noise, *dark, *light, noise[0, :1], dark[0, :19]):
        assert reaches(pixels, ink, need) == (contrast_with(pixels, ink) >= need)


def test_the_veil_is_as_thin_as_it_may_be() -> None:
    pixels = np.random.default_rng(5).integers(60, 256, (400, 3)).astype(np.float32)
    opacity = veil_opacity_for(pixels, TEAL, WHITE, 4.5)

    def veiled(share: float) -> np.ndarray:
        return (pixels + (np.array(TEAL, np.float32) - pixels) * np.float32(share)).astype(np.float32)

    assert contrast_with(veiled(opacity), WHITE) >= 4.5
    assert contrast_with(veiled(opacity - 1 / 64), WHITE) < 4.5
