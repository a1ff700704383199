# SPDX-License-Identifier: Apache-2.0
"""A neural scene around the studio: what is repainted, what is not, and that the receipt holds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.engines.neural_scene import NeuralScene
from affiche.engines.painter import DiffusersPainter, available, working_size
from affiche.engines.scene_weights import FAMILIES, SceneWeights
from affiche.fidelity.receipt import Verdict
from affiche.samples.wares import bottle
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio

Bytes = NDArray[np.uint8]

SIZE = (480, 180)
PRESET = replace(PRESETS["natural_beige_background"], id="custom", prompt="on a raft in a mountain lake")


class Magenta:
    """Paints everything magenta where it may, and anything else where it may not; remembers what it was asked."""

    identity = "magenta 0"

    def __init__(self) -> None:
        self.asked: list[tuple[Bytes, Bytes, str, int]] = []

    def paint(self, picture: Bytes, mask: Bytes, prompt: str, seed: int) -> Bytes:
        self.asked.append((picture, mask, prompt, seed))
        return np.broadcast_to(np.array([255, 0, 255], np.uint8), picture.shape).copy()


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


@pytest.fixture(scope="module")
def cutout() -> Bytes:
    return bottle(400)


def test_the_product_is_the_studios_to_the_bit_and_the_rest_is_painted(studio: Studio, cutout: Bytes) -> None:
    painter = Magenta()
    begun = studio.photograph(PRESET, cutout, *SIZE)
    made = NeuralScene(studio, painter).photograph(PRESET, cutout, *SIZE)
    product = begun.subject.cover > 0
    assert product.any()
    assert np.array_equal(made.pixels[product], begun.pixels[product])
    assert made.pixels[:20].reshape(-1, 3).mean(0) == pytest.approx([255, 0, 255], abs=1)
    assert made.receipt.verdict is Verdict.FAITHFUL
    assert made.receipt.product == begun.receipt.product


def test_the_painter_starts_from_the_studio_and_may_not_touch_the_product(studio: Studio, cutout: Bytes) -> None:
    painter = Magenta()
    made = NeuralScene(studio, painter).photograph(PRESET, cutout, *SIZE)
    picture, mask, prompt, _ = painter.asked[0]
    assert np.array_equal(picture, studio.picture(PRESET, cutout, *SIZE))
    assert not mask[made.subject.cover > 0].any()
    assert mask.mean() > 150
    assert "on a raft in a mountain lake" in prompt


def test_variants_and_seeds_are_painted_anew_and_the_same_again_is_the_same(studio: Studio, cutout: Bytes) -> None:
    painter = Magenta()
    scene = NeuralScene(studio, painter)
    for variant, seed in ((1, 0), (2, 0), (1, 1), (1, 0)):
        scene.picture(PRESET, cutout, *SIZE, variant, seed)
    seeds = [one[3] for one in painter.asked]
    assert len(set(seeds)) == 3
    assert seeds[0] == seeds[3]


def test_an_empty_scene_is_painted_everywhere(studio: Studio) -> None:
    painter = Magenta()
    made = NeuralScene(studio, painter).picture(PRESET, None, *SIZE)
    assert made.shape == (SIZE[1], SIZE[0], 3)
    assert painter.asked[0][1].min() == 255


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
@pytest.mark.parametrize("size", [(1674, 628), (1200, 628), (1080, 1920), (300, 90)])
def test_pictures_are_painted_at_sizes_that_the_family_can(family, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    width, height = working_size(family, *size)
    assert width % family.multiple == height % family.multiple == 0
    assert width * height <= family.pixels * 1.06
    assert width / height == pytest.approx(size[0] / size[1], rel=0.06)


@pytest.mark.skipif(not available(), reason="the extra 'neural' is not installed: make neural")
@pytest.mark.parametrize("kind", ["sd15", "sdxl", "flux_fill", "flux2_klein", "qwen_image_edit"])
def test_a_saved_pipeline_of_each_kind_paints_the_same_picture_twice(
    kind: str, studio: Studio, cutout: Bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.doubles import pipelines

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    weights = SceneWeights.at(getattr(pipelines, kind)(tmp_path))
    scene = NeuralScene(studio, DiffusersPainter(weights, steps=2))
    size = (320, 128)
    made = scene.photograph(PRESET, cutout, *size)
    begun = studio.photograph(PRESET, cutout, *size)
    assert made.receipt.verdict is Verdict.FAITHFUL
    product = made.subject.cover > 0
    assert np.array_equal(made.pixels[product], begun.pixels[product])
    assert np.abs(made.pixels.astype(int) - begun.pixels)[~product].mean() > 10
    assert np.array_equal(scene.picture(PRESET, cutout, *size), made.pixels)
    assert scene.identity == f"{weights.family.name} {weights.digest}"
