# SPDX-License-Identifier: Apache-2.0
"""Files that have to fit a number of bytes: never over it, letters first, and honest about the loss."""

import json

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.images.budget import QUALITY_FLOOR, BudgetTooSmall, fit_to_budget
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.images.lossy import QUALITIES, Chroma, decoded_avif, jpeg
from affiche.images.similarity import Box, Original

Pixels = NDArray[np.uint8]
LETTERS: Box = (22, 28, 194, 56)
ALL = tuple(ImageFormat)


def scene(text: tuple[int, int, int], ground: tuple[int, int, int], size: tuple[int, int] = (300, 250)) -> Pixels:
    """BGRA: clouds of noise, and on the left a flat panel with a word; colours in BGR."""
    rng = np.random.default_rng(7)
    width, height = size
    rough = rng.integers(0, 255, (height // 8, width // 8, 1)) + rng.integers(-20, 20, (height // 8, width // 8, 3))
    rough = np.clip(rough, 0, 255).astype(np.uint8)
    bgr = np.ascontiguousarray(cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC))
    cv2.rectangle(bgr, (10, 10), (width * 7 // 10, 70), ground, -1)
    cv2.putText(bgr, "Book now", (24, 52), cv2.FONT_HERSHEY_SIMPLEX, 1.1, text, 2, cv2.LINE_AA)
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA), np.uint8)


@pytest.fixture(scope="module")
def banner() -> Pixels:
    return scene((255, 255, 255), (95, 78, 31))


@pytest.fixture(scope="module")
def flat() -> Pixels:
    """Three colours and the edges of a word."""
    bgr = np.full((250, 300, 3), (95, 78, 31), np.uint8)
    cv2.rectangle(bgr, (40, 150), (260, 210), (84, 161, 242), -1)
    cv2.putText(bgr, "Book now", (24, 52), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (255, 255, 255), 2, cv2.LINE_AA)
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA), np.uint8)


def rgb(canvas: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(canvas, cv2.COLOR_BGRA2RGB), np.uint8)


def shown(content: bytes) -> Pixels:
    return decoded_avif(content) if content[4:12] == b"ftypavif" else decode_photo(content)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(budget=st.integers(500, 300_000), formats=st.lists(st.sampled_from(ALL), min_size=1, max_size=3, unique=True))
def test_no_file_is_over_its_budget(banner: Pixels, budget: int, formats: list[ImageFormat]) -> None:
    try:
        fitted = fit_to_budget(banner, budget, formats, [LETTERS])
    except BudgetTooSmall as error:
        assert error.smallest > budget
        return
    assert fitted.bytes == len(fitted.content) <= budget == fitted.budget
    assert fitted.image_format in formats
    measured = Original(rgb(banner), [LETTERS]).compare(shown(fitted.content))
    assert fitted.quality == pytest.approx(measured.picture, abs=1e-4)
    assert fitted.protected_quality == pytest.approx(measured.protected, abs=1e-4)
    assert fitted.below_floor == (measured.merit < QUALITY_FLOOR)


@pytest.mark.parametrize(
    "formats", [(ImageFormat.PNG,), (ImageFormat.JPEG,), (ImageFormat.WEBP,), (ImageFormat.AVIF,), ALL]
)
def test_more_bytes_never_make_it_worse(banner: Pixels, formats: tuple[ImageFormat, ...]) -> None:
    original = Original(rgb(banner), [LETTERS])
    budgets = (20_000, 30_000, 60_000, 400_000)
    files = [fit_to_budget(banner, budget, formats, [LETTERS]).content for budget in budgets]
    merits = [original.compare(shown(content)).merit for content in files]
    assert merits == sorted(merits)
    assert merits[0] < merits[-1]


def test_what_fits_as_it_is_stays_as_it_is(banner: Pixels) -> None:
    plain = encode(banner, ImageFormat.PNG)
    fitted = fit_to_budget(banner, len(plain), [ImageFormat.JPEG, ImageFormat.PNG])
    assert fitted.content == plain
    assert (fitted.quality, fitted.protected_quality, fitted.colour_error, fitted.below_floor) == (1.0, 1.0, 0.0, False)


@pytest.mark.parametrize("image_format", [ImageFormat.PNG, ImageFormat.WEBP])
def test_more_effort_keeps_every_pixel_where_the_quick_file_is_too_large(
    banner: Pixels, image_format: ImageFormat
) -> None:
    budget = len(encode(banner, ImageFormat.PNG)) - 1
    fitted = fit_to_budget(banner, budget, [image_format])
    assert fitted.quality == 1.0
    assert np.array_equal(decode_photo(fitted.content), rgb(banner))


def test_a_flat_design_becomes_a_palette_and_a_photo_does_not(flat: Pixels, banner: Pixels) -> None:
    small = fit_to_budget(flat, 1_900, [ImageFormat.PNG, ImageFormat.JPEG], [LETTERS])
    assert small.image_format is ImageFormat.PNG
    assert small.quality > 0.99
    assert fit_to_budget(banner, 16_000, [ImageFormat.PNG, ImageFormat.JPEG]).image_format is ImageFormat.JPEG


@pytest.mark.parametrize(("budget", "gain"), [(16_000, 0.005), (22_000, 0.008), (30_000, 0.012)])
def test_coloured_letters_keep_their_edges_where_a_naive_search_blurs_them(budget: int, gain: float) -> None:
    canvas = scene((40, 40, 230), (150, 60, 20))
    tried = (jpeg(rgb(canvas), quality, Chroma.HALF, False) for quality in QUALITIES)
    naive = max((content for content in tried if len(content) <= budget), key=len)
    fitted = fit_to_budget(canvas, budget, [ImageFormat.JPEG], [LETTERS])
    original = Original(rgb(canvas), [LETTERS])
    assert fitted.protected_quality > original.compare(decode_photo(naive)).protected + gain


def test_the_same_picture_gives_the_same_bytes(banner: Pixels) -> None:
    one, other = (fit_to_budget(banner.copy(), 30_000, [ImageFormat.PNG, ImageFormat.JPEG], [LETTERS]) for _ in "12")
    assert one == other


def test_a_low_budget_is_said_to_show(banner: Pixels) -> None:
    poor = fit_to_budget(banner, 5_000, [ImageFormat.JPEG], [LETTERS])
    assert poor.below_floor
    assert not fit_to_budget(banner, 5_000, [ImageFormat.JPEG], [LETTERS], floor=0.0).below_floor


@pytest.mark.parametrize(
    "formats", [(ImageFormat.PNG,), (ImageFormat.JPEG,), (ImageFormat.WEBP,), (ImageFormat.AVIF,), ALL]
)
def test_the_smallest_size_that_is_named_can_be_had(banner: Pixels, formats: tuple[ImageFormat, ...]) -> None:
    with pytest.raises(BudgetTooSmall, match=r"maxBytes 100 is too small: .* set maxBytes to \d+ or more") as caught:
        fit_to_budget(banner, 100, formats)
    error = caught.value
    assert (error.field, error.budget) == ("max_bytes", 100)
    assert fit_to_budget(banner, error.smallest, formats).bytes == error.smallest


@pytest.mark.parametrize("budget", [0, -5])
def test_a_budget_is_a_positive_number(banner: Pixels, budget: int) -> None:
    with pytest.raises(InvalidInput, match="from 1"):
        fit_to_budget(banner, budget, ALL)


def test_no_format_is_a_mistake(banner: Pixels) -> None:
    with pytest.raises(InvalidInput, match="at least one format"):
        fit_to_budget(banner, 1_000, ())


def test_every_trial_is_told(banner: Pixels) -> None:
    fitted = fit_to_budget(banner, 16_000, [ImageFormat.PNG, ImageFormat.JPEG], [LETTERS])
    told = json.loads(json.dumps(fitted.to_json()))
    assert (told["bytes"], told["budget"], told["format"]) == (fitted.bytes, 16_000, "jpeg")
    assert len({json.dumps(choice) for choice in told["tried"]}) == len(told["tried"])
    assert {choice.get("chroma") for choice in told["tried"]} == {None, "4:4:4", "4:2:0"}
    (chosen,) = [choice for choice in told["tried"] if choice["bytes"] == fitted.bytes and "ssim" in choice]
    assert (chosen["ssim"], chosen["protectedSsim"]) == (fitted.quality, fitted.protected_quality)
    assert all(choice["bytes"] <= 16_000 for choice in told["tried"] if "ssim" in choice)
