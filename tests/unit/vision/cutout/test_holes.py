# SPDX-License-Identifier: Apache-2.0
"""What is seen through a handle is not the product's; what is only coloured like it is."""

from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.noise import fractal
from affiche.samples import sample_photos
from affiche.vision.cutout import ClassicalCutter, State
from affiche.vision.cutout.backdrop import read_backdrop
from affiche.vision.cutout.evidence import to_lab
from affiche.vision.cutout.holes import settled

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

HEIGHT, WIDTH = 300, 400
WALL = (188, 152, 122)
LEATHER = (96, 48, 30)


@cache
def wall() -> Pixels:
    """A wall with soft large patches of shade, as that of leaves: no one smooth surface goes through it."""
    shade = 0.82 + 0.3 * cv2.GaussianBlur(fractal(3, HEIGHT, WIDTH, 3, 5, 3), (0, 0), 8)
    grain = np.random.default_rng(1).normal(0, 1.2, (HEIGHT, WIDTH, 3))
    return np.asarray(np.clip(shade[..., None] * np.array(WALL) + grain, 0, 255), np.uint8)


def bag(handle: int = 8) -> tuple[Pixels, Mask, Mask]:
    """Picture, outline and the hole in it: a box with a hoop of ``handle`` px on top."""
    body, hoop, hole = (np.zeros((HEIGHT, WIDTH), np.uint8) for _ in range(3))
    cv2.rectangle(body, (130, 140), (270, 260), 1, -1)
    cv2.ellipse(hoop, (200, 140), (45, 50), 0, 180, 360, 1, -1)
    cv2.ellipse(hole, (200, 138), (45 - handle, 50 - handle), 0, 180, 360, 1, -1)
    mask = ((body | hoop) & ~hole).astype(np.bool_)
    picture = wall().copy()
    picture[mask] = LEATHER
    return picture, mask, hole > 0


def labelled(label: Mask, body: Mask) -> tuple[Pixels, Mask, Mask]:
    """The same for a box with a blank label that has the wall's colours."""
    picture = wall().copy()
    picture[body & ~label] = LEATHER
    return picture, body & ~label, label


def rectangle(left: int, top: int, right: int, bottom: int) -> Mask:
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[top:bottom, left:right] = True
    return mask


def opened(picture: Pixels, mask: Mask, hole: Mask) -> bool:
    """Whether the hole is open afterwards; nothing else may have changed."""
    lab = to_lab(picture)
    after = settled(mask, lab, read_backdrop(lab))
    assert (after[~hole] == mask[~hole]).all()
    assert not (after[hole].any() and not after[hole].all())
    return not after[hole].any()


def test_the_wall_goes_on_within_a_handle() -> None:
    assert opened(*bag())


def test_a_colour_that_the_wall_has_not_is_the_product_s() -> None:
    picture, mask, hole = bag()
    picture[hole] = (122, 152, 188)
    assert not opened(picture, mask, hole)


def test_what_is_printed_is_the_product_s() -> None:
    picture, mask, hole = bag()
    picture[hole & (np.arange(WIDTH) // 3 % 2 == 0)] = LEATHER
    assert not opened(picture, mask, hole)


@pytest.mark.parametrize(
    ("label", "body"),
    [
        pytest.param(rectangle(180, 140, 220, 180), rectangle(130, 90, 270, 260), id="in the middle"),
        pytest.param(rectangle(157, 130, 243, 190), rectangle(150, 60, 250, 270), id="from edge to edge"),
    ],
)
def test_a_blank_label_of_the_wall_s_colour_is_the_product_s(label: Mask, body: Mask) -> None:
    assert not opened(*labelled(label, body))


def test_the_sample_bag_s_handle_is_open() -> None:
    """The wall behind it is mottled by leaves and no smooth backdrop."""
    photo = sample_photos(1500, 1000)["product"]
    found = ClassicalCutter().cut(photo)
    assert found.state is State.OK
    alpha = found.pixels[..., 3]
    solid = cv2.morphologyEx((alpha > 127).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((81, 81), np.uint8))
    gaps = ((solid > 0) & (alpha < 8)).astype(np.uint8)[found.box.y : found.box.y + found.box.height // 4]
    measures = cv2.connectedComponentsWithStats(cv2.erode(gaps, np.ones((5, 5), np.uint8)))[2][1:]
    hole = measures[measures[:, cv2.CC_STAT_AREA].argmax()]
    assert hole[cv2.CC_STAT_WIDTH] > 100
    assert hole[cv2.CC_STAT_HEIGHT] > 30
    assert hole[cv2.CC_STAT_AREA] > 3000
