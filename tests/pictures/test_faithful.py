# SPDX-License-Identifier: Apache-2.0
"""No preset changes a product: every one keeps its receipt green, with room to spare."""

import pytest

from affiche.samples.wares import bag, bottle
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio
from affiche.studio.subject import FAITHFUL, LIGHT
from affiche.studio.variation import COUNT
from tests.doubles.carton import carton

SIZE = (837, 314)
STUDIO = Studio()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_only_lights_its_product(preset: str) -> None:
    number = 1 + list(PRESETS).index(preset) % COUNT
    for product in (bottle(700), bag(700), carton()):
        receipt = STUDIO.photograph(PRESETS[preset], product, *SIZE, number).receipt
        assert receipt.product.most < 0.8 * FAITHFUL.most
        assert receipt.product.mean < 0.5 * FAITHFUL.mean
        assert receipt.product.ssim > 0.95
        assert receipt.lighting is not None
        assert receipt.lighting.most < LIGHT.most
        assert receipt.lighting.mean < LIGHT.mean
        assert receipt.measured > 0.6
