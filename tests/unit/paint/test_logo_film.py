# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.images.colour import Colour
from affiche.paint.emblem import logo_film
from affiche.vision.logo import Logo


@pytest.fixture(scope="module")
def disc() -> Logo:
    """A red disc whose clear surroundings hide pure green."""
    y, x = np.mgrid[0:300, 0:400] + 0.5
    inside = ((x - 200) / 200) ** 2 + ((y - 150) / 150) ** 2 <= 1
    pixels = np.zeros((300, 400, 4), np.uint8)
    pixels[..., 1] = 255
    pixels[inside] = (230, 20, 20, 255)
    return Logo(pixels, False, None, (), 0.2)


@pytest.mark.parametrize("size", [(200, 150), (133, 100), (61, 46), (400, 300), (1000, 750), (37, 90)])
def test_the_film_has_the_box_size_and_no_hidden_colour(disc: Logo, size: tuple[int, int]) -> None:
    film = logo_film(disc, *size)
    assert film.shape == (size[1], size[0], 4)
    assert (film[..., :3] <= film[..., 3:]).all()
    assert film[..., 1].max() <= 24
    assert film[..., 3].mean() / 255 == pytest.approx(np.pi / 4, abs=0.01)
    assert film[size[1] // 2, size[0] // 2] == pytest.approx([20, 20, 230, 255], abs=1)


def test_a_tint_repaints_and_keeps_the_shape(disc: Logo) -> None:
    plain, tinted = logo_film(disc, 100, 75), logo_film(disc, 100, 75, Colour(250, 250, 240))
    assert (plain[..., 3] == tinted[..., 3]).all()
    assert tinted[37, 50].tolist() == [240, 250, 250, 255]


def test_ink_reaches_all_four_edges(disc: Logo) -> None:
    alpha = logo_film(disc, 100, 75)[..., 3]
    assert min(alpha[0].max(), alpha[-1].max(), alpha[:, 0].max(), alpha[:, -1].max()) > 60
