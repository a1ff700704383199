# SPDX-License-Identifier: Apache-2.0
"""Products set on a plain ground."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.retouch.canvas import Film, Layout
from affiche.retouch.contact import Pose, contact_shadow, poses_of
from affiche.retouch.packshot import Shot, packshot
from affiche.samples.wares import bag, bottle
from affiche.studio.product import trimmed

Pixels = NDArray[np.uint8]


def disc(size: int = 200) -> Pixels:
    """A ball, which touches its ground at a point."""
    picture = np.zeros((size, size, 4), np.uint8)
    cv2.circle(picture, (size // 2, size // 2), size // 2 - 1, (200, 60, 40, 255), -1)
    return picture


@pytest.mark.parametrize("product", [bottle(1400), bag(900)])
def test_the_ground_is_white_to_the_rim_and_the_product_fills_85_percent(product: Pixels) -> None:
    made = packshot(trimmed(product), Shot())
    picture = made.pixels
    assert picture.shape[0] == picture.shape[1] >= 1600
    for edge in (picture[:6], picture[-6:], picture[:, :6], picture[:, -6:]):
        assert (edge == 255).all()
    assert (picture[: made.layout.top - 2] == 255).all(), "no shadow reaches over the product"
    dark = picture.min(-1) < 200
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    longest = max(rows[-1] - rows[0], columns[-1] - columns[0]) / picture.shape[0]
    assert longest == pytest.approx(0.85, abs=0.02)
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(picture.shape[1] / 2, abs=4)


def test_a_standing_product_has_a_shadow_under_it_only() -> None:
    with_shadow, without = (packshot(trimmed(bottle(600)), Shot(shadow=shadow)) for shadow in (None, False))
    assert (with_shadow.shadow, without.shadow) == (True, False)
    darker = np.asarray((with_shadow.pixels < without.pixels).any(-1))
    foot = with_shadow.layout.top + with_shadow.layout.box_height
    assert darker[foot : foot + 6, 400:600].any()
    assert not darker[: foot - with_shadow.layout.box_height // 4].any()


def diamond(size: int = 200) -> Pixels:
    """A thing that nothing could stand like."""
    picture = np.zeros((size, size, 4), np.uint8)
    half = size // 2
    corners = np.array([(half, 0), (size - 1, half), (half, size - 1), (0, half)])
    cv2.fillPoly(picture, [corners], (60, 90, 160, 255))
    return picture


def test_how_things_are_held_up() -> None:
    standing = trimmed(bottle(400))[..., 3].astype(np.float32) / np.float32(255)
    assert poses_of(standing, None) == (Pose.STANDING,)
    assert poses_of(standing, 0) == (Pose.HANGING,)
    lying = diamond()[..., 3].astype(np.float32) / np.float32(255)
    assert poses_of(lying, None) == (Pose.LYING,)
    both = np.zeros((500, 700), np.float32)
    both[100:300, 50:250] = lying
    both[50:450, 350:600] = 1
    both[5, 5] = 1
    assert sorted(poses_of(both, None)) == [Pose.LYING, Pose.STANDING], "each by itself, and no crumb"
    assert sorted(poses_of(both, 50)) == [Pose.HANGING, Pose.LYING]


def test_what_lies_has_a_shadow_around_it_that_is_deeper_below() -> None:
    made, plain = (packshot(diamond(), Shot(shadow=shadow)) for shadow in (None, False))
    assert made.poses == (Pose.LYING,)
    assert (made.shadow, plain.shadow) == (True, False)
    taken = plain.pixels.min(-1).astype(int) - made.pixels.min(-1)
    middle, foot = made.pixels.shape[1] // 2, made.layout.top + made.layout.box_height
    assert taken[foot + 3, middle] > 12
    above, below = (taken[rows, middle - 60 : middle + 60].sum() for rows in (slice(0, 100), slice(foot - 60, None)))
    assert below > 3 * above
    assert (made.pixels[:4] == 255).all()


def test_what_hangs_has_a_shadow_only_on_request() -> None:
    hanging, wanted = (packshot(trimmed(bottle(400)), Shot(shadow=shadow), reaches_top=True) for shadow in (None, True))
    assert (hanging.shadow, wanted.shadow) == (False, True)
    assert (hanging.pixels[-40:] == 255).all()
    assert (wanted.pixels < hanging.pixels).any()


def test_the_frame_of_a_photo_is_kept() -> None:
    layout = Layout.within(800, 600, (100, 50, 200, 200))
    assert layout == Layout(800, 600, 100, 50, 200, 200)
    made = packshot(disc(), Shot(layout=layout, shadow=False)).pixels
    assert made.shape == (600, 800, 3)
    assert made[150, 200].tolist() == [200, 60, 40]
    large = Layout.within(6000, 3000, (5000, 0, 1000, 3000))
    assert large == Layout(2400, 1200, 2000, 0, 400, 1200)


def test_an_enlarged_outline_has_no_steps() -> None:
    """A slanted edge of hard pixels, three times as large: neighbours on the edge differ little from row to row."""
    slanted = np.zeros((60, 60, 4), np.uint8)
    for row in range(60):
        slanted[row, : 10 + row // 3] = (40, 120, 60, 255)
    film = Film.of(slanted, 180, 180)
    edge = film.alpha.sum(1)[30:150]
    assert np.abs(np.diff(edge, 2)).max() < 0.25
    assert np.abs(film.rgb[(film.alpha > 0.1) & (film.alpha < 0.9)] - (40, 120, 60)).max() <= 8


def test_every_object_of_a_group_has_its_own_shadow() -> None:
    alpha = np.zeros((600, 600), np.float32)
    alpha[150:400, 100:250] = 1
    alpha[200:500, 330:480] = 1
    shade = contact_shadow(alpha)
    assert shade[402, 175] > 0.1, "the object behind"
    assert shade[502, 405] > 0.1, "the object before"
    assert shade[402, 290] < 0.02
    assert max(shade[0].max(), shade[-1].max(), shade[:, 0].max(), shade[:, -1].max()) == 0


def test_a_ground_of_another_colour_and_a_clear_one() -> None:
    beige = packshot(disc(), Shot(ground=Colour(237, 228, 214), shadow=False)).pixels
    assert tuple(beige[0, 0]) == (237, 228, 214)
    clear = packshot(disc(), Shot(ground=None)).pixels
    assert clear.shape[2] == 4
    assert clear[0, 0].tolist() == [0, 0, 0, 0]
    assert clear[clear.shape[0] // 2, clear.shape[1] // 2].tolist() == [200, 60, 40, 255]


@pytest.mark.parametrize(
    ("width", "height", "aspect", "expected"),
    [
        (1360, 700, 1.0, (1600, 1600, 1360)),
        (1200, 700, 1.0, (1600, 1600, 1360)),
        (170, 100, 1.0, (320, 320, 272)),
        (6000, 4000, 1.0, (2400, 2400, 2040)),
        (850, 1360, 0.8, (1280, 1600, 850)),
    ],
)
def test_a_canvas_suits_its_source(width: int, height: int, aspect: float, expected: tuple[int, int, int]) -> None:
    layout = Layout.of(width, height, aspect)
    assert (layout.width, layout.height, layout.box_width) == expected


def test_nothing_of_clear_pixels_bleeds_into_the_edge() -> None:
    product = disc()
    product[product[..., 3] == 0, :3] = (0, 255, 0)
    film = Film.of(product, 130, 130)
    edge = (film.alpha > 0.1) & (film.alpha < 0.9)
    assert edge.any()
    assert np.abs(film.rgb[edge] - (200, 60, 40)).max() < 24
