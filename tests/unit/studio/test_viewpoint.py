# SPDX-License-Identifier: Apache-2.0
"""From how high a product was photographed, and the camera that is chosen for it."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.images.native import cv2
from affiche.samples.wares import bag, bottle
from affiche.studio.scene import Pitch
from affiche.studio.viewpoint import Viewpoint, pitch_for, suited, viewpoint
from tests.doubles.goods import HEIGHT, carton, tin

FAR = 11.0


def angle_on(height: float, pitch: float) -> float:
    """How steeply a camera that looks down by ``pitch`` sees the level circle at ``height`` of a product."""
    down = math.radians(pitch)
    rise = HEIGHT / 2 + FAR * math.sin(down) - height
    return math.degrees(math.atan2(rise, FAR * math.cos(down)))


@pytest.mark.parametrize("pitch", [2, 5, 8, 12, 16, 20])
def test_a_round_foot_tells_how_steeply_it_was_seen(pitch: float) -> None:
    seen = viewpoint(tin(pitch))
    assert seen.foot == pytest.approx(angle_on(0, pitch), abs=1.0)


@pytest.mark.parametrize("pitch", [8, 12, 16, 20])
def test_a_rim_tells_how_steeply_it_was_seen(pitch: float) -> None:
    assert viewpoint(tin(pitch)).top == pytest.approx(angle_on(HEIGHT, pitch), abs=1.6)


@pytest.mark.parametrize("turn", [25.0, 32.0, 48.0])
@pytest.mark.parametrize("pitch", [2, 8, 20])
def test_the_corner_of_a_turned_box_tells_it_too(pitch: float, turn: float) -> None:
    seen = viewpoint(carton(pitch, turn))
    assert seen.foot == pytest.approx(angle_on(0, pitch), abs=3.5)


@pytest.mark.parametrize("pitch", list(Pitch))
@pytest.mark.parametrize("draw", [tin, lambda pitch: tin(pitch, 0.3), carton, lambda pitch: carton(pitch, 48.0)])
def test_what_was_seen_by_a_camera_of_the_studio_gets_that_camera(draw, pitch: Pitch) -> None:  # type: ignore[no-untyped-def]
    assert pitch_for(draw(pitch)) is pitch


def test_a_box_seen_from_the_front_tells_by_its_lid() -> None:
    assert pitch_for(carton(20, 0.0)) is Pitch.ABOVE
    assert pitch_for(carton(2, 0.0)) is Pitch.LEVEL


def test_samples_are_seen_from_their_own_height() -> None:
    assert viewpoint(bottle(900)).foot == pytest.approx(5, abs=1)
    assert pitch_for(bottle(900)) is Pitch.LEVEL
    assert viewpoint(bag(900)) == Viewpoint(0.0, None)


def ball(size: int = 400) -> NDArray[np.uint8]:
    cut = np.zeros((size, size, 4), np.uint8)
    cv2.circle(cut, (size // 2, size // 2), size // 2 - 6, (180, 90, 60, 255), -1, cv2.LINE_AA)
    return cut


def banana(size: int = 400) -> NDArray[np.uint8]:
    cut = np.zeros((size, size, 4), np.uint8)
    cv2.ellipse(cut, (size // 2, 80), (170, 200), 0, 20, 160, (220, 200, 60, 255), 44, cv2.LINE_AA)
    return cut


@pytest.mark.parametrize("cut", [ball(), banana(), tin(12).transpose(1, 0, 2)], ids=str)
def test_what_has_no_level_foot_gets_the_usual_camera(cut: NDArray[np.uint8]) -> None:
    assert suited(viewpoint(np.ascontiguousarray(cut))) is Pitch.USUAL


def test_size_margin_and_mirror_change_nothing() -> None:
    cut = tin(20)
    seen = viewpoint(cut)
    assert seen.foot is not None
    wide = cv2.copyMakeBorder(cut, 30, 90, 200, 10, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    assert viewpoint(np.asarray(wide, np.uint8)) == seen
    small = np.asarray(cv2.resize(cut, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8)
    assert viewpoint(small).foot == pytest.approx(seen.foot, abs=1.5)
    assert viewpoint(np.ascontiguousarray(cut[:, ::-1])).foot == pytest.approx(seen.foot, abs=0.5)


def test_a_dome_is_no_rim() -> None:
    """The upper edge alone could be a lid that is round."""
    cut = tin(-3)
    assert viewpoint(cut).top is None


def test_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        viewpoint(np.zeros((40, 40, 4), np.uint8))
