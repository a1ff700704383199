# SPDX-License-Identifier: Apache-2.0
"""``affiche photoshoot``: pictures of presets and prompts, their plans and receipts, refusals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.samples.wares import bag

PRESET = "on_platform_natural_beige_background"


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "bag.png"
    cv2.imwrite(str(path), cv2.cvtColor(bag(500), cv2.COLOR_RGBA2BGRA))
    return path


def test_presets_and_prompts_become_pictures_with_receipts(
    affiche: Callable[..., Any], photo: Path, tmp_path: Path
) -> None:
    said = affiche(
        "photoshoot", "--product", photo, "--preset", PRESET, "--prompt", "on white marble, soft morning light",
        "--no-safe-margin", "--out", tmp_path, "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    of_preset, of_prompt = said.json
    assert of_preset["preset"] == PRESET
    assert "plan" not in of_preset
    assert of_prompt["plan"]["coverage"] >= 0.35
    assert of_prompt["plan"]["understood"]
    for one in said.json:
        assert one["receipt"]["verdict"] == "faithful"
        assert _read(one["file"]).shape == (628, 1200, 3)


def test_a_repeated_preset_is_another_picture_each_time(
    affiche: Callable[..., Any], photo: Path, tmp_path: Path
) -> None:
    said = affiche("photoshoot", "--product", photo, "--preset", PRESET, "--preset", PRESET, "--out", tmp_path)
    assert said.code == 0, said.err
    first, second = (_read(line) for line in said.out.splitlines())
    assert first.shape == second.shape == (628, 1674, 3)
    assert np.abs(first - second).mean() > 1


def test_without_a_wish_six_presets_are_recommended(affiche: Callable[..., Any], photo: Path, tmp_path: Path) -> None:
    said = affiche("photoshoot", "--product", photo, "--kind", "medium-banner", "--out", tmp_path)
    assert said.code == 0, said.err
    assert len(list(tmp_path.glob("*.png"))) == len(said.out.splitlines()) == 6


def test_what_cannot_be_drawn_is_refused_with_the_nearest_presets(
    affiche: Callable[..., Any], photo: Path, tmp_path: Path
) -> None:
    said = affiche("photoshoot", "--product", photo, "--prompt", "a dragon flies over the moon", "--out", tmp_path)
    assert said.code == 2
    assert "the nearest presets are" in " ".join(said.err.split())
    assert not list(tmp_path.glob("*.png"))


def test_unknown_presets_are_bad_input(affiche: Callable[..., Any], photo: Path, tmp_path: Path) -> None:
    said = affiche("photoshoot", "--product", photo, "--preset", "on_the_moon", "--out", tmp_path / "new")
    assert said.code == 2
    assert "on_the_moon" in said.err
    assert not (tmp_path / "new").exists()


def test_no_product_exits_with_3(affiche: Callable[..., Any], tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((300, 400, 3), 200, np.uint8))
    assert affiche("photoshoot", "--product", blank, "--out", tmp_path).code == 3


def _read(file: str) -> NDArray[np.float32]:
    picture = cv2.imread(file)
    assert picture is not None
    return picture.astype(np.float32)
