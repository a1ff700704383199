# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.samples.wares import bag, bottle
from affiche.studio.product import Solid, resized, solid, trimmed

STEEPNESS = 0.1


def made(cutout: NDArray[np.uint8]) -> Solid:
    cut = trimmed(cutout)
    return solid(*resized(cut, cut.shape[1], cut.shape[0]), STEEPNESS)


def stool() -> NDArray[np.uint8]:
    cut = np.zeros((120, 100, 4), np.uint8)
    cut[10:40, 5:95] = cut[40:110, 10:22] = cut[40:110, 78:90] = 255
    return cut


def test_a_stool_has_two_feet() -> None:
    feet = sorted(made(stool()).feet, key=lambda foot: foot.x)
    assert [round(foot.x) for foot in feet] == [11, 79]
    assert all(5 <= foot.half_width <= 7 for foot in feet)


def test_a_bottle_stands_on_one_foot_as_wide_as_itself() -> None:
    bottle_solid = made(bottle(600))
    (foot,) = bottle_solid.feet
    assert foot.half_width > 0.45 * bottle_solid.alpha.shape[1]
    assert 0.6 < foot.half_depth / foot.half_width < 1.2


def test_a_ball_touches_the_ground_in_the_middle_only() -> None:
    y, x = np.mgrid[-50:50, -50:50]
    ball = np.zeros((100, 100, 4), np.uint8)
    ball[np.hypot(x, y) < 48] = 255
    (foot,) = made(ball).feet
    assert foot.half_width < 30


def test_slices_shrink_with_their_depth_and_reach_the_ground() -> None:
    slices = made(bottle(600)).slices
    areas = slices.sum((0, 1))
    assert areas[0] > areas[1] > areas[2] > 0
    assert (slices[-2, slices.shape[1] // 2] > 0.5).all()


def test_handles_stay_open() -> None:
    solid_bag = made(bag(400))
    height, width = solid_bag.alpha.shape
    assert solid_bag.slices[round(0.25 * height), width // 2].max() == 0


def test_colours_of_clear_pixels_do_not_bleed_in() -> None:
    cut = np.zeros((80, 80, 4), np.uint8)
    cut[..., 1] = 255
    cut[10:70, 10:70] = (250, 0, 0, 255)
    rgb, alpha = resized(trimmed(cut), 23, 23)
    assert rgb[alpha > 0.1][:, 1].max() < 0.01


def test_what_is_clear_is_no_product() -> None:
    with pytest.raises(InvalidInput):
        trimmed(np.zeros((40, 40, 4), np.uint8))
