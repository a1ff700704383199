# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace

import numpy as np
import pytest

from affiche.creative.composition import Box, PhotoLayer, Role, Treatment
from affiche.images.colour import Colour
from affiche.images.resample import PhotoPyramid
from affiche.paint.outlines import PixelBox, snapped
from affiche.paint.photo import cover

CANVAS = PixelBox(0, 0, 200, 160)
LAYER = PhotoLayer(Role.PHOTO, Box(0, 0, 200, 160), Box(40, 20, 400, 320))


@pytest.fixture(scope="module")
def photo() -> PhotoPyramid:
    y, x = np.mgrid[0:400, 0:600]
    stripes = 127 + 90 * np.sin(x / 9.0)
    return PhotoPyramid(np.stack([stripes, x * 255 / 600, y * 255 / 400], axis=-1).astype(np.uint8))


def shown(layer: PhotoLayer, photo: PhotoPyramid) -> np.ndarray:
    return cover(layer, snapped(layer.box), CANVAS, photo).astype(int)


def test_a_plain_cover_is_the_crop_in_canvas_order(photo: PhotoPyramid) -> None:
    crop = photo.crop(LAYER.source, 200, 160).astype(int)
    assert (shown(LAYER, photo)[..., 2::-1] == crop).all()


def test_a_box_that_leaves_the_canvas_shows_the_right_part(photo: PhotoPyramid) -> None:
    wide = replace(LAYER, box=Box(-60, -40, 320, 240), source=Box(0, 0, 480, 360))
    part = replace(LAYER, source=Box(90, 60, 300, 240))
    assert np.abs(shown(wide, photo) - shown(part, photo)).max() <= 1


def test_a_cover_belongs_to_whoever_asked(photo: PhotoPyramid) -> None:
    whole = replace(LAYER, source=Box(0, 0, 600, 400), box=Box(0, 0, 600, 400))
    untouched = photo.pixels.copy()
    cover(whole, PixelBox(0, 0, 600, 400), PixelBox(0, 0, 600, 400), photo)[:] = 0
    assert np.array_equal(photo.pixels, untouched)


def test_duotone_runs_from_the_dark_to_the_light_colour(photo: PhotoPyramid) -> None:
    ramp = np.repeat(np.tile(np.linspace(0, 255, 600).astype(np.uint8), (400, 1))[..., None], 3, axis=2)
    dark, light = Colour(40, 10, 90), Colour(255, 210, 120)
    layer = replace(LAYER, source=Box(0, 0, 600, 400), treatment=Treatment.DUOTONE, duotone=(dark, light))
    picture = shown(layer, PhotoPyramid(ramp))
    assert picture[80, 0, 2::-1] == pytest.approx(dark, abs=3)
    assert picture[80, 199, 2::-1] == pytest.approx(light, abs=3)
    weights = picture[80, :, :3] @ np.array([0.07, 0.72, 0.21])
    assert (np.diff(weights) > -1.5).all()


@pytest.mark.parametrize("sigma", [1.5, 6.0, 20.0])
def test_blur_keeps_the_tone_and_removes_the_stripes(photo: PhotoPyramid, sigma: float) -> None:
    sharp, soft = shown(LAYER, photo), shown(replace(LAYER, treatment=Treatment.BLURRED, blur=sigma), photo)
    assert soft[..., :3].mean(axis=(0, 1)) == pytest.approx(sharp[..., :3].mean(axis=(0, 1)), abs=3)
    # A wave of 2 pi 9 photo px is 28.3 canvas px long; a Gaussian leaves exp(-2 (pi sigma / 28.3)^2) of it.
    left = np.exp(-2 * (np.pi * sigma / 28.27) ** 2)
    assert soft[80, 60:140, 2].std() == pytest.approx(sharp[80, 60:140, 2].std() * left, abs=2.5)


def test_blur_looks_beyond_the_edge_of_its_window(photo: PhotoPyramid) -> None:
    blurred = replace(LAYER, treatment=Treatment.BLURRED, blur=8.0)
    whole = shown(blurred, photo)
    window = replace(blurred, box=Box(0, 0, 100, 80), source=Box(140, 100, 200, 160))
    inner = cover(window, PixelBox(0, 0, 100, 80), CANVAS, photo).astype(int)
    assert np.abs(inner - whole[40:120, 50:150]).max() <= 3


def test_a_veil_mixes_its_colour_in(photo: PhotoPyramid) -> None:
    veiled = shown(replace(LAYER, veil=Colour(10, 20, 30), veil_opacity=0.75), photo)
    expected = shown(LAYER, photo)[..., :3] * 0.25 + np.array([30, 20, 10]) * 0.75
    assert np.abs(veiled[..., :3] - expected).max() <= 1
    assert (veiled[..., 3] == 255).all()
