# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.images.colour import Colour
from affiche.paint.compositing import fill, flat, lay_picture, new_canvas, stain
from affiche.paint.outlines import PixelBox

INK = Colour(200, 100, 50)
BOX = PixelBox(5, 6, 70, 90)


def test_colours_are_written_in_the_order_blue_green_red_alpha() -> None:
    canvas = new_canvas(100, 100)
    fill(canvas, BOX, INK)
    assert canvas[6, 5].tolist() == [50, 100, 200, 255]
    assert canvas[5, 5].tolist() == [0, 0, 0, 255]
    assert canvas[96, 74].tolist() == [0, 0, 0, 255]


@pytest.mark.parametrize("opacity", [0.0, 0.25, 0.5, 1.0])
def test_fill_and_stain_blend_alike(opacity: float) -> None:
    filled, stained = flat(100, 100, Colour(20, 220, 120)), flat(100, 100, Colour(20, 220, 120))
    fill(filled, BOX, INK, opacity)
    stain(stained, BOX, np.full((90, 70), 255, np.uint8), INK, opacity)
    expected = [120 + (50 - 120) * opacity, 220 + (100 - 220) * opacity, 20 + (200 - 20) * opacity]
    assert filled[50, 50, :3] == pytest.approx(expected, abs=1)
    assert stained[50, 50, :3] == pytest.approx(expected, abs=2)
    assert (filled[..., 3] == 255).all()
    assert (stained[..., 3] == 255).all()


def test_a_picture_through_a_mask_mixes_by_the_mask() -> None:
    canvas = flat(100, 100, Colour(0, 0, 0))
    mask = np.tile(np.linspace(0, 255, 70).astype(np.uint8), (90, 1))
    lay_picture(canvas, BOX, flat(70, 90, Colour(255, 255, 255)), mask)
    assert np.abs(canvas[BOX.slices][..., 0].astype(int) - mask).max() <= 1
    assert (canvas[..., 3] == 255).all()
    assert canvas[:6].max(axis=(0, 1)).tolist() == [0, 0, 0, 255]
