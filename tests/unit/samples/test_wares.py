# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.samples.wares import bag, bottle


@pytest.mark.parametrize(("ware", "aspect"), [(bottle, 0.42), (bag, 0.86)])
def test_wares_are_cut_out_and_the_same_each_time(ware: object, aspect: float) -> None:
    assert callable(ware)
    drawn = ware(300)
    assert drawn.shape == (300, round(300 * aspect), 4)
    assert (drawn[..., 3] == 255).mean() > 0.35
    assert (drawn[..., 3] == 0).mean() > 0.1
    assert np.array_equal(drawn, ware(300))


def test_the_ground_shows_between_the_handles_of_the_bag() -> None:
    assert bag(300)[75, 129, 3] == 0


def test_the_label_of_the_bottle_can_be_told_from_its_glass() -> None:
    drawn = bottle(400).astype(int)
    label, glass = drawn[300, 60, :3], drawn[360, 84, :3]
    assert label.mean() > glass.mean() + 60
