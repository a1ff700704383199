# SPDX-License-Identifier: Apache-2.0
"""``affiche render``: names, formats, designs, and a sentence for every mistake."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from affiche.cli import drawing
from affiche.creative.campaign import Campaign
from affiche.creative.formats import Format
from affiche.images.probe import probe
from affiche.rendering import Creative, render_creative
from affiche.typography.fit import TextDoesNotFit


@pytest.fixture
def render(affiche: Callable[..., Any], pictures: Path, tmp_path: Path) -> Callable[..., Any]:
    """Renders the sample brief; keyword arguments are options, None leaves one out."""

    def run(*more: object, **options: object) -> Any:
        given: dict[str, object] = {
            "photo": pictures / "photo.jpg",
            "logo": pictures / "logo.png",
            "headline": "Find your quiet place",
            "punchline": "Small lodges, wide skies.",
            "action": "Book now",
            "color1": "#1f4e5f",
            "color2": "#f2a154",
            "kind": "medium-banner",
            "variants": 2,
            "out": tmp_path / "out",
        }
        chosen = {name: value for name, value in (given | options).items() if value is not None}
        return affiche("render", *(part for name, value in chosen.items() for part in (f"--{name}", value)), *more)

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_creative_is_named_after_its_size_and_variant(render: Callable[..., Any], tmp_path: Path) -> None:
    said = render()
    assert said.code == 0, said.err
    assert names(tmp_path / "out") == ["medium-banner-300x250-v1.png", "medium-banner-300x250-v2.png"]
    header = probe((tmp_path / "out" / "medium-banner-300x250-v1.png").read_bytes())
    assert (header.kind, header.width, header.height) == ("png", 300, 250)
    assert "2 creatives in" in said.out


@pytest.mark.parametrize(
    ("name", "kind", "suffix"), [("jpeg", "jpeg", "jpg"), ("jpg", "jpeg", "jpg"), ("webp", "webp", "webp")]
)
def test_other_formats(render: Callable[..., Any], tmp_path: Path, name: str, kind: str, suffix: str) -> None:
    assert render(format=name, variants=1).code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == f"medium-banner-300x250-v1.{suffix}"
    assert probe(path.read_bytes()).kind == kind


def test_avif_is_a_format_too(render: Callable[..., Any], tmp_path: Path) -> None:
    assert render(format="AVIF", variants=1).code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "medium-banner-300x250-v1.avif"
    assert path.read_bytes()[4:12] == b"ftypavif"


def test_several_kinds_are_drawn_once_each_and_alike_by_one_process_or_by_two(
    render: Callable[..., Any], tmp_path: Path
) -> None:
    kinds = ("--kind", "leaderboard,128", "--kind", "leaderboard")
    for processes in (1, 2):
        said = render(*kinds, variants=1, processes=processes, out=tmp_path / str(processes))
        assert said.code == 0, said.err
    expected = ["leaderboard-728x90-v1.png", "medium-banner-300x250-v1.png", "skyscraper-160x600-v1.png"]
    assert names(tmp_path / "1") == names(tmp_path / "2") == expected
    for name in expected:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_json_tells_how_far_each_design_is_from_the_others(render: Callable[..., Any], tmp_path: Path) -> None:
    said = render("--json", variants=3, seed=7)
    assert said.code == 0
    names = [f"medium-banner-300x250-v{number}.json" for number in (1, 2, 3)]
    told = [json.loads((tmp_path / "out" / name).read_text("utf-8"))["diversity"] for name in names]
    assert all(0 < far <= 1 for far in told)
    assert min(told) == sorted(told)[1]  # the closest two are each other's nearest
    assert f"Designs of a size differ by {min(told):.2f} of 1 or more" in said.out


def test_json_writes_the_design_beside_the_picture(render: Callable[..., Any], tmp_path: Path) -> None:
    assert render("--json", variants=1, seed=7).code == 0
    design = json.loads((tmp_path / "out" / "medium-banner-300x250-v1.json").read_text("utf-8"))
    assert design["seed"] == 7
    assert design["format"]["name"] == "medium-banner"
    texts = [" ".join(layer["text"]) for layer in design["layers"] if "text" in layer]
    assert "Find your quiet place" in texts


@pytest.mark.parametrize(("limit", "most"), [("20000", 20_000), ("20kB", 20_000), ("0.02 MB", 20_000)])
def test_a_file_has_at_most_the_bytes_that_are_allowed(
    render: Callable[..., Any], tmp_path: Path, limit: str, most: int
) -> None:
    said = render("--json", "--max-bytes", limit, kind="half-page", variants=1)
    assert said.code == 0, said.err
    (picture,) = (path for path in (tmp_path / "out").iterdir() if path.suffix != ".json")
    told = json.loads(picture.with_suffix(".json").read_text("utf-8"))
    assert picture.stat().st_size == told["bytes"] <= most == told["budget"]
    assert probe(picture.read_bytes()).kind == told["imageFormat"]
    assert 0.5 < told["quality"] < 1
    assert len(told["tried"]) > 3
    assert told["format"]["name"] == "half-page"


def test_a_file_that_shows_its_compression_is_told(render: Callable[..., Any], tmp_path: Path) -> None:
    said = render("--max-bytes", "6000", kind="half-page", variants=1)
    assert said.code == 0, said.err
    assert "half-page-300x600-v1 needs more bytes" in said.err
    assert names(tmp_path / "out") == ["half-page-300x600-v1.jpg"]


def test_too_few_bytes_are_refused_with_the_least_that_do(render: Callable[..., Any], tmp_path: Path) -> None:
    said = render("--max-bytes", "500", variants=1)
    assert said.code == 2
    assert "medium-banner-300x250-v1: maxBytes 500 is too small" in said.err
    assert names(tmp_path / "out") == []


def test_the_seed_decides_and_nothing_else_does(render: Callable[..., Any], tmp_path: Path) -> None:
    drawn = []
    for turn, seed in enumerate((1, 1, 2**62 - 1, 0x123456789ABCDE)):
        assert render(seed=seed, variants=5, kind="landscape", out=tmp_path / str(turn)).code == 0
        drawn.append([path.read_bytes() for path in sorted((tmp_path / str(turn)).iterdir())])
    assert drawn[0] == drawn[1]
    assert len({tuple(one) for one in drawn}) > 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"kind": "poster"}, "'poster' is not a size"),
        ({"color1": "red"}, "'red' is not a colour"),
        ({"color3": "#12"}, "'#12' is not a colour"),
        ({"headline": " "}, "headline is empty"),
        ({"action": "x" * 101}, "cut 1 of them"),
        ({"font": "Papyrus"}, "use one of Inter"),
        ({"icon": "fa-solid fa-no-such-thing"}, "fa-no-such-thing"),
        ({"format": "gif"}, "use png, jpeg, webp or avif"),
        ({"max-bytes": "a lot"}, "write it as 150000, 150kB or 1.5MB"),
        ({"max-bytes": "0"}, "write it as 150000, 150kB or 1.5MB"),
        ({"photo": "missing.jpg"}, "There is no file 'missing.jpg'"),
        ({"photo": __file__}, "--photo"),
        ({"logo": __file__}, "--logo"),
    ],
)
def test_a_mistake_gets_a_sentence_and_writes_nothing(
    render: Callable[..., Any], tmp_path: Path, options: dict[str, str], sentence: str
) -> None:
    said = render(**options)
    assert said.code == 2
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "out").exists()


def test_a_missing_option_is_named(render: Callable[..., Any]) -> None:
    said = render(logo=None)
    assert said.code == 2
    assert "--logo" in said.err


def test_a_text_that_is_left_out_is_told(render: Callable[..., Any]) -> None:
    said = render(kind="leaderboard", description="Wood stoves, rowing boats and no reception.", variants=1)
    assert said.code == 0
    assert "left out description on leaderboard-728x90-v1" in said.err


def test_what_cannot_be_drawn_is_told_and_the_rest_is_drawn(
    render: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(campaign: Campaign, format: Format, variant: int, **terms: Any) -> Creative:
        if variant == 2:
            raise TextDoesNotFit("headline", 40)
        return render_creative(campaign, format, variant, **terms)

    monkeypatch.setattr(drawing, "render_creative", draw)
    said = render(variants=3)
    assert said.code == 2
    assert "medium-banner-300x250-v2: The headline does not fit this format; cut about 40 characters." in said.err
    assert "2 creatives in" in said.out
    assert names(tmp_path / "out") == ["medium-banner-300x250-v1.png", "medium-banner-300x250-v3.png"]


def test_a_process_that_dies_gets_a_sentence(render: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_draw_format", os._exit)
    said = render("--kind", "leaderboard", processes=2)
    assert said.code == 2
    assert "A process that draws has died" in said.err
