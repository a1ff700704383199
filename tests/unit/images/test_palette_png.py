# SPDX-License-Identifier: Apache-2.0
"""PNG files with palettes: whole files, no more colours than asked for, brand colours kept."""

import struct

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.decode import decode_photo
from affiche.images.palette_png import count_colours, palette_of, palette_png
from affiche.images.png import png_palette

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def photo() -> Pixels:
    """Smooth colours beside a flat panel of #1f4e5f, as wide as a third."""
    rough = np.random.default_rng(11).integers(0, 255, (5, 9, 3), np.uint8)
    picture = np.asarray(cv2.resize(rough, (180, 101), interpolation=cv2.INTER_CUBIC), np.uint8)
    picture[:, :60] = (31, 78, 95)
    return picture


@pytest.mark.parametrize("count", [2, 3, 4, 5, 16, 17, 256])
@pytest.mark.parametrize("width", [1, 7, 64])
def test_every_depth_comes_back_whole(count: int, width: int) -> None:
    rng = np.random.default_rng(count)
    palette = rng.integers(0, 256, (count, 3), np.uint8)
    indices = rng.integers(0, count, (13, width)).astype(np.uint8)
    data = png_palette(indices, palette)
    assert np.array_equal(decode_photo(data), palette[indices])
    assert 1 << struct.unpack(">IIB", data[16:25])[2] >= count


@pytest.mark.parametrize("size", [2, 16, 48, 256])
@pytest.mark.parametrize("dither", [False, True])
def test_the_file_shows_what_is_said_in_no_more_colours_than_asked_for(photo: Pixels, size: int, dither: bool) -> None:
    data, shown = palette_png(count_colours(photo), size, dither)
    assert np.array_equal(decode_photo(data), shown)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) <= size


@pytest.mark.parametrize("dither", [False, True])
def test_a_flat_brand_colour_stays_clean(photo: Pixels, dither: bool) -> None:
    _, shown = palette_png(count_colours(photo), 64, dither)
    panel = shown[:, :60].reshape(-1, 3)
    assert len(np.unique(panel, axis=0)) == 1
    assert np.abs(panel[0].astype(int) - (31, 78, 95)).max() <= 1


def test_more_colours_come_closer(photo: Pixels) -> None:
    colours = count_colours(photo)
    errors = [np.abs(palette_png(colours, size, False)[1].astype(int) - photo).mean() for size in (8, 32, 128)]
    assert errors == sorted(errors, reverse=True)


def test_dithering_hides_bands_from_a_distance(photo: Pixels) -> None:
    colours = count_colours(photo)

    def seen(picture: Pixels) -> NDArray[np.float64]:
        return np.asarray(cv2.blur(picture.astype(np.float64), (8, 8)), np.float64)[:, 68:]

    plain, dithered = (
        np.abs(seen(palette_png(colours, 16, dither)[1]) - seen(photo)).mean() for dither in (False, True)
    )
    assert dithered < plain


def test_protected_pixels_get_more_of_the_palette(photo: Pixels) -> None:
    box = (120, 20, 170, 80)
    errors = []
    for protected in ((), (box,)):
        _, shown = palette_png(count_colours(photo, protected), 24, False)
        errors.append(np.abs(shown[20:80, 120:170].astype(int) - photo[20:80, 120:170]).mean())
    assert errors[1] < errors[0]


def test_one_colour_is_one_colour() -> None:
    flat = np.full((20, 30, 3), (200, 10, 60), np.uint8)
    assert palette_of(count_colours(flat), 256).tolist() == [[200, 10, 60]]
    assert np.array_equal(palette_png(count_colours(flat), 256, True)[1], flat)
