# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace

import numpy as np
import pytest

from affiche.images.colour import Colour, to_oklch
from affiche.studio.personal import personalised
from affiche.studio.preset import Category
from affiche.studio.presets import PRESETS
from tests.doubles.plates import room, slab

BLUE = "on_platform_powder_blue_background"


def hue(colour: str | None) -> float:
    assert colour is not None
    return to_oklch(Colour.from_hex(colour)).hue


def test_hues_lean_to_the_product_and_lightness_stays() -> None:
    before, after = PRESETS[BLUE].look.colours, personalised(PRESETS[BLUE], room(), slab()).colours
    for one, other in zip(before, after, strict=True):
        assert one is not None
        assert other is not None
        assert 3 < abs((hue(other) - hue(one) + 180) % 360 - 180) <= 11
        assert to_oklch(Colour.from_hex(other)).lightness == pytest.approx(
            to_oklch(Colour.from_hex(one)).lightness, abs=0.01
        )


def test_white_takes_a_hint() -> None:
    after = personalised(PRESETS["white_background"], room(), slab())
    assert after.colours[0] is not None
    assert 0.003 < to_oklch(Colour.from_hex(after.colours[0])).chroma < 0.01


def test_wood_and_stone_keep_their_colour() -> None:
    preset = replace(PRESETS[BLUE], category=Category.NATURE)
    assert personalised(preset, room(), slab()) == preset.look


def test_a_grey_product_changes_nothing() -> None:
    grey = slab()
    grey[..., :3] = 120
    assert personalised(PRESETS[BLUE], room(), grey) == PRESETS[BLUE].look
    assert personalised(PRESETS[BLUE], room(), np.zeros_like(grey)) == PRESETS[BLUE].look
