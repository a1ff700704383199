# SPDX-License-Identifier: Apache-2.0
"""Products that lean a little are set upright; what is meant to lean is left alone."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.retouch.straighten import lean_of, turned
from affiche.samples.wares import bag, bottle
from affiche.studio.product import trimmed

Pixels = NDArray[np.uint8]


@pytest.mark.parametrize("degrees", [-6.0, -2.5, -1.0, 1.0, 3.0, 7.0])
@pytest.mark.parametrize("product", [bottle(700), bag(1200)])
def test_a_product_that_leans_is_set_upright(product: Pixels, degrees: float) -> None:
    leaning = turned(trimmed(product), -degrees)
    assert lean_of(leaning[..., 3]) == pytest.approx(degrees, abs=0.2)
    upright = turned(leaning, lean_of(leaning[..., 3]))
    assert lean_of(upright[..., 3]) == 0


@pytest.mark.parametrize("degrees", [0.0, 0.2, 14.0, -45.0])
def test_what_is_straight_or_meant_to_lean_stays(degrees: float) -> None:
    product = trimmed(bottle(700))
    assert lean_of((turned(product, -degrees) if degrees else product)[..., 3]) == 0


def test_what_has_no_upright_axis_stays() -> None:
    bow = np.zeros((600, 400), np.uint8)
    cv2.ellipse(bow, (380, 300), (330, 280), 0, 100, 260, 255, 60)
    assert lean_of(bow) == 0, "bent like a banana"
    assert lean_of(np.full((200, 180), 255, np.uint8)) == 0, "about as broad as tall"
    assert lean_of(np.zeros((300, 100), np.uint8)) == 0


def test_turning_keeps_colours_and_lets_nothing_of_the_clear_parts_in() -> None:
    product = np.zeros((300, 120, 4), np.uint8)
    product[..., :3] = (0, 255, 0)
    product[10:290, 10:110] = (180, 70, 50, 255)
    made = turned(product, 5)
    visible = made[..., 3] > 8
    assert np.abs(made[visible][:, :3].astype(int) - (180, 70, 50)).max() <= 6
    assert (made[..., 3] == 255).sum() == pytest.approx(280 * 100, rel=0.03)
