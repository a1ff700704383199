# SPDX-License-Identifier: Apache-2.0
"""Products set on a plain ground."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.retouch.canvas import Film, Layout
from affiche.retouch.contact import Pose, contact_shadow, pose_of
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


def test_what_stands_on_a_tip_or_comes_from_the_upper_edge_has_no_ground() -> None:
    standing = trimmed(bottle(400))[..., 3].astype(np.float32) / np.float32(255)
    assert pose_of(standing, reaches_top=False) is Pose.STANDING
    assert pose_of(standing, reaches_top=True) is Pose.LOOSE
    diamond = np.zeros((200, 200), np.float32)
    cv2.fillPoly(diamond, [np.array([(100, 0), (199, 100), (100, 199), (0, 100)])], 1.0)
    assert pose_of(diamond, reaches_top=False) is Pose.LOOSE


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
