# SPDX-License-Identifier: Apache-2.0
"""Exposure, white balance and how far apart colours are."""

import numpy as np
import pytest

from affiche.fidelity.colour_difference import ciede2000
from affiche.retouch.light import MOST_SHIFT, Gains, gains_for


def scene(backdrop: tuple[int, int, int], product: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    rgb = np.full((60, 60, 3), backdrop, np.uint8)
    inside = np.zeros((60, 60), bool)
    inside[20:40, 20:40] = True
    rgb[inside] = product
    return rgb, inside


def test_differences_are_those_of_the_standard() -> None:
    """Black and white are 100 apart; a grey of one code more is barely anything."""
    black, white = np.zeros((1, 1, 3), np.uint8), np.full((1, 1, 3), 255, np.uint8)
    assert float(ciede2000(black, white)[0, 0]) == pytest.approx(100, abs=0.1)
    assert 0 < float(ciede2000(white - 100, white - 101)[0, 0]) < 0.6


def test_a_tinted_backdrop_becomes_grey() -> None:
    rgb, inside = scene((238, 230, 218), (120, 110, 100))
    gains = gains_for(rgb, inside, ~inside)
    backdrop = gains.applied(rgb)[0, 0].astype(int)
    assert backdrop.max() - backdrop.min() <= 2
    assert 0 < gains.shift <= MOST_SHIFT


def test_a_dull_picture_gets_brighter_within_the_bound() -> None:
    rgb, inside = scene((120, 120, 120), (90, 30, 30))
    gains = gains_for(rgb, inside, ~inside)
    assert gains.red > 1.1
    assert float(ciede2000(rgb, gains.applied(rgb))[inside].mean()) <= MOST_SHIFT + 0.01


def test_a_dark_product_before_white_a_coloured_backdrop_and_none_change_nothing() -> None:
    dark, inside = scene((252, 252, 252), (25, 25, 30))
    assert gains_for(dark, inside, ~inside) == Gains()
    blue, _ = scene((90, 130, 250), (120, 110, 100))
    assert gains_for(blue, inside, ~inside) == Gains()
    assert gains_for(dark, inside, np.zeros_like(inside)) == Gains()


def test_balance_and_exposure_can_be_had_alone() -> None:
    rgb = np.full((40, 40, 3), (150, 147, 143), np.uint8)
    product = np.zeros((40, 40), bool)
    product[10:30, 10:30] = True
    both = gains_for(rgb, product, ~product)
    balance = gains_for(rgb, product, ~product, exposure=False)
    exposure = gains_for(rgb, product, ~product, balance=False)
    assert len(set(both[:3])) == len(set(balance[:3])) == 3
    assert len(set(exposure[:3])) == 1
    assert exposure.red > 1
    assert gains_for(rgb, product, ~product, balance=False, exposure=False) == Gains()
