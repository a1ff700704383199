# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.creative.composition import Box, FillLayer, Outline, Role, Shadow
from affiche.images.colour import Colour
from affiche.paint.cache import PaintCache
from affiche.paint.compositing import flat
from affiche.paint.outlines import snapped
from affiche.paint.shadow import lay_shadow

WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def shaded(shadow: Shadow, opacity: float = 1.0, outline: Outline | None = None) -> np.ndarray:
    canvas = flat(300, 300, WHITE)
    layer = FillLayer(Role.PANEL, Box(100, 100, 100, 80), WHITE, outline or Outline(radius=16), opacity, shadow)
    lay_shadow(canvas, layer, shadow, snapped(layer.box), PaintCache())
    return canvas


@pytest.mark.parametrize("blur", [0.0, 3.0, 10.0, 25.0])
def test_the_shadow_is_as_dark_and_as_wide_as_its_gaussian(blur: float) -> None:
    canvas = shaded(Shadow(0, 0, blur, BLACK, 0.5), outline=Outline())
    edge = canvas[140, 200:260, 0].astype(float)
    if blur == 0:
        assert (edge == 255).all()
        return
    assert edge[0] == pytest.approx(255 * 0.75, abs=14)
    assert (np.diff(edge) >= -1).all()
    assert edge[min(59, round(3.2 * blur))] >= 254


def test_the_shadow_falls_in_its_direction() -> None:
    canvas = shaded(Shadow(0, 12, 8, BLACK, 0.6)).astype(int)
    below, above = canvas[185:200, 150, 0].mean(), canvas[80:95, 150, 0].mean()
    assert below < above - 30


def test_a_translucent_panel_does_not_show_its_own_shadow() -> None:
    canvas = shaded(Shadow(0, 10, 10, BLACK, 0.8), opacity=0.7)
    assert (canvas[104:176, 110:190] == 255).all()
    assert canvas[184, 150, 0] < 200


def test_a_shadow_may_reach_over_the_canvas() -> None:
    canvas = flat(60, 60, WHITE)
    shadow = Shadow(0, 4, 12, BLACK, 0.5)
    layer = FillLayer(Role.BUTTON, Box(-10, 30, 90, 40), WHITE, Outline(radius=20), 1.0, shadow)
    lay_shadow(canvas, layer, shadow, snapped(layer.box), PaintCache())
    assert canvas[28, 30, 0] < 250
    assert canvas[0, 30, 0] == 255
    assert (canvas[..., 3] == 255).all()
