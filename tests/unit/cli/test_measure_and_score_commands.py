# SPDX-License-Identifier: Apache-2.0
"""``affiche measure`` and ``affiche score`` on what ``affiche render --json`` wrote, and on what it did not."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest

KEYS = [
    *("overlap", "alignment", "underlay_loose", "underlay_strict", "utility", "occlusion", "readability"),
    *("faces_covered", "min_contrast", "n"),
]


@pytest.fixture
def designs(affiche: Callable[..., Any], pictures: Path, tmp_path: Path) -> Path:
    """Two variants of a banner with their designs, made of a photo of their own."""
    photo, folder = tmp_path / "photo.jpg", tmp_path / "out"
    copy(pictures / "photo.jpg", photo)
    given = {
        "photo": photo,
        "logo": pictures / "logo.png",
        "headline": "Find your quiet place",
        "punchline": "Small lodges, wide skies.",
        "action": "Book now",
        "color1": "#1f4e5f",
        "color2": "#f2a154",
        "kind": "medium-banner",
        "variants": 2,
        "out": folder,
    }
    said = affiche("render", "--json", *(part for name, value in given.items() for part in (f"--{name}", value)))
    assert said.code == 0, said.err
    return folder


def test_measure_prints_the_means_for_programs_and_for_people(affiche: Callable[..., Any], designs: Path) -> None:
    found = json.loads(affiche("measure", designs, "--json").out)
    assert list(found)[:10] == KEYS
    assert found["n"] == 2
    assert found["overlap"] == 0
    assert found["underlay_strict"] == 1
    assert found["min_contrast"] >= 3  # the headline is large type
    assert found["min_apca"] >= 60
    said = affiche("measure", designs)
    assert said.code == 0
    assert all(key in said.out for key in KEYS)


def test_a_design_carries_its_pictures_and_the_score_that_the_command_tells(
    affiche: Callable[..., Any], designs: Path
) -> None:
    path = designs / "medium-banner-300x250-v1.json"
    design = json.loads(path.read_text("utf-8"))
    assert design["pictures"]["photo"]["path"] == str(designs.parent / "photo.jpg")
    assert len(design["pictures"]["logo"]["sha256"]) == 64
    found = json.loads(affiche("score", "--composition", path, "--json").out)
    assert (found["score"], found["parts"]) == (design["score"], design["parts"])
    assert next(part for part in found["parts"] if part["name"] == "diversity")["value"] is not None
    said = affiche("score", "--composition", path)
    assert f"Score: {design['score']:.1f} of 100" in said.out


def test_a_picture_alone_tells_some_parts(affiche: Callable[..., Any], designs: Path) -> None:
    picture = designs / "medium-banner-300x250-v1.png"
    found = json.loads(affiche("score", picture, "--json").out)
    told = {part["name"] for part in found["parts"] if part["value"] is not None}
    assert told == {"clutter", "balance"}
    assert "from 2 of 9 parts" in affiche("score", picture).out


def test_a_photo_that_moved_is_named_or_asked_for(affiche: Callable[..., Any], designs: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.jpg"
    (tmp_path / "photo.jpg").rename(moved)
    said = affiche("measure", designs, "--json")
    assert said.code == 2
    assert "--photo" in said.err
    assert json.loads(affiche("measure", designs, "--photo", moved, "--json").out)["n"] == 2


def test_a_photo_that_changed_is_refused(affiche: Callable[..., Any], designs: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"something else")
    said = affiche("measure", designs)
    assert said.code == 2
    assert "has changed" in said.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("measure", "nowhere"), "is no folder"),
        (("measure", "."), "no designs in"),
        (("score",), "Name a picture, or a design"),
        (("score", "a.png", "--composition", "a.json"), "not both"),
        (("score", "missing.png"), "There is no file 'missing.png'"),
        (("score", __file__), "test_measure_and_score_commands.py"),
        (("score", "--composition", __file__), "is no design"),
    ],
)
def test_a_mistake_gets_a_sentence(
    affiche: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = affiche(*arguments)
    assert said.code == 2
    assert sentence in said.err


def test_a_copied_folder_measures_alike(affiche: Callable[..., Any], designs: Path, tmp_path: Path) -> None:
    copytree(designs, tmp_path / "copy")
    assert affiche("measure", tmp_path / "copy", "--json").out == affiche("measure", designs, "--json").out
