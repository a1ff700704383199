# SPDX-License-Identifier: Apache-2.0
"""``affiche studio``: the list of presets, pictures of a drawn product, and what cannot be used."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from affiche.images.decode import decode_photo
from affiche.images.png import png_rgba
from affiche.samples.wares import bottle

PRESET = "on_platform_natural_beige_background"


@pytest.fixture
def cutout(tmp_path: Path) -> Path:
    path = tmp_path / "bottle.png"
    path.write_bytes(png_rgba(bottle(240)))
    return path


def test_presets_are_listed_for_people_and_for_programs(affiche: Callable[..., Any]) -> None:
    said = affiche("studio", "presets", "--json")
    assert said.code == 0
    listed = {one["id"]: one for one in said.json}
    assert listed[PRESET]["category"] == "monochrome"
    assert listed["thanksgiving_rustic_scene"]["tags"] == ["holiday", "thanksgiving"]
    assert PRESET in affiche("studio", "presets").out


@pytest.mark.parametrize("name", ["out.png", "deep/er/out.jpg", "out.webp"])
def test_compose_writes_the_size_asked_for(
    affiche: Callable[..., Any], cutout: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    said = affiche(
        "studio", "compose", "--cutout", cutout, "--preset", PRESET, "--out", out, "--width", 240, "--height", 120
    )
    assert said.code == 0, said.err
    assert said.out.strip() == str(out)
    assert decode_photo(out.read_bytes()).shape == (120, 240, 3)


def test_variants_differ_and_repeat(affiche: Callable[..., Any], cutout: Path, tmp_path: Path) -> None:
    made = []
    for number, variant in enumerate((1, 2, 2)):
        out = tmp_path / f"{number}.png"
        affiche(
            "studio",
            "compose",
            "--cutout",
            cutout,
            "--preset",
            PRESET,
            "--out",
            out,
            "--width",
            200,
            "--height",
            100,
            "--variant",
            variant,
        )
        made.append(out.read_bytes())
    assert made[1] == made[2]
    assert np.abs(decode_photo(made[0]).astype(int) - decode_photo(made[1])).mean() > 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--preset": "moon"}, "no preset 'moon'"),
        ({"--out": "picture.gif"}, "'picture.gif' has no known ending; use .png, .jpg"),
        ({"--cutout": "missing.png"}, "no file"),
    ],
)
def test_what_cannot_be_used_is_said_and_leaves_nothing(
    affiche: Callable[..., Any], cutout: Path, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    out = tmp_path / "out.png"
    options = {"--cutout": str(cutout), "--preset": PRESET, "--out": str(out)} | changed
    done = affiche("studio", "compose", *(part for option in options.items() for part in option))
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert not out.exists()


def test_a_photo_is_no_cut_out(affiche: Callable[..., Any], tmp_path: Path) -> None:
    opaque = tmp_path / "photo.png"
    opaque.write_bytes(png_rgba(np.full((60, 60, 4), 255, np.uint8)))
    done = affiche("studio", "compose", "--cutout", opaque, "--preset", PRESET, "--out", tmp_path / "o.png")
    assert done.code == 2
    assert "has no clear ground" in done.err


def test_baking_an_unknown_stage_is_refused(affiche: Callable[..., Any]) -> None:
    done = affiche("studio", "bake", "moon")
    assert done.code == 2
    assert "'moon'" in done.err


def test_baking_without_the_extra_says_how_to_get_it(
    affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("affiche.studio.baking.process.available", lambda: False)
    done = affiche("studio", "bake", "podium")
    assert done.code == 2
    assert "pip install 'affiche[bake]'" in done.err
