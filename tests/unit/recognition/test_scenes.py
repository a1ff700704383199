# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.images.colour import Colour
from affiche.recognition.appearance import Appearance, appearance_of
from affiche.recognition.backdrops import backdrop_of
from affiche.recognition.colour_names import distance
from affiche.recognition.kinds import World
from affiche.recognition.prompts import written_prompts
from affiche.recognition.scenes import PLAIN, STAGES, chosen_presets, contrast
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio
from tests.unit.recognition.outlines import BOTTLE, drawn

COLOURS = [(250, 250, 250), (20, 20, 22), (200, 30, 40), (30, 90, 200), (240, 200, 60), (90, 140, 90), (150, 110, 80)]


def painted(colour: tuple[int, int, int]) -> Appearance:
    return appearance_of(drawn(BOTTLE, colour))


@pytest.mark.parametrize("world", World)
@pytest.mark.parametrize("colour", COLOURS)
def test_chosen_presets_differ_and_let_the_product_stand_out(world: World, colour: tuple[int, int, int]) -> None:
    appearance = painted(colour)
    chosen = chosen_presets(world, appearance, PRESETS.values(), 6)
    assert len({one.id for one in chosen}) == 6
    assert len({one.stage for one in chosen}) >= 4
    assert any(one.stage == PLAIN for one in chosen)
    assert all(one.category for one in chosen)
    seen = [contrast(backdrop_of(one), appearance.rim) for one in chosen]
    assert seen[0] > 0.6
    assert np.mean(seen) > 0.6


@pytest.mark.parametrize("world", World)
def test_chosen_stages_are_those_of_the_world(world: World) -> None:
    chosen = chosen_presets(world, painted((180, 60, 60)), PRESETS.values(), 6)
    assert sum(one.stage in STAGES[world] for one in chosen) >= 5


def test_worlds_have_scenes_of_their_own() -> None:
    appearance = painted((250, 250, 250))
    first = {world: chosen_presets(world, appearance, PRESETS.values(), 6)[:4] for world in World}
    assert any(one.stage == "kitchen" for one in first[World.FOOD])
    assert any(one.stage in ("noir", "city", "velvet") for one in first[World.SPIRITS])
    assert any(one.stage == "office" for one in first[World.TECHNOLOGY])
    assert all(one.stage != "office" for one in first[World.FOOD])


def test_too_few_presets_are_refused_and_feasts_fill_up() -> None:
    some = [preset for preset in PRESETS.values() if preset.category is None][:3]
    plain = [PRESETS["white_background"], PRESETS["charcoal_background"], PRESETS["marble_and_gold"]]
    chosen = chosen_presets(World.ANYTHING, painted((9, 9, 9)), [*some, *plain], 6)
    assert {one.id for one in chosen[:3]} == {one.id for one in plain}
    with pytest.raises(ValueError, match="6 presets"):
        chosen_presets(World.ANYTHING, painted((9, 9, 9)), plain, 6)


@pytest.mark.parametrize("world", World)
@pytest.mark.parametrize("colour", COLOURS)
def test_prompts_differ_and_read_as_scenes(world: World, colour: tuple[int, int, int]) -> None:
    prompts = written_prompts(world, painted(colour), ["seamless"], 4)
    assert len(set(prompts)) == 4
    for prompt in prompts:
        assert prompt.startswith(("on a ", "on ", "in front of a "))
        assert 20 < len(prompt) < 100
        assert "{" not in prompt
        assert " a ivory" not in prompt


def test_white_products_are_not_set_before_white() -> None:
    chosen = chosen_presets(World.ANYTHING, painted((252, 252, 252)), PRESETS.values(), 6)
    assert "white_background" not in [one.id for one in chosen][:5]


def test_backdrops_are_what_the_studio_develops() -> None:
    studio = Studio()
    for preset in PRESETS.values():
        picture = studio.picture(preset, None, 120, 120)
        seen = Colour(*(int(channel) for channel in np.median(picture[25:75, 25:95].reshape(-1, 3), axis=0)))
        assert distance(seen, backdrop_of(preset)) < 0.05, preset.id
