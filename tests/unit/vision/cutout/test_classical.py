# SPDX-License-Identifier: Apache-2.0
"""Products with known outlines, rendered with and without their stage, cut out of it again."""

import subprocess
import sys
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.samples import sample_photos
from affiche.samples.tabletop import Product, Stage, Tabletop, tabletop
from affiche.vision.cutout import ClassicalCutter, Cutout, State, UnknownForeground, cut_out

Pixels = NDArray[np.uint8]


@cache
def scene(product: Product, stage: Stage) -> Tabletop:
    return tabletop(product, stage)


@cache
def cut(product: Product, stage: Stage) -> Cutout:
    return ClassicalCutter().cut(scene(product, stage).rgb)


def overlap(one: Pixels, other: Pixels) -> float:
    """Intersection over union of two alphas, cut at half."""
    a, b = one > 127, other > 127
    return float((a & b).sum() / (a | b).sum())


def opaque(rgb: Pixels) -> Pixels:
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


@pytest.mark.parametrize(
    ("product", "stage", "least"),
    [
        (Product.MUG, Stage.PAPER, 0.985),
        (Product.BOTTLE, Stage.PAPER, 0.975),
        (Product.MUG, Stage.SHADOW, 0.985),
        (Product.BOTTLE, Stage.SHADOW, 0.96),
        (Product.MUG, Stage.GLOSS, 0.985),
        (Product.BOTTLE, Stage.GLOSS, 0.96),
        (Product.MUG, Stage.WOOD, 0.985),
    ],
)
def test_the_outline_is_the_true_one(product: Product, stage: Stage, least: float) -> None:
    assert overlap(cut(product, stage).pixels[..., 3], scene(product, stage).alpha) >= least
    assert cut(product, stage).state is State.OK


def test_the_hole_of_a_handle_is_open_and_a_label_of_the_paper_s_colour_is_not() -> None:
    mug, bottle = cut(Product.MUG, Stage.PAPER).pixels[..., 3], cut(Product.BOTTLE, Stage.PAPER).pixels[..., 3]
    filled = cv2.morphologyEx(scene(Product.MUG, Stage.PAPER).alpha, cv2.MORPH_CLOSE, np.ones((71, 71), np.uint8))
    hole = (
        cv2.erode(((filled > 127) & (scene(Product.MUG, Stage.PAPER).alpha == 0)).astype(np.uint8), np.ones((5, 5))) > 0
    )
    assert hole.sum() > 300
    assert (mug[hole] < 8).mean() > 0.95
    body = cv2.erode(scene(Product.BOTTLE, Stage.PAPER).alpha, np.ones((13, 13), np.uint8)) == 255
    assert (bottle[body] > 247).mean() > 0.999


def test_a_soft_shadow_is_left_behind() -> None:
    true = scene(Product.MUG, Stage.SHADOW).alpha
    beside = cv2.dilate(true, np.ones((9, 9), np.uint8)) == 0
    assert (cut(Product.MUG, Stage.SHADOW).pixels[..., 3][beside] > 25).mean() < 0.001


def test_a_mirror_image_in_the_floor_is_left_behind() -> None:
    true = scene(Product.MUG, Stage.GLOSS).alpha
    bottom = int(np.flatnonzero((true > 127).any(axis=1))[-1])
    assert (cut(Product.MUG, Stage.GLOSS).pixels[bottom + 5 :, :, 3] > 25).sum() == 0


def test_edges_have_the_product_s_colour_and_not_the_old_background_s() -> None:
    rgb, true = scene(Product.MUG, Stage.WOOD)
    pixels = cut(Product.MUG, Stage.WOOD).pixels
    edge = (pixels[..., 3] > 40) & (pixels[..., 3] < 215)
    inside = cv2.erode(true, np.ones((9, 9), np.uint8)) == 255
    _, labels = cv2.distanceTransformWithLabels(
        (~inside).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(labels.max()) + 1, 3))
    colours[labels[inside]] = rgb[inside]
    own = colours[labels[edge]]
    before = np.linalg.norm(rgb[edge] - own, axis=1).mean()
    after = np.linalg.norm(pixels[edge][:, :3] - own, axis=1).mean()
    assert after < 0.6 * before


def test_the_box_is_the_product_s_and_clear_pixels_are_black() -> None:
    found = cut(Product.BOTTLE, Stage.PAPER)
    x, y, width, height = cv2.boundingRect((scene(Product.BOTTLE, Stage.PAPER).alpha > 127).astype(np.uint8))
    assert abs(found.box.x - x) <= 3
    assert abs(found.box.y - y) <= 3
    assert abs(found.box.width - width) <= 6
    assert abs(found.box.height - height) <= 6
    assert found.trimmed.shape == (found.box.height, found.box.width, 4)
    assert found.pixels.shape == (480, 600, 4)
    assert not found.pixels[found.pixels[..., 3] == 0].any()


def test_a_large_photo_is_cut_as_finely_as_it_is() -> None:
    rgb, true = tabletop(Product.MUG, Stage.PAPER, 1500, 1200)
    alpha = ClassicalCutter().cut(rgb).pixels[..., 3]
    assert overlap(alpha, true) > 0.985
    soft = (alpha > 25) & (alpha < 230)
    outline = int(cv2.morphologyEx((true > 127).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).sum())
    assert soft.sum() < 2.5 * outline, "edges are not blurred by the smaller grid that they were found on"


def test_the_same_photo_gives_the_same_bytes() -> None:
    again = ClassicalCutter().cut(scene(Product.MUG, Stage.SHADOW).rgb)
    assert again.pixels.tobytes() == cut(Product.MUG, Stage.SHADOW).pixels.tobytes()
    assert again.confidence == cut(Product.MUG, Stage.SHADOW).confidence


def test_numba_is_not_loaded_before_something_is_matted() -> None:
    asked = "import sys, affiche, affiche.cli.app, affiche.vision.cutout; print('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("level", [0, 128, 255])
@pytest.mark.parametrize("noise", [0, 3])
def test_a_blank_picture_is_refused(level: int, noise: int) -> None:
    grain = np.random.default_rng(4).normal(0, noise, (300, 400, 3))
    with pytest.raises(UnknownForeground):
        cut_out(opaque(np.clip(level + grain, 0, 255).astype(np.uint8)), ClassicalCutter())


def test_a_speck_and_a_full_frame_are_refused() -> None:
    paper = np.full((400, 400, 3), 230, np.uint8)
    speck = paper.copy()
    speck[200:212, 200:212] = (180, 30, 30)
    with pytest.raises(UnknownForeground):
        ClassicalCutter().cut(speck)
    clear = opaque(paper)
    clear[:3, :, 3] = 0
    with pytest.raises(UnknownForeground):
        cut_out(clear, ClassicalCutter())


@pytest.mark.parametrize("name", ["main", "busy", "night"])
def test_a_scene_without_a_product_is_never_called_certain(name: str) -> None:
    try:
        found = ClassicalCutter().cut(sample_photos(900, 600)[name])
    except UnknownForeground as refused:
        assert refused.confidence < 0.6
    else:
        assert found.state is State.LOW_CONFIDENCE


def test_what_is_cut_out_already_stays_as_it_is() -> None:
    ready = np.zeros((200, 300, 4), np.uint8)
    ready[..., :3] = (0, 255, 0)
    cv2.circle(ready, (150, 100), 60, (200, 40, 40, 255), -1, cv2.LINE_AA)
    found = cut_out(ready, ClassicalCutter())
    visible = ready[..., 3] > 0
    assert (found.pixels[visible] == ready[visible]).all()
    assert not found.pixels[~visible].any()
    assert found.state is State.OK
    assert abs(found.box.width - 121) <= 2


@pytest.mark.parametrize("shape", [(1, 1), (2, 500), (500, 3), (17, 23)])
def test_tiny_and_thin_pictures_are_refused_or_cut_but_break_nothing(shape: tuple[int, int]) -> None:
    rgb = np.random.default_rng(1).integers(0, 255, (*shape, 3), np.uint8)
    try:
        found = ClassicalCutter().cut(rgb)
    except UnknownForeground:
        return
    assert found.pixels.shape == (*shape, 4)
