# SPDX-License-Identifier: Apache-2.0
"""The ink kernel against NumPy, at every width around a vector's, and at all edges of the canvas."""

from typing import Any

import numpy as np
import pytest

from affiche.images.blending import Blend
from affiche.paint.cache import Pixels
from affiche.paint.compositing import lay_ink
from affiche.paint.outlines import PixelBox

BOX = PixelBox(3, 2, 21, 5)
SHAPES = [(5, 21), (1, 21), (5, 1), (1, 1)]


def noise(*shape: int, seed: int = 1) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def by_hand(
    canvas: Pixels, box: PixelBox, ink: Pixels, mask: Pixels, opacity: float, blend: Blend = Blend.NORMAL
) -> Pixels:
    """The formula in whole numbers, on a copy."""
    painted = canvas.copy()
    share = round(65536 * opacity)
    thin = mask.astype(np.int64) if share == 65536 else ((mask.astype(np.int64) << 8) * share // 65536 + 128) // 256
    old, laid = canvas[box.slices].astype(np.int64), ink.astype(np.int64)
    if blend is Blend.MULTIPLY:
        laid = (2 * old * laid + 255) // 510
    elif blend is Blend.SCREEN:
        laid = 255 - (2 * (255 - old) * (255 - laid) + 255) // 510
    painted[box.slices] = (2 * (old * (255 - thin[..., None]) + laid * thin[..., None]) + 255) // 510
    return painted


@pytest.mark.parametrize("portable", [True, False])
@pytest.mark.parametrize("opacity", [1.0, 0.37, 1e-4])
@pytest.mark.parametrize("mask_shape", SHAPES)
@pytest.mark.parametrize("ink_shape", SHAPES)
def test_the_kernel_does_what_the_formula_says(
    ink_shape: tuple[int, int], mask_shape: tuple[int, int], opacity: float, portable: bool
) -> None:
    canvas, ink, mask = noise(9, 30, 4), noise(*ink_shape, 4, seed=2), noise(*mask_shape, seed=3)
    expected = by_hand(canvas, BOX, ink, mask, opacity)
    lay_ink(canvas, BOX, ink, mask, opacity, portable=portable)
    assert np.array_equal(canvas, expected)


@pytest.mark.parametrize("portable", [True, False])
@pytest.mark.parametrize("opacity", [1.0, 0.37])
@pytest.mark.parametrize("mask_shape", SHAPES)
@pytest.mark.parametrize("blend", [Blend.MULTIPLY, Blend.SCREEN])
def test_ink_is_multiplied_and_screened(
    blend: Blend, mask_shape: tuple[int, int], opacity: float, portable: bool
) -> None:
    canvas, ink, mask = noise(9, 30, 4), noise(5, 21, 4, seed=2), noise(*mask_shape, seed=3)
    expected = by_hand(canvas, BOX, ink, mask, opacity, blend)
    lay_ink(canvas, BOX, ink, mask, opacity, blend=blend, portable=portable)
    assert np.array_equal(canvas, expected)


@pytest.mark.parametrize("width", range(1, 19))
def test_every_width_is_laid_to_its_last_pixel_and_no_further(width: int) -> None:
    box = PixelBox(1, 1, width, 2)
    canvas, ink, mask = noise(4, width + 2, 4), noise(2, width, 4), noise(2, width)
    expected = by_hand(canvas, box, ink, mask, 1.0)
    lay_ink(canvas, box, ink, mask)
    assert np.array_equal(canvas, expected)


def test_opaque_stays_opaque_and_all_mixtures_are_rounded_to_nearest() -> None:
    levels = np.arange(256, dtype=np.uint8)
    mask = np.repeat(levels[:, None], 256, axis=1)
    ink = np.zeros((1, 256, 4), np.uint8)
    ink[0, :, 0], ink[..., 3] = levels, 255
    canvas = np.full((256, 256, 4), 255, np.uint8)
    lay_ink(canvas, PixelBox(0, 0, 256, 256), ink, mask)
    exact = 255 + (levels[None, :].astype(float) - 255) * mask / 255
    assert np.abs(canvas[..., 0] - exact).max() <= 0.5
    assert (canvas[..., 3] == 255).all()


def test_parts_of_larger_pictures_and_turned_ones_are_read_in_place() -> None:
    ink, mask = noise(20, 60, 4), noise(20, 60)
    for part in ((slice(4, 9), slice(7, 28)), (slice(9, 4, -1), slice(7, 28)), (slice(0, 5), slice(42, 0, -2))):
        canvas, expected = noise(9, 30, 4), noise(9, 30, 4)
        lay_ink(canvas, BOX, ink[part], mask[part])
        lay_ink(expected, BOX, np.ascontiguousarray(ink[part]), np.ascontiguousarray(mask[part]))
        assert np.array_equal(canvas, expected)


@pytest.mark.parametrize(
    "wrong",
    [
        {"box": PixelBox(20, 2, 21, 5)},
        {"box": PixelBox(-3, 2, 21, 5)},
        {"ink": noise(5, 20, 4)},
        {"mask": noise(4, 21)},
    ],
    ids=["beyond the right", "beyond the left", "narrow ink", "low mask"],
)
def test_what_does_not_fit_is_refused_untouched(wrong: dict[str, Any]) -> None:
    canvas = noise(9, 30, 4)
    given: dict[str, Any] = {"box": BOX, "ink": noise(5, 21, 4), "mask": noise(5, 21)} | wrong
    with pytest.raises(ValueError, match=r"cover|inside"):
        lay_ink(canvas, **given)
    assert np.array_equal(canvas, noise(9, 30, 4))
