# SPDX-License-Identifier: Apache-2.0
"""The rendered product photos: the same on every run, and their outlines are the product's."""

import cv2
import numpy as np

from affiche.samples.tabletop import Product, Stage, tabletop


def test_the_same_bytes_on_every_run() -> None:
    one, other = (tabletop(Product.BOTTLE, Stage.GLOSS, 150, 120) for _ in range(2))
    assert one.rgb.tobytes() == other.rgb.tobytes()
    assert one.alpha.tobytes() == other.alpha.tobytes()


def test_the_outline_is_the_same_on_every_stage_and_the_mug_has_a_hole() -> None:
    alphas = [tabletop(Product.MUG, stage, 300, 240).alpha for stage in Stage]
    assert all((alpha == alphas[0]).all() for alpha in alphas)
    outside = (alphas[0] == 0).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    assert len(stats) - 1 == 2
    assert stats[1:, cv2.CC_STAT_AREA].min() > 200


def test_stages_differ_where_the_product_is_not() -> None:
    paper, shadow, gloss, wood = (tabletop(Product.BOTTLE, stage, 150, 120) for stage in Stage)
    beside = cv2.dilate(paper.alpha, np.ones((5, 5), np.uint8)) == 0
    for other, least in ((shadow, 0.004), (gloss, 0.004), (wood, 0.9)):
        apart = np.abs(other.rgb[beside].astype(int) - paper.rgb[beside]).max(axis=1)
        assert (apart > 20).mean() > least
