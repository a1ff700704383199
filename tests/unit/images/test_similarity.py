# SPDX-License-Identifier: Apache-2.0
"""Structural similarity against its definition, and what the luminance alone would overlook."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.similarity import EXACT, Original

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def picture() -> Pixels:
    rng = np.random.default_rng(3)
    rough = rng.integers(0, 255, (12, 16, 3), np.uint8)
    return np.asarray(cv2.resize(rough, (160, 120), interpolation=cv2.INTER_CUBIC), np.uint8)


def noisy(picture: Pixels, strength: float) -> Pixels:
    noise = np.random.default_rng(4).normal(0, strength, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def by_definition(one: Pixels, other: Pixels, x: int, y: int) -> float:
    """SSIM of the window around a pixel, in the words of the 2004 paper."""
    first, second = (
        cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[y - 5 : y + 6, x - 5 : x + 6].astype(float) for image in (one, other)
    )
    side = np.exp(-np.square(np.arange(-5, 6)) / (2 * 1.5**2))
    weight = np.outer(side, side) / side.sum() ** 2
    m1, m2 = (weight * first).sum(), (weight * second).sum()
    v1, v2 = (weight * np.square(first - m1)).sum(), (weight * np.square(second - m2)).sum()
    both = (weight * (first - m1) * (second - m2)).sum()
    c1, c2 = 2.55**2, 7.65**2
    return float((2 * m1 * m2 + c1) * (2 * both + c2) / ((m1**2 + m2**2 + c1) * (v1 + v2 + c2)))


def test_equal_pictures_are_exact(picture: Pixels) -> None:
    found = Original(picture, [(10, 10, 60, 40)]).compare(picture.copy())
    assert found.picture == pytest.approx(EXACT.picture, abs=1e-5)
    assert found.protected == pytest.approx(EXACT.protected, abs=1e-5)
    assert found.colour_error == 0


def test_it_is_the_mean_of_the_definition(picture: Pixels) -> None:
    grey = np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)
    other = np.asarray(cv2.cvtColor(cv2.cvtColor(noisy(grey, 20), cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)
    box = (40, 30, 48, 36)
    expected = np.mean([by_definition(grey, other, x, y) for y in range(30, 36) for x in range(40, 48)])
    # Grey pictures have no chroma to lose, so their regions' SSIM is 0.8 of the luminance's and 0.2 of 1.
    assert Original(grey, [box]).compare(other).protected == pytest.approx(0.8 * expected + 0.2, abs=1e-3)


def test_more_noise_is_less_alike(picture: Pixels) -> None:
    original = Original(picture)
    found = [original.compare(noisy(picture, strength)).picture for strength in (2, 8, 20, 50)]
    assert found == sorted(found, reverse=True)


def test_the_worst_region_counts(picture: Pixels) -> None:
    harmed = picture.copy()
    harmed[60:90, 100:150] = noisy(picture, 60)[60:90, 100:150]
    boxes = ((5, 5, 50, 40), (100, 60, 150, 90))
    assert Original(picture, boxes[:1]).compare(harmed).protected > 0.99
    assert Original(picture, boxes).compare(harmed).protected < 0.8


def test_regions_are_clipped_and_empty_ones_do_not_count(picture: Pixels) -> None:
    harmed = noisy(picture, 40)
    whole = Original(picture, [(0, 0, 160, 120)]).compare(harmed)
    assert Original(picture, [(-50, -50, 500, 500)]).compare(harmed) == whole
    assert Original(picture, [(300, 0, 400, 50), (20, 20, 20, 40)]).compare(harmed).protected == 1.0


def test_bands_and_shifted_colours_cost_merit_though_the_luminance_is_alike() -> None:
    ramp = np.repeat(np.linspace(100, 200, 320)[None], 120, 0)[..., None].repeat(3, 2).astype(np.uint8)
    banded = (ramp // 12 * 12 + 6).astype(np.uint8)
    found = Original(ramp).compare(banded)
    assert found.picture > 0.93
    assert found.merit < found.picture - 0.02
