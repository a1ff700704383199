# SPDX-License-Identifier: Apache-2.0
"""What the old floor leaves around products whose outlines are known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.samples.tabletop import Product, Stage, Tabletop, tabletop
from affiche.vision.cutout.matte import matted
from affiche.vision.cutout.outline import find_outline


def alpha_of(scene: Tabletop) -> NDArray[np.uint8]:
    outline = find_outline(scene.rgb)
    return np.asarray(matted(scene.rgb, outline.mask, outline.ground).pixels[..., 3], np.uint8)


@pytest.mark.parametrize("stage", [Stage.GLOSS, Stage.SHADOW])
def test_beside_a_round_foot_no_floor_is_left(stage: Stage) -> None:
    scene = tabletop(Product.BOTTLE, stage)
    floor = (alpha_of(scene) > 127) & (scene.alpha == 0)
    assert floor.sum() < 0.008 * (scene.alpha > 127).sum()


def test_pixels_that_the_product_half_covers_are_not_taken_for_shade_of_the_stage() -> None:
    scene = tabletop(Product.MUG, Stage.PAPER)
    mixed = (scene.alpha > 100) & (scene.alpha < 200)
    assert float((alpha_of(scene)[mixed] > 10).mean()) > 0.6
