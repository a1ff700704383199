# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace

import numpy as np
import pytest

from affiche.creative.composition import Box, Role, ScrimLayer
from affiche.images.blending import Blend, blended
from affiche.images.colour import Colour
from affiche.paint.cache import PaintCache
from affiche.paint.compositing import flat
from affiche.paint.outlines import PixelBox
from affiche.paint.scrim import lay_scrim, opacity_field, smootherstep

DARK = Colour(20, 24, 60)


def scrim(start: tuple[float, float], end: tuple[float, float], box: Box | None = None, far: float = 0.8) -> ScrimLayer:
    return ScrimLayer(Role.SCRIM, box or Box(0, 0, 320, 240), DARK, start, end, (0.0, far))


def painted(layer: ScrimLayer) -> np.ndarray:
    canvas = flat(320, 240, Colour(255, 255, 255))
    lay_scrim(canvas, layer, PaintCache())
    return canvas


def test_the_easing_starts_and_ends_without_a_slope() -> None:
    t = np.array([-1, 0, 0.01, 0.5, 0.99, 1, 2], np.float64)
    assert smootherstep(t) == pytest.approx([0, 0, 0, 0.5, 1, 1, 1], abs=1e-4)


def test_opacity_is_constant_beyond_both_ends() -> None:
    canvas = painted(scrim((0, 80), (0, 160)))
    assert (canvas[:80, :, :3] == 255).all()
    expected = 0.2 * 255 + 0.8 * np.array([60, 24, 20])
    assert canvas[165:, :, :3].mean(axis=(0, 1)) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize(("start", "end"), [((0, 20), (0, 220)), ((20, 0), (300, 0)), ((300, 0), (20, 0))])
def test_it_darkens_steadily_in_its_direction(start: tuple[float, float], end: tuple[float, float]) -> None:
    canvas = painted(scrim(start, end)).astype(float)[..., :3].mean(axis=2)
    profile = canvas.mean(axis=1 if start[0] == end[0] else 0)
    if end[0] < start[0]:
        profile = profile[::-1]
    assert (np.diff(profile) < 0.6).all()
    assert profile[0] - profile[-1] > 150


def test_a_slanted_scrim_follows_the_formula() -> None:
    layer, box = scrim((30, 20), (260, 200)), PixelBox(0, 0, 320, 240)
    y, x = np.mgrid[0:240, 0:320] + 0.5
    along = ((x - 30) * 230 + (y - 20) * 180) / (230**2 + 180**2)
    exact = 255 * 0.8 * smootherstep(along)
    assert np.abs(opacity_field(layer, box) - exact).max() < 2


def test_grain_breaks_the_bands_but_cannot_be_seen() -> None:
    canvas = painted(scrim((0, 0), (0, 200), far=0.7)).astype(float)
    row = canvas[230, :, 1]
    assert 0.5 < row.std() < 2.55
    assert abs(row[:160].mean() - row[160:].mean()) < 0.5


@pytest.mark.parametrize("blend", [Blend.MULTIPLY, Blend.SCREEN])
def test_shade_and_light_act_on_what_lies_below(blend: Blend) -> None:
    below = np.random.default_rng(3).integers(0, 256, (240, 320, 3)).astype(np.float32)
    canvas = np.full((240, 320, 4), 255, np.uint8)
    canvas[..., :3] = below[..., ::-1]
    layer = replace(scrim((0, 80), (0, 160)), blend=blend)
    lay_scrim(canvas, layer, PaintCache())
    assert (canvas[:80, :, 2::-1] == below[:80]).all()
    whole = blended(below[165:], DARK, blend)
    expected = below[165:] + 0.8 * (whole - below[165:])
    # The grain is up to three levels of the colour.
    assert np.abs(canvas[165:, :, 2::-1] - expected).max() < 4
    assert abs(float((canvas[165:, :, 2::-1] - expected).mean())) < 0.3


def test_shade_keeps_the_hue_that_a_veil_takes() -> None:
    sky = flat(320, 240, Colour(120, 170, 230))
    veiled = sky.copy()
    layer = scrim((0, 80), (0, 160))
    lay_scrim(veiled, replace(layer, colour=Colour(60, 60, 60)), PaintCache())
    lay_scrim(sky, replace(layer, colour=Colour(60, 60, 60), blend=Blend.MULTIPLY), PaintCache())
    blue, _, red = (float(sky[200, :, channel].mean()) for channel in range(3))
    veiled_blue, _, veiled_red = (float(veiled[200, :, channel].mean()) for channel in range(3))
    assert blue / red == pytest.approx(230 / 120, rel=0.03)
    assert veiled_blue / veiled_red < 1.5


def test_nothing_outside_the_box_is_touched_and_the_canvas_stays_opaque() -> None:
    canvas = painted(scrim((0, 0), (0, 240), Box(100, 50, 100, 100)))
    outside = np.ones((240, 320), bool)
    outside[50:150, 100:200] = False
    assert (canvas[outside] == 255).all()
    assert (canvas[..., 3] == 255).all()
    assert canvas[149, 150, 0] < 250
