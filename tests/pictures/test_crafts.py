# SPDX-License-Identifier: Apache-2.0
"""The crafts of setting text still look as they did when they were last approved."""

import cv2
import numpy as np
import pytest

from tests.pictures.crafts import CRAFTS, FOLDER, drawn, path_of
from tests.pictures.goldens import similarity

LEAST = 0.97


@pytest.mark.parametrize("craft", CRAFTS)
def test_the_craft_looks_as_approved(craft: str) -> None:
    approved = cv2.imread(str(path_of(craft)))
    assert approved is not None, "There is no golden picture; run make goldens and look at it."
    today = drawn(craft)
    assert today.shape == approved.shape
    assert similarity(today, np.asarray(approved, np.uint8)) >= LEAST


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.webp")} == set(CRAFTS)
