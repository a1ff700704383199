# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.errors import InvalidInput
from affiche.recognition import PRESET_COUNT, PROMPT_COUNT, recommend
from affiche.samples.wares import bag, bottle
from affiche.studio.presets import PRESETS


def test_a_recommendation_has_four_prompts_and_six_presets_that_exist() -> None:
    made = recommend(bottle(600), PRESETS)
    assert len(set(made.prompts)) == PROMPT_COUNT == 4
    assert len(set(made.preset_ids)) == PRESET_COUNT == 6
    assert set(made.preset_ids) <= set(PRESETS)


def test_a_product_is_described_by_its_colours_and_form() -> None:
    made = recommend(bag(600))
    assert made.product_name == "bag"
    assert made.product_description == "A terracotta bag."
    assert recommend(bottle(600)).product_description == "A dark green and light grey bottle."


def test_the_same_pixels_give_the_same_answer() -> None:
    cutout = bag(500)
    assert recommend(cutout) == recommend(cutout.copy())


def test_an_empty_cutout_is_refused() -> None:
    with pytest.raises(InvalidInput, match="opaque"):
        recommend(np.zeros((60, 60, 4), np.uint8))
