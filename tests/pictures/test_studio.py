# SPDX-License-Identifier: Apache-2.0
"""Pictures of the studio against golden ones, and a plate baked small against the shipped one."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.studio.baking.process import available, bake
from affiche.studio.baking.quality import Quality
from affiche.studio.baking.variants import working_variant
from affiche.studio.compositor import compose
from affiche.studio.look import Look
from affiche.studio.plate import PlateStore, plate_file
from affiche.studio.scene import Pitch
from affiche.studio.studio import PLATES, Studio
from tests.pictures.goldens import colour_shift, similarity
from tests.pictures.studio_goldens import GOLDENS, Golden, drawn

SIZE = (336, 202)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.path.stem)
def test_a_product_in_a_plate_looks_as_it_did(golden: Golden, studio: Studio) -> None:
    approved = np.asarray(cv2.imread(str(golden.path)), np.uint8)
    today = drawn(golden, studio)
    assert today.shape == approved.shape
    assert similarity(today, approved) > 0.95
    assert colour_shift(today, approved) < 4


def empty_stage(folder: Path, stage: str, pitch: Pitch) -> NDArray[np.uint8]:
    return compose(PlateStore(folder).plate(stage, pitch), Look(exposure=0.6), None, *SIZE).pixels


@pytest.mark.slow
@pytest.mark.skipif(not available(), reason="the extra 'bake' is not installed")
@pytest.mark.parametrize("stage", ["podium", "window"])
def test_plates_baked_small_equal_the_shipped_ones(stage: str, tmp_path: Path) -> None:
    variant = working_variant(os.environ)
    bake(stage, tmp_path, variant, os.environ, Quality((558, 334), 4))
    for pitch in Pitch:
        assert (PLATES / plate_file(stage, pitch)).exists(), pitch
        baked, shipped = empty_stage(tmp_path, stage, pitch), empty_stage(PLATES, stage, pitch)
        assert similarity(baked, shipped) > 0.93, pitch
        assert colour_shift(baked, shipped) < 6, pitch
