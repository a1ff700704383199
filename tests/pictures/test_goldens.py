# SPDX-License-Identifier: Apache-2.0
"""Creatives still look as they did when they were last approved."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.paint.cache import PaintCache
from affiche.samples import sample_photos
from tests.pictures.gallery import BRIEFS, SIZES, Exhibit, exhibits, hung
from tests.pictures.goldens import FOLDER, GOLDENS, LONGEST, Golden, colour_shift, drawn, reduced, similarity
from tests.pictures.photographs import photograph

Picture = NDArray[np.uint8]

LEAST = 0.97
MOST_SHIFT = 8


@pytest.fixture(scope="module")
def cache() -> PaintCache:
    return PaintCache()


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.path.stem)
def test_the_creative_looks_as_approved(golden: Golden, cache: PaintCache) -> None:
    assert_looks_as_approved(drawn(golden, cache), golden.path)


@pytest.mark.parametrize("exhibit", exhibits(), ids=lambda exhibit: exhibit.path.stem)
def test_the_best_of_each_size_looks_as_approved(exhibit: Exhibit, cache: PaintCache) -> None:
    assert_looks_as_approved(hung(exhibit, cache), exhibit.path)


def test_the_gallery_shows_every_brief_in_every_size() -> None:
    shown = [(exhibit.case, exhibit.format) for exhibit in exhibits()]
    assert sorted(shown) == sorted((case.name, format.name) for case in BRIEFS for format in SIZES)
    assert (len(BRIEFS), len(SIZES)) == (12, 11)


def assert_looks_as_approved(today: Picture, path: Path) -> None:
    approved = cv2.imread(str(path))
    assert approved is not None, "There is no golden picture; run make goldens and look at it."
    assert today.shape == approved.shape
    assert similarity(today, np.asarray(approved, np.uint8)) >= LEAST
    assert colour_shift(today, np.asarray(approved, np.uint8)) <= MOST_SHIFT


@pytest.mark.parametrize("name", sorted(sample_photos()))
def test_the_photos_are_the_samples_as_they_are_drawn_today(name: str) -> None:
    stored = cv2.imdecode(np.frombuffer(photograph(name), np.uint8), cv2.IMREAD_COLOR)
    assert stored is not None, "The file is no picture; run python -m tests.pictures.photographs."
    drawn_today = cv2.cvtColor(sample_photos()[name], cv2.COLOR_RGB2BGR)
    assert stored.shape == drawn_today.shape
    scale = LONGEST / stored.shape[1]
    today, approved = (reduced(np.asarray(picture, np.uint8), scale) for picture in (drawn_today, stored))
    assert similarity(today, approved) >= LEAST
    assert colour_shift(today, approved) <= MOST_SHIFT


def test_no_golden_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.webp")} == {golden.path.name for golden in GOLDENS}


def test_similarity_tells_a_moved_text_from_noise() -> None:
    picture = np.full((120, 200, 3), 240, np.uint8)
    cv2.putText(picture, "Quiet", (20, 80), cv2.FONT_HERSHEY_SIMPLEX, 2, (20, 20, 20), 4)
    noisy = np.clip(picture + np.random.default_rng(1).normal(0, 0.8, picture.shape), 0, 255).astype(np.uint8)
    moved = np.roll(picture, 6, axis=1)
    warmer = np.clip(picture.astype(np.int16) + (-12, 0, 4), 0, 255).astype(np.uint8)
    assert similarity(picture, picture) == pytest.approx(1)
    assert similarity(picture, noisy) > LEAST
    assert similarity(picture, moved) < LEAST
    assert colour_shift(picture, noisy) <= MOST_SHIFT < colour_shift(picture, warmer)
