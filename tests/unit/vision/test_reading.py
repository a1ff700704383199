# SPDX-License-Identifier: Apache-2.0
"""What is read from a photo: where its subject is, its faces, its calm parts."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.samples import sample_photos
from affiche.vision.faces import faces
from affiche.vision.reading import read_photo
from affiche.vision.saliency import saliency

Pixels = NDArray[np.uint8]


def with_disc(x: int, y: int, radius: int = 40) -> Pixels:
    """A soft grey ground with a red disc."""
    ramp = np.linspace(150, 190, 360, dtype=np.float32)[None, :].repeat(240, 0)
    noise = np.random.default_rng(2).normal(0, 2, ramp.shape)
    picture = np.clip(ramp + noise, 0, 255).astype(np.uint8)[..., None].repeat(3, 2)
    cv2.circle(picture, (x, y), radius, (200, 40, 40), -1)
    return picture


@pytest.mark.parametrize(("x", "y"), [(90, 120), (270, 120), (180, 70), (120, 160)])
def test_the_subject_is_found(x: int, y: int) -> None:
    reading = read_photo(with_disc(x, y))
    left, top, width, height = reading.subject
    assert abs(left + width / 2 - x) < 25
    assert abs(top + height / 2 - y) < 25
    assert 50 < width < 150


def test_maps_are_small_and_within_bounds() -> None:
    reading = read_photo(with_disc(180, 120))
    for map_ in (reading.saliency, reading.detail, reading.luminance):
        assert map_.dtype == np.float32
        assert map_.shape == reading.saliency.shape
        assert max(map_.shape) <= 256
        assert map_.min() >= 0
        assert map_.max() <= 1


def test_a_plain_picture_has_no_salient_part() -> None:
    assert saliency(np.full((200, 300, 3), 128, np.uint8)).max() == 0


def test_detail_is_where_the_detail_is() -> None:
    picture = np.full((200, 400, 3), 140, np.uint8)
    picture[:, 200:] = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    detail = read_photo(picture).detail
    half = detail.shape[1] // 2
    assert detail[:, half + 8 :].mean() > 5 * max(0.01, float(detail[:, : half - 8].mean()))


def test_the_sample_portrait_has_one_face_and_other_scenes_none() -> None:
    photos = sample_photos(900, 600)
    assert len(faces(photos["portrait"])) == 1
    for name in ("main", "product", "busy", "night"):
        assert faces(photos[name]) == ()


def test_a_face_lies_inside_the_subject() -> None:
    reading = read_photo(sample_photos(900, 600)["portrait"])
    (face,) = reading.faces
    left, top, width, height = reading.subject
    assert left - 1 <= face.x
    assert face.x + face.width <= left + width + 1
    assert top - 1 <= face.y
    assert face.y + face.height <= top + height + 1


def test_reading_twice_gives_the_same() -> None:
    picture = with_disc(120, 100)
    one, other = read_photo(picture), read_photo(picture)
    assert one.subject == other.subject
    assert np.array_equal(one.saliency, other.saliency)
    assert one.colours == other.colours
