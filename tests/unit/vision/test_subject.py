# SPDX-License-Identifier: Apache-2.0
"""Subjects on rough grounds, faint limbs, and pictures in which nothing stands out."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.vision.faces import Face
from affiche.vision.saliency import MAP_SIDE, saliency
from affiche.vision.subject import subject_box
from affiche.vision.superpixels import Superpixels


def meadow(seed: int = 1) -> NDArray[np.uint8]:
    """640x480 of green noise, blurred as behind a shallow focus."""
    noise = np.random.default_rng(seed).normal(0, 30, (480, 640)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 6) * 4
    return np.clip(np.dstack([90 + soft, 140 + soft, 70 + soft]), 0, 255).astype(np.uint8)


def test_a_subject_on_a_rough_ground_is_found() -> None:
    picture = meadow()
    cv2.rectangle(picture, (380, 150), (520, 400), (190, 60, 50), -1)
    map_ = saliency(picture)
    x, y, width, height = subject_box(map_, (), 640, 480)
    assert abs(x - 380) < 30
    assert abs(y - 150) < 30
    assert abs(x + width - 520) < 30
    assert abs(y + height - 400) < 30


def test_what_is_in_focus_beats_a_larger_blur() -> None:
    picture = meadow()
    cv2.circle(picture, (140, 240), 90, (170, 110, 60), -1)
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 12), np.uint8)
    sharp = np.random.default_rng(3).integers(0, 2, (100, 100, 1), np.uint8).repeat(3, 2) * 120 + 60
    picture[190:290, 440:540] = sharp
    map_ = saliency(picture)
    scale = MAP_SIDE / 640
    focus = map_[round(200 * scale) : round(280 * scale), round(450 * scale) : round(530 * scale)].mean()
    blur = map_[round(200 * scale) : round(280 * scale), round(100 * scale) : round(180 * scale)].mean()
    assert focus > 1.5 * blur


def test_faint_limbs_belong_to_the_subject() -> None:
    map_ = np.zeros((120, 160), np.float32)
    map_[40:80, 60:100] = 1.0
    map_[55:62, 30:60] = 0.45
    x, _, width, _ = subject_box(map_, (), 160, 120)
    assert x <= 34
    assert x + width == pytest.approx(100, abs=4)


def test_a_distant_speck_is_not_worth_its_room() -> None:
    map_ = np.zeros((120, 160), np.float32)
    map_[40:80, 60:100] = 1.0
    map_[2:6, 2:6] = 1.0
    x, y, _, _ = subject_box(map_, (), 160, 120)
    assert x > 50
    assert y > 30


def test_where_nothing_stands_out_everything_is_the_subject() -> None:
    assert subject_box(np.zeros((60, 90), np.float32), (), 900, 600) == (0, 0, 900, 600)


def test_people_are_kept_with_head_and_shoulders() -> None:
    map_ = np.zeros((60, 90), np.float32)
    map_[40:50, 60:80] = 1.0
    x, y, width, height = subject_box(map_, (Face(100, 120, 80, 80),), 900, 600)
    assert (x, y) == (60, 88)
    assert x + width >= 780
    assert y + height >= 490


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (500, 7), (40, 60)])
def test_odd_shapes_have_a_map(shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(2).integers(0, 255, (*shape, 3), np.uint8)
    map_ = saliency(picture)
    assert map_.shape == shape if max(shape) <= MAP_SIDE else max(map_.shape) == MAP_SIDE
    assert np.isfinite(map_).all()
    box = subject_box(map_, (), shape[1], shape[0])
    assert box[0] >= 0
    assert box[1] >= 0
    assert box[0] + box[2] <= shape[1]
    assert box[1] + box[3] <= shape[0]


def test_superpixels_follow_colours_and_know_their_neighbours() -> None:
    lab = np.zeros((120, 180, 3), np.float32)
    lab[..., 0] = 50
    lab[:, 95:, 1] = 60
    patches = Superpixels.of(lab, 54)
    assert patches.share.sum() == pytest.approx(1)
    assert patches.rim.sum() == pytest.approx(1)
    assert (patches.adjacent == patches.adjacent.T).all()
    mixed = (patches.colour[:, 1] > 6) & (patches.colour[:, 1] < 54)
    assert patches.share[mixed].sum() < 0.03, "hardly a patch may lie across the edge"
    spread = patches.spread(patches.colour[:, 1], 180, 120)
    assert spread.shape == (120, 180)
    assert spread[:, :80].max() < 10 < 50 < spread[:, 110:].min()
