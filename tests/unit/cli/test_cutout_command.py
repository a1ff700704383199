# SPDX-License-Identifier: Apache-2.0
"""``affiche cutout``: files, answers for programs, refusals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from affiche.images.decode import decode_picture
from affiche.samples.tabletop import Product, Stage, tabletop


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "mug.png"
    cv2.imwrite(str(path), tabletop(Product.MUG, Stage.PAPER, 400, 320).rgb[..., ::-1])
    return path


def test_the_file_keeps_the_photo_s_size(affiche: Callable[..., Any], photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "mug-cut.png"
    said = affiche("cutout", photo, out, "--json")
    assert said.code == 0, said.err
    assert said.json["state"] == "ok"
    assert said.json["confidence"] > 0.9
    assert (said.json["width"], said.json["height"]) == (400, 320)
    pixels = decode_picture(out.read_bytes())
    assert pixels.shape == (320, 400, 4)
    box = said.json["box"]
    assert (
        pixels[box["y"] : box["y"] + box["height"], box["x"] : box["x"] + box["width"], 3].sum() == pixels[..., 3].sum()
    )


def test_trim_keeps_only_the_product(affiche: Callable[..., Any], photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "mug-cut.png"
    said = affiche("cutout", photo, out, "--trim", "--json")
    box = said.json["box"]
    assert decode_picture(out.read_bytes()).shape == (box["height"], box["width"], 4)
    assert (said.json["width"], said.json["height"]) == (box["width"], box["height"])


def test_people_are_told_the_file_and_the_state(affiche: Callable[..., Any], photo: Path, tmp_path: Path) -> None:
    said = affiche("cutout", photo, tmp_path / "mug-cut.png")
    assert said.code == 0
    assert "mug-cut.png (ok, confidence 0.9" in said.out


def test_an_unknown_foreground_exits_with_3_and_writes_nothing(affiche: Callable[..., Any], tmp_path: Path) -> None:
    blank, out = tmp_path / "blank.png", tmp_path / "out.png"
    cv2.imwrite(str(blank), np.full((300, 400, 3), 200, np.uint8))
    said = affiche("cutout", blank, out, "--json")
    assert said.code == 3
    assert said.json["state"] == "unknown_foreground"
    assert said.json["confidence"] == 0
    assert not out.exists()
    said = affiche("cutout", blank, out)
    assert said.code == 3
    assert "plain background" in said.err


def test_what_cannot_be_used_exits_with_2(
    affiche: Callable[..., Any], photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = affiche("cutout", photo, tmp_path / "out.jpg")
    assert said.code == 2
    assert ".png" in said.err
    junk = tmp_path / "junk.jpg"
    junk.write_bytes(b"no picture")
    said = affiche("cutout", junk, tmp_path / "out.png")
    assert said.code == 2
    monkeypatch.setenv("AFFICHE_CUTOUT_MODEL", str(tmp_path / "u2net.onnx"))
    said = affiche("cutout", photo, tmp_path / "out.png")
    assert said.code == 2
    assert "There is no cut-out model" in said.err
    assert not (tmp_path / "out.png").exists()
