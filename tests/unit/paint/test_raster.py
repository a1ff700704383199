# SPDX-License-Identifier: Apache-2.0
from typing import Any

import numpy as np
import pytest

from affiche.creative.composition import (
    Box,
    Composition,
    FillLayer,
    Layer,
    LogoLayer,
    Outline,
    OutlineKind,
    PhotoLayer,
    Role,
    ScrimLayer,
    Shadow,
    TextLayer,
)
from affiche.creative.formats import RenderKind, format_of
from affiche.images.colour import Colour
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint, paint_behind, paint_layers
from affiche.vision.logo import Logo, read_logo

SIZE = format_of(RenderKind.MEDIUM_BANNER)
NAVY, CREAM, CORAL = Colour(18, 24, 60), Colour(248, 244, 236), Colour(240, 96, 70)
WHOLE = Box(0, 0, 300, 250)


@pytest.fixture(scope="module")
def photo() -> PhotoPyramid:
    y, x = np.mgrid[0:500, 0:600]
    return PhotoPyramid(np.stack([x % 256, y % 256, (x + y) % 256], axis=-1).astype(np.uint8))


@pytest.fixture(scope="module")
def logo() -> Logo:
    pixels = np.zeros((40, 80, 4), np.uint8)
    pixels[8:32, 8:72] = (*CORAL, 255)
    return read_logo(pixels)


@pytest.fixture
def layers(set_line: Any) -> tuple[Layer, ...]:
    text = set_line("Ay", size=48)
    return (
        PhotoLayer(Role.PHOTO, WHOLE, Box(0, 0, 600, 500)),
        ScrimLayer(Role.SCRIM, WHOLE, NAVY, (0, 60), (0, 250), (0.0, 0.8)),
        LogoLayer(Role.LOGO, Box(16, 16, 64, 24), CREAM),
        TextLayer(Role.HEADLINE, Box(16, 120, text.width, text.height), text, CREAM),
        FillLayer(Role.BUTTON, Box(16, 200, 120, 34), CORAL, Outline(radius=17), shadow=Shadow(0, 2, 6, NAVY, 0.5)),
        TextLayer(Role.ACTION, Box(40, 208, text.width, text.height), text, NAVY),
    )


def composed(*layers: Layer) -> Composition:
    return Composition(SIZE, 1, "test", 1, layers)


def test_a_canvas_is_opaque_bgra_of_the_format(layers: Any, photo: PhotoPyramid, logo: Logo) -> None:
    canvas = paint(composed(*layers), photo, logo)
    assert canvas.shape == (250, 300, 4)
    assert canvas.dtype == np.uint8
    assert (canvas[..., 3] == 255).all()
    assert canvas[217, 28, :3].tolist() == [70, 96, 240]
    assert canvas[20, 40, :3].tolist() == [236, 244, 248]


def test_the_cache_changes_no_pixel(layers: Any, photo: PhotoPyramid, logo: Logo) -> None:
    cache = PaintCache()
    bare = paint(composed(*layers), photo, logo)
    for _ in range(3):
        assert (paint(composed(*layers), photo, logo, cache) == bare).all()
    assert cache.held > 0


def test_what_lies_behind_a_text_has_no_text_and_nothing_above_it(layers: Any, photo: PhotoPyramid, logo: Logo) -> None:
    composition = composed(*layers)
    behind = paint_behind(composition, Role.HEADLINE, photo, logo)
    assert (behind == paint(composed(*layers[:3]), photo, logo)).all()
    below_action = paint_behind(composition, Role.ACTION, photo, logo)
    assert (below_action == paint(composed(*layers[:3], layers[4]), photo, logo)).all()
    assert (paint_behind(composition, None, photo, logo) == below_action).all()


def test_layers_can_be_laid_on_a_common_ground(layers: Any, photo: PhotoPyramid, logo: Logo) -> None:
    canvas = paint(composed(*layers[:2]), photo, logo)
    paint_layers(canvas, layers[2:], photo, logo)
    assert (canvas == paint(composed(*layers), photo, logo)).all()


OUTLINES = [
    Outline(radius=30),
    Outline(OutlineKind.ELLIPSE),
    Outline(OutlineKind.ARCH, radius=9),
    Outline(OutlineKind.POLYGON, points=((80, 40), (220, 60), (200, 200), (60, 180))),
]


@pytest.mark.parametrize("outline", OUTLINES)
def test_photo_and_panel_of_one_outline_cover_the_same_pixels(
    outline: Outline, photo: PhotoPyramid, logo: Logo
) -> None:
    box = Box(50, 40, 170, 160)
    black = PhotoPyramid(np.zeros((200, 200, 3), np.uint8))
    ground = FillLayer(Role.GROUND, WHOLE, CREAM)
    window = PhotoLayer(Role.PHOTO, box, Box(0, 0, 200, 200), outline)
    panel = FillLayer(Role.PANEL, box, Colour(0, 0, 0), outline)
    through = paint(composed(ground, window), black, logo).astype(int)
    flat = paint(composed(ground, panel), photo, logo).astype(int)
    assert np.abs(through - flat).max() <= 1
    assert through[120, 130, :3].max() == 0
    assert through[42, 52, :3].min() > 200
    partial = (through[..., 0] > 5) & (through[..., 0] < 230)
    assert partial.sum() > 50


def test_layers_that_leave_the_canvas_are_cut(photo: PhotoPyramid, logo: Logo) -> None:
    everywhere = (
        PhotoLayer(Role.PHOTO, Box(-50, -50, 400, 350), Box(0, 0, 600, 500), Outline(radius=80)),
        FillLayer(Role.PANEL, Box(250, 200, 100, 100), CORAL, Outline(OutlineKind.ELLIPSE), 0.5),
        LogoLayer(Role.LOGO, Box(280, -10, 64, 24)),
        FillLayer(Role.ACCENT, Box(500, 500, 10, 10), CORAL),
    )
    canvas = paint(composed(*everywhere), photo, logo)
    assert (canvas[..., 3] == 255).all()
    assert canvas[5, 295, :3].tolist() == [70, 96, 240]
