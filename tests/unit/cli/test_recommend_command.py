# SPDX-License-Identifier: Apache-2.0
"""``affiche recommend``: answers for people and programs, refusals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from affiche.samples.wares import bag
from affiche.studio.presets import PRESETS


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "bag.png"
    cv2.imwrite(str(path), cv2.cvtColor(bag(500), cv2.COLOR_RGBA2BGRA))
    return path


def test_programs_get_a_whole_recommendation(affiche: Callable[..., Any], photo: Path) -> None:
    said = affiche("recommend", photo, "--json")
    assert said.code == 0, said.err
    assert said.json["product_name"] == "bag"
    assert said.json["product_description"] == "A terracotta bag."
    assert len(said.json["prompts"]) == 4
    assert len(set(said.json["preset_ids"])) == 6
    assert set(said.json["preset_ids"]) <= set(PRESETS)
    assert said.json["state"] == "ok"


def test_people_get_lines(affiche: Callable[..., Any], photo: Path) -> None:
    said = affiche("recommend", photo)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[:2] == ["bag", "A terracotta bag."]
    assert len(lines) == 2 + 2 + 4 + 2 + 6
    assert "Presets" in lines


def test_no_product_exits_with_3(affiche: Callable[..., Any], tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((300, 400, 3), 200, np.uint8))
    said = affiche("recommend", blank, "--json")
    assert (said.code, said.json["state"]) == (3, "unknown_foreground")
    assert affiche("recommend", blank).code == 3


def test_what_is_no_picture_is_bad_input(affiche: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("no picture")
    said = affiche("recommend", path)
    assert said.code == 2
    assert "text.jpg" in said.err
