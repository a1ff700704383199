# SPDX-License-Identifier: Apache-2.0
"""Shadows, mirror images and light on a floor and a wall whose light is known."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.samples.wares import bag, bottle
from affiche.studio.compositor import Setting
from affiche.studio.compositor import compose as composed
from affiche.studio.look import Look
from tests.doubles.plates import room, slab

SIZE = (418, 157)
LOOK = Look(exposure=0.4, saturation=1.0, contrast=1.0)

Floats = NDArray[np.float64]


def compose(*given: Any, **named: Any) -> NDArray[np.uint8]:
    return composed(*given, **named).pixels


def picture(cutout: NDArray[np.uint8] | None, setting: Setting | None = None) -> Floats:
    return np.asarray(compose(room(), LOOK, cutout, *SIZE, setting).astype(float).mean(-1))


@pytest.fixture(scope="module")
def empty() -> Floats:
    return picture(None)


@pytest.fixture(scope="module")
def darkening(empty: Floats) -> Floats:
    """How many levels the product takes from each pixel; the product's own pixels too."""
    return np.asarray(empty - picture(slab()))


def foot(cutout: NDArray[np.uint8]) -> tuple[int, slice]:
    """The row under the product, and its columns."""
    shown = compose(room(), LOOK, cutout, *SIZE).astype(int)
    red = (shown[..., 0] - shown[..., 1]) > 60
    rows, columns = np.flatnonzero(red.any(1)), np.flatnonzero(red.any(0))
    return int(rows[-1]) + 1, slice(int(columns[0]), int(columns[-1]) + 1)


def test_the_shadow_falls_away_from_the_key(darkening: Floats) -> None:
    row, columns = foot(slab())
    beside = slice(row - 8, row)
    left, right = (
        darkening[beside, side].mean()
        for side in (slice(columns.start - 40, columns.start - 8), slice(columns.stop + 8, columns.stop + 40))
    )
    assert right > 12
    assert right > 3 * left


def test_light_far_from_the_product_stays(darkening: Floats) -> None:
    assert np.abs(darkening[:30, :60]).mean() < 1.5


def test_the_ground_is_darkest_where_the_product_touches_it(darkening: Floats) -> None:
    row, columns = foot(slab())
    under = darkening[row + 1 : row + 12, columns].mean(1)
    assert under[0] > 1.5 * under[-1] > 0


def test_a_mirrored_stage_throws_the_shadow_to_the_other_side_and_keeps_the_product() -> None:
    plain, mirrored = picture(slab()), picture(slab(), setting=Setting(mirrored=True))
    assert np.abs(plain - mirrored[:, ::-1]).mean() < 1.5
    label = slab()
    label[60:90, 15:30, :3] = 255
    shown = compose(room(), LOOK, label, *SIZE, Setting(mirrored=True)).astype(int)
    white = (shown.min(-1) > 170) & (np.arange(SIZE[1])[:, None] < 110)
    red = (shown[..., 0] - shown[..., 1]) > 60
    assert np.flatnonzero(white[:, 150:270].any(0)).mean() < np.flatnonzero(red[:, 150:270].any(0)).mean()


def test_a_polished_floor_shows_the_product_upside_down() -> None:
    row, columns = foot(slab())
    below = slice(row + 2, row + 10), columns
    polished = compose(room(roughness=0.05, whiteness=0.02), LOOK, slab(), *SIZE).astype(int)[below]
    matt = compose(room(), LOOK, slab(), *SIZE).astype(int)[below]
    redness = [(shown[..., 0] - shown[..., 1]).mean() for shown in (polished, matt)]
    assert redness[0] > redness[1] + 15


def test_the_product_keeps_its_colour() -> None:
    for tint in ("#ffffff", "#ffd9a0", "#a0c0ff"):
        shown = compose(room(), replace(LOOK, key_tint=tint), slab(), *SIZE).astype(float)
        row, columns = foot(slab())
        body = shown[row - 50 : row - 25, columns.start + 6 : columns.stop - 6].reshape(-1, 3).mean(0)
        assert np.abs(body - (200, 40, 40)).max() < 26, tint


def test_same_input_and_seed_same_bytes() -> None:
    made = [compose(room(), LOOK, bottle(300), *SIZE, seed=seed) for seed in (5, 5, 6)]
    assert np.array_equal(made[0], made[1])
    assert 0 < np.abs(made[0].astype(int) - made[2]).max() < 16


@pytest.mark.parametrize("size", [(1200, 628), (600, 600), (270, 480), (728, 90), (64, 64)])
def test_every_size_holds_the_whole_product(size: tuple[int, int]) -> None:
    shown = compose(room(), LOOK, bag(200), *size).astype(int)
    assert shown.shape == (size[1], size[0], 3)
    product = (shown[..., 0] - shown[..., 2]) > 45
    assert product.mean() > 0.02
    assert not product[0].any()
    assert not product[:, 0].any()
    assert not product[:, -1].any()


def strange(name: str) -> NDArray[np.uint8]:
    shapes = {"pencil": (900, 8), "ruler": (8, 900), "dot": (5, 5)}
    cut = np.full((*shapes.get(name, (200, 160)), 4), 255, np.uint8)
    if name == "faint":
        cut[..., 3] = 40
    if name == "dots":
        cut[..., 3] = 0
        cut[::40, ::40] = 255
    if name == "noise":
        cut = np.random.default_rng(1).integers(0, 256, (200, 160, 4), np.uint8)
    return cut


@pytest.mark.parametrize("name", ["pencil", "ruler", "dot", "faint", "dots", "noise"])
@pytest.mark.parametrize("size", [(209, 78), (64, 64), (60, 180)])
def test_strange_cut_outs_make_pictures(name: str, size: tuple[int, int]) -> None:
    assert compose(room(), LOOK, strange(name), *size).shape == (size[1], size[0], 3)


def test_an_empty_cut_out_is_refused() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        compose(room(), LOOK, np.zeros((50, 50, 4), np.uint8), *SIZE)


def test_roles_are_recoloured_alone() -> None:
    green = compose(room(), replace(LOOK, colours=(None, "#40c040", None, None)), None, *SIZE).astype(int)
    wall, floor = green[5, 200], green[-5, 200]
    assert floor[1] > floor[0] + 40
    assert abs(wall[1] - wall[0]) < 25


def test_the_mirror_image_over_a_round_foot_has_no_steps() -> None:
    """The upper edge of the mirrored label is a smooth curve, found between pixels."""
    dark = replace(LOOK, exposure=0.05)
    shown = compose(room(836, 500, roughness=0.02, whiteness=0.02), dark, bottle(900), 836, 314).astype(float)
    part = shown[262:300, 390:446, 0]
    half = (part.min() + part.max()) / 2
    above = (part > half).argmax(0)
    lower, upper = (np.take_along_axis(part, (above - back)[None], 0)[0] for back in (0, 1))
    edge = above - (lower - half) / (lower - upper)
    assert np.abs(np.diff(edge)).max() < 1.0
