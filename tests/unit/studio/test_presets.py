# SPDX-License-Identifier: Apache-2.0
import re
from dataclasses import replace

import numpy as np
import pytest

from affiche.images.colour import Colour, to_oklch
from affiche.studio.film import LUMINANCE, light_of
from affiche.studio.look import exposure, gains
from affiche.studio.plate import SUFFIX, plate_file, unpacked
from affiche.studio.presets import PRESETS, UnknownPreset, preset_named
from affiche.studio.scene import Camera, Pitch, Role, SceneSpec
from affiche.studio.stages import STAGES
from affiche.studio.studio import PLATES, Studio
from affiche.studio.variation import COUNT, neighbouring, varied

PUBLISHED = {
    "on_platform_natural_beige_background",
    "thanksgiving_rustic_scene",
    "white_background",
    "white_pink_yellow_gradient_background_monochrome",
    "mid_century_modern_office",
    "natural_beige_background",
    "light_grey_background",
    "light_blue_background",
    "gray_shadowy_room_sunlight_streaming_studio",
    "gray_shadowy_room_sunlight_streaming_neutral",
}
MEGABYTE = 1 << 20


def test_the_published_ids_are_there() -> None:
    assert set(PRESETS) >= PUBLISHED
    assert PRESETS["white_background"].prompt == ", in front of a white background"
    assert PRESETS["on_platform_natural_beige_background"].name == "On Platform Natural Beige Background"


def test_seasonal_presets_have_tags_and_the_others_a_category() -> None:
    for preset in PRESETS.values():
        assert (preset.category is None) == ("holiday" in preset.tags), preset.id
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", preset.id)
        assert preset.prompt


def test_plates_are_small_and_each_is_used() -> None:
    sizes = {path.name: path.stat().st_size for path in PLATES.glob(f"*{SUFFIX}")}
    stages = {preset.stage for preset in PRESETS.values()}
    assert set(sizes) == {plate_file(stage, pitch) for stage in stages for pitch in Pitch}
    assert max(sizes.values()) <= 2 * MEGABYTE
    assert sum(sizes.values()) <= 30 * MEGABYTE


@pytest.mark.parametrize("stage", sorted({preset.stage for preset in PRESETS.values()}))
def test_the_shipped_plates_are_of_the_scene_as_it_is_described(stage: str) -> None:
    for pitch in Pitch:
        path, spec = PLATES / plate_file(stage, pitch), STAGES[stage]().seen_from(pitch)
        plate = unpacked(path.read_bytes(), path.name)
        assert plate.meta.digest == spec.digest, f"bake it again: affiche studio bake {stage} --pitch {pitch:d}"
        assert plate.meta.stand == spec.stand
        assert plate.width >= 1300
        assert plate.width / plate.height == pytest.approx(1674 / 1004, abs=0.01)
        assert plate.roles[..., 0].max() > 0 or plate.meta.colours[1] == "#808080"


def test_a_camera_that_is_raised_keeps_its_distance_and_looks_down_as_far_as_it_says() -> None:
    camera = Camera()
    for pitch in Pitch:
        raised = camera.pitched(pitch)
        away = np.subtract(raised.towards, raised.at)
        assert np.linalg.norm(away) == pytest.approx(np.linalg.norm(np.subtract(camera.towards, camera.at)), abs=1e-3)
        assert np.degrees(np.arcsin(-away[2] / np.linalg.norm(away))) == pytest.approx(pitch, abs=0.01)
        assert raised.towards == camera.towards


def test_an_unknown_preset_is_named() -> None:
    with pytest.raises(UnknownPreset, match="'moon'"):
        preset_named("moon")


def test_the_pictures_of_a_preset_differ() -> None:
    preset = PRESETS["white_background"]
    assert len({varied(preset, number) for number in range(1, COUNT + 1)}) == COUNT
    assert varied(preset, 1) == (preset.look, varied(preset, COUNT + 1)[1])


def test_painted_presets_come_in_neighbouring_colours_and_greys_stay_grey() -> None:
    plate, look = Studio().plate("podium"), PRESETS["on_platform_sage_green_background"].look
    assert neighbouring(look, plate, 1) == look
    for number in range(3, COUNT + 1):
        turned = neighbouring(look, plate, number)
        for role, most in zip(Role, (8, 8, 22, 22), strict=True):
            before, after = (to_oklch(Colour.from_hex(one.colours[role] or "")) for one in (look, turned))
            assert after.lightness == pytest.approx(before.lightness, abs=0.01)
            assert 0 < abs((after.hue - before.hue + 180) % 360 - 180) < most
    grey = replace(look, colours=("#777777", "#eeeeee", "#202020", "#ffffff"))
    for number in range(1, COUNT + 1):
        for colour in neighbouring(grey, plate, number).colours:
            assert to_oklch(Colour.from_hex(colour or "")).chroma < 0.004


def test_exposure_holds_after_recolouring() -> None:
    plate = Studio().plate("seamless")
    for preset in ("natural_beige_background", "charcoal_background"):
        look = PRESETS[preset].look
        key, fill = gains(plate, look)
        light = (
            plate.radiance()[plate.key[190:810:9, ::9]] * key[0]
            + plate.radiance()[plate.fill[190:810:9, ::9]] * fill[0]
        )
        luminance = light @ LUMINANCE * exposure(plate, look, key, fill)
        assert np.percentile(luminance, 60) == pytest.approx(look.exposure, rel=0.02)


def test_a_scene_has_a_digest_of_everything_in_it() -> None:
    specs: list[SceneSpec] = [build().seen_from(pitch) for build in STAGES.values() for pitch in Pitch]
    assert len({spec.digest for spec in specs}) == len(specs)


def test_colours_are_read_as_light() -> None:
    assert light_of("#ffffff") == pytest.approx([1, 1, 1], abs=1e-4)
    assert light_of("#808080") == pytest.approx([0.2159] * 3, abs=1e-3)
