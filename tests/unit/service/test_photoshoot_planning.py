# SPDX-License-Identifier: Apache-2.0
"""What a prompt of a photoshoot is drawn as, and by what."""

import pytest

from affiche.service.photoshoots.planning import Scene, scene_of
from affiche.service.photoshoots.values import CustomPrompt, PresetPrompt
from affiche.studio.presets import PRESETS
from affiche.studio.prompts import PromptNotUnderstood

DRAWN = CustomPrompt("on a marble table in front of a white wall")
BEYOND = CustomPrompt("held by an astronaut riding a horse")


def test_presets_are_the_studios_with_and_without_a_scene_model() -> None:
    for painter in (False, True):
        scene = scene_of(PresetPrompt("white_background"), painter=painter)
        assert scene == Scene(PRESETS["white_background"], neural=False)


def test_words_that_the_studio_can_draw_are_its_own_too() -> None:
    scene = scene_of(DRAWN, painter=True)
    assert (scene.preset.id, scene.preset.stage, scene.neural) == ("custom", "marble", False)


def test_of_two_wordings_the_one_that_is_understood_better_counts() -> None:
    scene = scene_of(CustomPrompt("xyzzy", DRAWN.text))
    assert scene.preset.stage == "marble"


def test_what_the_studio_cannot_draw_is_painted_if_there_is_a_scene_model() -> None:
    with pytest.raises(PromptNotUnderstood, match="nearest presets are"):
        scene_of(BEYOND)
    scene = scene_of(BEYOND, painter=True)
    assert scene.neural
    assert scene.preset.prompt == BEYOND.text
    assert scene.preset.id == "custom"
    assert scene.preset.stage in {preset.stage for preset in PRESETS.values()}
