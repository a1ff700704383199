# SPDX-License-Identifier: Apache-2.0
"""Prompts become plans: what is drawn, what is said about it, and what is refused."""

import pytest

from affiche.errors import InvalidInput
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS
from affiche.studio.prompts import LONGEST, THRESHOLD, PromptNotUnderstood, PromptTooLong, understand


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.id)
def test_the_prompt_of_a_shipped_preset_is_that_preset(preset: Preset) -> None:
    plan = understand(preset.prompt)
    assert plan.nearest == preset.id
    assert plan.preset.stage == preset.stage
    assert plan.preset.look == preset.look
    assert plan.coverage >= 0.9
    assert not plan.ignored


def test_what_cannot_be_drawn_is_refused_with_the_nearest_presets() -> None:
    with pytest.raises(PromptNotUnderstood, match="astronaut") as refused:
        understand("held by an astronaut riding a horse")
    assert refused.value.code == "prompt_not_understood"
    assert refused.value.coverage < THRESHOLD
    assert len(set(refused.value.nearest)) == 3
    assert set(refused.value.nearest) <= set(PRESETS)
    assert "astronaut" in refused.value.ignored


def test_a_prompt_without_words_and_one_that_is_too_long_are_refused() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        understand(" \n\t")
    with pytest.raises(PromptTooLong, match="10240 characters"):
        understand("marble " * 1462 + "marble")
    with pytest.raises(PromptTooLong):
        understand("marble", "x" * (LONGEST + 1))
