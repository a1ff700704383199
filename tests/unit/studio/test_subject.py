# SPDX-License-Identifier: Apache-2.0
"""A photograph's receipt: green as long as the product is only lit, red as soon as a letter of it is another."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.fidelity import NotFaithful, Verdict, require_faithful
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.studio.presets import preset_named
from affiche.studio.studio import Photograph, Studio
from affiche.studio.subject import FAITHFUL, FILED, Subject
from tests.doubles.carton import NAME, PRINT, carton

STUDIO = Studio()


def photograph(preset: str = "on_platform_natural_beige_background", variant: int = 1) -> Photograph:
    return STUDIO.photograph(preset_named(preset), carton(), 1674, 628, variant)


@pytest.fixture(scope="module")
def shot() -> Photograph:
    return photograph()


def swapped(shot: Photograph, letter: tuple[int, int, int, int], along: int) -> NDArray[np.uint8]:
    """The picture with a letter of the carton taken from ``along`` px to the right on its 900 px."""
    scale = shot.subject.light.shape[0] / 884
    x, y, width, height = (round(value * scale) for value in (letter[0] - 8, letter[1] - 8, *letter[2:]))
    x, y, other = shot.subject.left + x, shot.subject.top + y, shot.subject.left + x + round(along * scale)
    altered = shot.pixels.copy()
    altered[y : y + height, x : x + width] = shot.pixels[y : y + height, other : other + width]
    return altered


def test_an_unaltered_product_is_faithful_and_its_label_found(shot: Photograph) -> None:
    receipt = shot.receipt
    assert receipt.verdict is Verdict.FAITHFUL
    assert receipt.product.most < FAITHFUL.most
    assert receipt.product.ssim > 0.97
    assert receipt.label.cells > 1000
    assert receipt.measured > 0.9
    name = receipt.labels[1]
    left, top = shot.subject.left, shot.subject.top
    assert left < name.x < left + 60
    assert top < name.y < top + 80


@pytest.mark.parametrize(("letter", "along"), [(NAME, 150), (PRINT, 160)], ids=["name", "small print"])
def test_one_letter_in_the_place_of_another_is_red(
    shot: Photograph, letter: tuple[int, int, int, int], along: int
) -> None:
    receipt = shot.subject.receipt(swapped(shot, letter, along))
    assert receipt.verdict is Verdict.NOT_FAITHFUL
    assert receipt.label.most == receipt.product.most > 20
    assert receipt.product.mean < FAITHFUL.mean, "only its place tells it"
    with pytest.raises(NotFaithful):
        require_faithful(receipt)
    assert shot.subject.receipt(swapped(shot, letter, along), FILED).verdict is Verdict.NOT_FAITHFUL


def test_a_studio_that_repaints_makes_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt stands on the cut-out that came, not on what the compositor made of it."""
    from affiche.studio import compositor

    def repainted(rgb: NDArray[np.float32], light: NDArray[np.float32]) -> NDArray[np.float32]:
        made = np.asarray(rgb * light, np.float32)
        made[80:90, 60:70] = (0.4, 0.0, 0.0)
        return made

    monkeypatch.setattr(compositor, "relit", repainted)
    with pytest.raises(NotFaithful):
        photograph()


@pytest.mark.parametrize(
    ("kind", "quality", "limits"),
    [(ImageFormat.PNG, 90, FAITHFUL), (ImageFormat.JPEG, 95, FAITHFUL), (ImageFormat.JPEG, 85, FILED)],
)
def test_a_file_is_held_against_the_same_product(
    shot: Photograph, kind: ImageFormat, quality: int, limits: tuple[float, float]
) -> None:
    canvas = np.asarray(cv2.cvtColor(shot.pixels, cv2.COLOR_RGB2BGRA), np.uint8)
    read = decode_photo(encode(canvas, kind, quality))
    assert shot.subject.receipt(read, FAITHFUL if limits is FAITHFUL else FILED).verdict is Verdict.FAITHFUL


@pytest.mark.parametrize("size", [(837, 314), (1100, 413), (500, 188)])
def test_a_smaller_copy_is_faithful_too(shot: Photograph, size: tuple[int, int]) -> None:
    small = np.asarray(cv2.resize(shot.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    assert shot.subject.receipt(small).verdict is Verdict.FAITHFUL
    moved = np.roll(small, 3, axis=1)
    assert shot.subject.receipt(moved).verdict is Verdict.NOT_FAITHFUL


def test_a_mirrored_stage_keeps_the_product_as_it_is() -> None:
    assert photograph("white_background", 2).receipt.verdict is Verdict.FAITHFUL


def test_a_product_in_front_of_which_something_stands_is_measured_where_it_is_seen(shot: Photograph) -> None:
    subject = shot.subject
    hidden = subject.hidden.copy()
    hidden[:, : subject.left + subject.light.shape[1] // 2] = 1
    half = Subject(subject.cutout, subject.light, subject.left, subject.top, hidden)
    painted = shot.pixels.copy()
    painted[hidden > 0] = 0
    assert subject.receipt(painted).verdict is Verdict.NOT_FAITHFUL
    assert half.receipt(painted).verdict is Verdict.FAITHFUL
    assert half.receipt(painted).product.cells < 0.6 * shot.receipt.product.cells
