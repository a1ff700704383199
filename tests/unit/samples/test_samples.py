# SPDX-License-Identifier: Apache-2.0
"""The sample pictures at a fifth of their size; full size only changes the number of pixels."""

from pathlib import Path

import numpy as np
import pytest

from affiche.images.decode import decode_photo, decode_picture
from affiche.samples import _PAINTERS, sample_logo, sample_photo, sample_photos, write_samples
from affiche.samples.emblem import INK
from affiche.vision.faces import faces

SIZE = (600, 400)
NAMES = ("main", "product", "busy", "portrait", "night")


def test_the_photos_have_names_and_the_size_that_was_asked_for() -> None:
    photos = sample_photos(*SIZE)
    assert tuple(photos) == NAMES
    for name in NAMES:
        assert photos[name].shape == (400, 600, 3)
        assert photos[name].dtype == np.uint8


@pytest.mark.parametrize("name", NAMES)
def test_drawing_again_gives_the_same_pixels(name: str) -> None:
    assert (_PAINTERS[name](*SIZE) == sample_photos(*SIZE)[name]).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_photo_has_the_range_and_the_grain_of_a_photo(name: str) -> None:
    picture = sample_photos(*SIZE)[name].astype(float)
    low, high = np.percentile(picture.mean(axis=2), (1, 99))
    assert high - low > 90
    assert (picture.max(axis=(0, 1)) - picture.min(axis=(0, 1))).min() > 120
    assert np.unique(sample_photos(*SIZE)[name].reshape(-1, 3), axis=0).shape[0] > 5000


def test_night_is_dark_and_the_main_photo_is_not() -> None:
    assert sample_photos(*SIZE)["night"].mean() < 85
    assert 100 < sample_photo(*SIZE).mean() < 190


def test_the_main_photo_leaves_a_calm_side_for_text() -> None:
    grey = sample_photo(*SIZE).astype(float).mean(axis=2)
    sky, lodge = grey[10:80, 20:280], grey[200:290, 350:500]
    assert np.abs(np.diff(sky, axis=1)).mean() < 0.5 * np.abs(np.diff(lodge, axis=1)).mean()


def test_the_portrait_has_one_face_where_it_was_painted() -> None:
    found = faces(sample_photos(1200, 800)["portrait"])
    assert len(found) == 1
    middle = found[0].x + found[0].width / 2
    assert 1200 * 0.55 < middle < 1200 * 0.72


def test_the_logo_is_one_ink_on_a_clear_ground() -> None:
    logo = sample_logo()
    assert logo.shape == (300, 1200, 4)
    assert {tuple(colour) for colour in logo[logo[..., 3] > 0][:, :3]} == {tuple(INK)}
    assert logo[0].max(axis=0)[3] == 0
    share = (logo[..., 3] > 128).mean()
    assert 0.2 < share < 0.6


def test_write_samples_writes_files_that_can_be_read(tmp_path: Path) -> None:
    written = write_samples(tmp_path / "samples", SIZE)
    assert sorted(path.name for path in written) == [
        "bag.png",
        "bottle.png",
        "busy.jpg",
        "logo.png",
        "night.jpg",
        "photo.jpg",
        "portrait.jpg",
        "product.jpg",
        "snapshot.jpg",
    ]
    assert (decode_picture((tmp_path / "samples" / "logo.png").read_bytes()) == sample_logo()).all()
    photo = decode_photo((tmp_path / "samples" / "photo.jpg").read_bytes()).astype(float)
    assert np.abs(photo - sample_photo(*SIZE)).mean() < 4
