# SPDX-License-Identifier: Apache-2.0
"""Creatives still look as they did when they were last approved."""

import cv2
import numpy as np
import pytest

from affiche.paint.cache import PaintCache
from tests.pictures.goldens import FOLDER, GOLDENS, Golden, colour_shift, drawn, similarity

LEAST = 0.97
MOST_SHIFT = 6


@pytest.fixture(scope="module")
def cache() -> PaintCache:
    return PaintCache()


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.path.stem)
def test_the_creative_looks_as_approved(golden: Golden, cache: PaintCache) -> None:
    approved = cv2.imread(str(golden.path))
    assert approved is not None, "There is no golden picture; run make goldens and look at it."
    today = drawn(golden, cache)
    assert today.shape == approved.shape
    assert similarity(today, np.asarray(approved, np.uint8)) >= LEAST
    assert colour_shift(today, np.asarray(approved, np.uint8)) <= MOST_SHIFT


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
