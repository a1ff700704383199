# SPDX-License-Identifier: Apache-2.0
"""Logos as clients send them: transparent, on white, on colour, as JPEG; and photos that are no logos."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.images.decode import decode_picture
from affiche.samples import sample_logo, sample_photos
from affiche.vision.logo import MAX_SIDE, read_logo

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def mark() -> Pixels:
    """The sample logo, 600 px wide, RGBA."""
    logo = sample_logo()
    return np.asarray(cv2.resize(logo, (600, round(600 * logo.shape[0] / logo.shape[1])), interpolation=cv2.INTER_AREA))


def on_ground(mark: Pixels, ground: tuple[int, int, int], margin: int = 40) -> Pixels:
    alpha = mark[..., 3:] / 255
    flat = np.rint(mark[..., :3] * alpha + np.array(ground) * (1 - alpha)).astype(np.uint8)
    return cv2.copyMakeBorder(flat, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=ground)  # type: ignore[return-value]


def saved(rgb: Pixels, suffix: str) -> Pixels:
    return decode_picture(cv2.imencode(suffix, rgb[..., ::-1])[1].tobytes())


def test_a_transparent_logo_is_trimmed_to_its_ink(mark: Pixels) -> None:
    padded = cv2.copyMakeBorder(mark, 30, 50, 20, 70, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    logo = read_logo(np.asarray(padded, np.uint8))
    trimmed = read_logo(mark)
    assert not logo.opaque
    assert logo.pixels.shape == trimmed.pixels.shape
    assert logo.one_colour is not None


@pytest.mark.parametrize("ground", [(255, 255, 255), (250, 244, 230), (240, 90, 60)])
@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_plain_ground_is_removed_without_a_halo(mark: Pixels, ground: tuple[int, int, int], suffix: str) -> None:
    logo = read_logo(saved(on_ground(mark, ground), suffix))
    clear = read_logo(mark)
    assert not logo.opaque
    assert abs(logo.aspect / clear.aspect - 1) < 0.03
    alpha = cv2.resize(logo.pixels[..., 3], clear.pixels.shape[1::-1], interpolation=cv2.INTER_AREA).astype(int)
    # JPEG smears the colour of a two-colour edge over its blocks; a sixteenth of full is not seen.
    assert np.abs(alpha - clear.pixels[..., 3]).mean() < (16 if suffix == ".jpg" else 6)
    soft = (logo.pixels[..., 3] > 60) & (logo.pixels[..., 3] < 200)
    ink = np.array(clear.colours[0][0])
    to_ink = np.linalg.norm(logo.pixels[soft][:, :3] - ink, axis=1)
    to_ground = np.linalg.norm(logo.pixels[soft][:, :3] - np.array(ground), axis=1)
    assert (to_ink < to_ground).mean() > 0.9, "edges kept the colour of the old ground"


def test_a_photo_stays_as_it_is() -> None:
    photo = np.asarray(cv2.resize(sample_photos(600, 400)["busy"], (300, 200)), np.uint8)
    logo = read_logo(saved(photo, ".jpg"))
    assert logo.opaque
    assert logo.pixels.shape == (200, 300, 4)
    assert logo.one_colour is None


def test_a_full_tile_is_shown_as_it_is() -> None:
    tile = np.full((80, 80, 4), (30, 60, 200, 255), np.uint8)
    assert read_logo(tile).opaque


def test_colours_and_lightness(mark: Pixels) -> None:
    white = mark.copy()
    white[..., :3] = 255
    logo = read_logo(white)
    assert logo.one_colour == Colour(255, 255, 255)
    assert logo.is_light
    assert not read_logo(mark).is_light
    two = mark.copy()
    two[:, :150, :3] = (220, 40, 40)
    logo = read_logo(two)
    assert logo.one_colour is None
    assert len(logo.colours) == 2
    assert sum(share for _, share in logo.colours) == pytest.approx(1, abs=0.05)


def test_a_lossy_file_of_a_one_colour_logo_is_still_one_colour(mark: Pixels) -> None:
    ink = mark.copy()
    ink[..., :3] = (30, 215, 96)
    logo = read_logo(saved(on_ground(ink, (255, 255, 255)), ".jpg"))
    assert logo.one_colour is not None
    assert np.abs(np.array(logo.one_colour) - (30, 215, 96)).max() < 8


def test_edges_of_a_lossy_file_take_the_colour_of_the_ink() -> None:
    disc = np.full((300, 300, 3), 255, np.uint8)
    cv2.circle(disc, (150, 150), 100, (255, 56, 92), -1, cv2.LINE_AA)
    data = cv2.imencode(".jpg", disc[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 75])[1].tobytes()
    logo = read_logo(decode_picture(data))
    soft = (logo.pixels[..., 3] > 10) & (logo.pixels[..., 3] < 245)
    assert soft.any()
    off = np.abs(logo.pixels[soft][:, :3].astype(int) - (255, 56, 92)).max(axis=1)
    assert off.mean() < 12
    assert np.quantile(off, 0.98) < 45
    assert abs(logo.pixels.shape[0] - 201) <= 2
    assert abs(logo.pixels.shape[1] - 201) <= 2


def test_dust_does_not_widen_a_logo(mark: Pixels) -> None:
    clear = np.zeros((600, 900, 4), np.uint8)
    clear[200 : 200 + mark.shape[0], 150 : 150 + mark.shape[1]] = mark
    expected = read_logo(clear).pixels.shape
    clear[5, 5] = clear[590, 880] = (0, 0, 0, 255)
    assert read_logo(clear).pixels.shape == expected


def test_a_huge_logo_is_reduced_without_the_colour_under_clear_pixels() -> None:
    huge = np.zeros((2000, 4000, 4), np.uint8)
    huge[..., :3] = (0, 255, 0)
    huge[400:1600, 400:3600] = (200, 30, 40, 255)
    logo = read_logo(huge)
    assert max(logo.pixels.shape) <= MAX_SIDE
    assert logo.aspect == pytest.approx(3200 / 1200, rel=0.01)
    seen = logo.pixels[logo.pixels[..., 3] > 40]
    assert np.abs(seen[:, :3].astype(int) - (200, 30, 40)).max() < 12, "green must not bleed in"


def test_a_logo_without_any_ink_has_no_colours() -> None:
    logo = read_logo(np.zeros((50, 80, 4), np.uint8))
    assert logo.colours == ()
    assert logo.one_colour is None
    assert logo.pixels.shape == (50, 80, 4)
