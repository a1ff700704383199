# SPDX-License-Identifier: Apache-2.0
import math

import numpy as np
import pytest

from affiche.creative.composition import Box, Outline, OutlineKind
from affiche.paint.cache import PaintCache
from affiche.paint.outlines import PixelBox, coverage, snapped, solid_part

SHAPES = [
    Outline(radius=17.5),
    Outline(radius=500),
    Outline(OutlineKind.ELLIPSE),
    Outline(OutlineKind.ARCH),
    Outline(OutlineKind.ARCH, radius=12),
]


def test_edges_land_on_whole_pixels_and_hairlines_survive() -> None:
    assert snapped(Box(10.4, 20.6, 30.2, 0.3)) == PixelBox(10, 21, 31, 1)


def test_neighbours_that_touch_still_touch_after_snapping() -> None:
    left, right = snapped(Box(0, 0, 100.5, 10)), snapped(Box(100.5, 0, 99.5, 10))
    assert left.right == right.x


@pytest.mark.parametrize("outline", SHAPES)
@pytest.mark.parametrize("size", [(300, 90), (90, 300), (128, 128), (41, 40)])
def test_the_solid_part_is_solid(outline: Outline, size: tuple[int, int]) -> None:
    box = PixelBox(7, 9, *size)
    whole = solid_part(outline, box)
    inside = coverage(outline, box, PaintCache())[whole.moved(-7, -9).slices]
    assert whole.is_empty or inside.min() == 255


def test_an_ellipse_covers_pi_quarters_with_soft_edges() -> None:
    mask = coverage(Outline(OutlineKind.ELLIPSE), PixelBox(0, 0, 200, 120), PaintCache())
    assert mask.mean() / 255 == pytest.approx(math.pi / 4, abs=0.002)
    assert np.count_nonzero((mask > 0) & (mask < 255)) > 100


def test_an_arch_is_round_above_and_straight_below() -> None:
    mask = coverage(Outline(OutlineKind.ARCH), PixelBox(0, 0, 100, 200), PaintCache())
    assert mask[0, 0] == 0
    assert mask[0, 50] > 0
    assert mask[50:, :].min() == 255
    assert mask[:50].mean() / 255 == pytest.approx(math.pi / 4, abs=0.01)


def test_a_polygon_is_given_in_canvas_px_and_cached_by_shape() -> None:
    cache = PaintCache()
    masks = []
    for x in (0, 40):
        corners = ((x, 10.0), (x + 60.0, 10.0), (float(x), 70.0))
        masks.append(coverage(Outline(OutlineKind.POLYGON, points=corners), PixelBox(x, 10, 60, 60), cache))
    assert masks[0] is masks[1]
    assert masks[0][5, 5] == 255
    assert masks[0][55, 55] == 0


def test_cutting_a_hole_leaves_every_other_pixel_once() -> None:
    outer, hole = PixelBox(3, 4, 50, 40), PixelBox(13, 4, 20, 30)
    count = np.zeros((60, 60), int)
    for strip in outer.around(hole):
        count[strip.slices] += 1
    expected = np.zeros_like(count)
    expected[outer.slices] = 1
    expected[hole.slices] = 0
    assert (count == expected).all()
