# SPDX-License-Identifier: Apache-2.0
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.png import png_rgb, png_rgba

Pixels = NDArray[np.uint8]


def _read(data: bytes, flags: int) -> Pixels:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    assert picture is not None
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (3, 5), (7, 6), (40, 131), (700, 601)])
def test_a_file_holds_the_canvas_with_and_without_vector_instructions(size: tuple[int, int]) -> None:
    canvas = np.random.default_rng(5).integers(0, 256, (*size, 4), np.uint8)
    data = png_rgb(canvas)
    assert png_rgb(canvas, portable=True) == data
    assert np.array_equal(_read(data, cv2.IMREAD_COLOR), canvas[..., :3])


def test_part_of_a_larger_canvas_is_written_as_it_is() -> None:
    canvas = np.random.default_rng(6).integers(0, 256, (50, 60, 4), np.uint8)
    data = png_rgb(canvas[5:45, 10:50])
    assert np.array_equal(_read(data, cv2.IMREAD_COLOR), canvas[5:45, 10:50, :3])


def test_a_file_keeps_straight_alpha() -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (33, 21, 4), np.uint8)
    read = _read(png_rgba(pixels), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(read, pixels[..., [2, 1, 0, 3]])
