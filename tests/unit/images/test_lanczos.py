# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.lanczos import Span, resample

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def noise() -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (97, 131, 3), np.uint8)


CASES = [(40, 30), (41, 29), (130, 96), (131, 97), (200, 150), (1, 1), (7, 90), (300, 5)]


@pytest.mark.parametrize(("columns", "rows"), CASES)
def test_vector_and_portable_steps_give_the_same_bytes(noise: Pixels, columns: int, rows: int) -> None:
    spans = Span(3.3, 120.5, columns, 131), Span(-2.5, 99.0, rows, 97)
    assert np.array_equal(resample(noise, *spans), resample(noise, *spans, portable=True))


@pytest.mark.parametrize("side", [1, 2, 3, 9])
def test_sources_smaller_than_a_window_repeat_their_edge(side: int) -> None:
    flat = np.full((side, side, 3), (200, 100, 50), np.uint8)
    for samples in (1, 4, 33):
        result = resample(flat, Span(0, side, samples, side), Span(0, side, samples, side))
        assert (result == (50, 100, 200, 255)).all()


def test_weights_sum_to_one_so_flat_areas_stay_flat(noise: Pixels) -> None:
    white = np.full_like(noise, 255)
    assert (resample(white, Span(0.7, 120.2, 53, 131), Span(1.3, 90.9, 37, 97)) == 255).all()


def test_rows_of_a_window_of_a_larger_picture_are_read_in_place(noise: Pixels) -> None:
    window = noise[10:80, 20:110]
    spans = Span(0, 90, 45, 90), Span(0, 70, 35, 70)
    assert np.array_equal(resample(window, *spans), resample(np.ascontiguousarray(window), *spans))
    mirrored = noise[:, ::-1]
    spans = Span(0, 131, 60, 131), Span(0, 97, 40, 97)
    assert np.array_equal(resample(mirrored, *spans), resample(np.ascontiguousarray(mirrored), *spans))
