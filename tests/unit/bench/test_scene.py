# SPDX-License-Identifier: Apache-2.0
"""The scenes that rivals draw say what the composition says."""

import io
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont

from affiche.creative.campaign import Campaign
from affiche.creative.composition import (
    Composition,
    FillLayer,
    LogoLayer,
    Outline,
    OutlineKind,
    PhotoLayer,
    Role,
    ScrimLayer,
    TextLayer,
)
from affiche.creative.formats import Format
from affiche.images.encode import ImageFormat, encode
from affiche.paint.outlines import snapped
from affiche.paint.raster import paint
from affiche.paint.scrim import smootherstep
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import SEED, SIZES, VARIANTS, brief
from bench.rivals.rival import RIVALS, Fallen, Worker
from bench.rivals.scene import NotShared, Scene, scene, set_stage, tracking, with_veils

PHOTO = sample_photo_jpeg(size=(1200, 800))


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.open(brief(0), PHOTO, sample_logo_png(), SEED)


def composed(campaign: Campaign, name: str) -> Composition:
    return campaign.compose(next(format for format in SIZES if format.name == name), 1, VARIANTS)


def of_type(shared: Scene, name: str) -> list[Scene]:
    return [layer for layer in shared["layers"] if layer["type"] == name]


@pytest.mark.parametrize("format", SIZES, ids=lambda format: format.name)
def test_everything_stands_where_the_composition_has_it(campaign: Campaign, format: Format) -> None:
    composition = campaign.compose(format, 1, VARIANTS)
    shared = json.loads(json.dumps(scene(composition)))
    assert (shared["width"], shared["height"]) == (format.width, format.height)
    for kind, name in ((PhotoLayer, "photo"), (FillLayer, "fill"), (LogoLayer, "logo")):
        boxes = [list(snapped(layer.box)) for layer in composition.layers if isinstance(layer, kind)]
        assert [layer["box"] for layer in of_type(shared, name)] == boxes
    texts = [layer for layer in composition.layers if isinstance(layer, TextLayer)]
    assert len(of_type(shared, "text")) == len(texts)
    for layer, drawn in zip(texts, of_type(shared, "text"), strict=True):
        assert drawn["colour"] == layer.colour.hex
        runs = [(line, run) for line in layer.block.lines for run in line.runs]
        for (line, run), told in zip(runs, drawn["lines"], strict=True):
            assert told["text"] == run.text
            assert told["size"] == run.size
            assert told["baseline"] == layer.box.y + line.baseline
            assert [told["x"] + pen for pen in told["pens"]] == pytest.approx(
                [layer.box.x + line.x + x for x in run.xs]
            )


@pytest.mark.parametrize("name", ["post", "story", "leaderboard"])
def test_a_veil_is_as_dense_in_its_corners_as_the_composition_has_it(campaign: Campaign, name: str) -> None:
    composition = with_veils(composed(campaign, name))
    layers = [layer for layer in composition.layers if isinstance(layer, ScrimLayer)]
    assert layers
    for layer, veil in zip(layers, of_type(scene(composition), "scrim"), strict=True):
        x, y, width, height = veil["box"]
        angle = math.radians(veil["angle"])
        line = abs(width * math.sin(angle)) + abs(height * math.cos(angle))  # CSS Images 3, 3.1
        places, opacities = zip(*veil["stops"], strict=True)
        (x1, y1), (x2, y2) = layer.start, layer.end
        for share_x, share_y in ((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.5), (0.4, 0.7)):
            from_centre = (share_x - 0.5) * width * math.sin(angle) - (share_y - 0.5) * height * math.cos(angle)
            shown = np.interp(0.5 + from_centre / line, places, opacities)
            at_x, at_y = x + share_x * width, y + share_y * height
            along = ((at_x - x1) * (x2 - x1) + (at_y - y1) * (y2 - y1)) / math.dist(layer.start, layer.end) ** 2
            near, far = layer.opacities
            wanted = near + (far - near) * float(smootherstep(np.array(along)))
            assert shown == pytest.approx(wanted, abs=1 / 255)


def test_tracking_is_what_stands_between_letters_beside_their_font(campaign: Campaign) -> None:
    layer = composed(campaign, "post").layer(Role.PUNCHLINE)
    assert isinstance(layer, TextLayer)
    run = layer.block.lines[0].runs[0]
    wider = replace(run, xs=tuple(x + 2.5 * place for place, x in enumerate(run.xs)))
    assert tracking(wider) - tracking(run) == pytest.approx(2.5)
    assert abs(tracking(run)) < 0.05 * run.size


def test_what_not_every_program_draws_is_refused(campaign: Campaign) -> None:
    composition = composed(campaign, "post")
    photo = composition.layer(Role.PHOTO)
    assert isinstance(photo, PhotoLayer)
    with pytest.raises(NotShared, match="a photo as ellipse"):
        scene(replace(composition, layers=(replace(photo, outline=Outline(OutlineKind.ELLIPSE)),)))


def test_the_stage_has_every_file_that_a_scene_names(campaign: Campaign, tmp_path: Path) -> None:
    composition = composed(campaign, "medium-banner")
    told = json.loads(stage(campaign, composition, tmp_path).read_text())
    shared = scene(composition)
    assert Image.open(tmp_path / told["photo"]["file"]).size == (told["photo"]["width"], told["photo"]["height"])
    assert {layer["file"] for layer in of_type(shared, "logo")} == set(told["logos"])
    for line in (line for layer in of_type(shared, "text") for line in layer["lines"]):
        font = ImageFont.truetype(str(tmp_path / told["fonts"][line["font"]]), 20)
        assert all(font.getmask(sign).getbbox() for sign in line["text"] if sign != " ")


def test_pillow_draws_the_same_creative(campaign: Campaign, tmp_path: Path) -> None:
    composition = with_veils(composed(campaign, "story"))
    pillow = next(rival for rival in RIVALS if rival.name == "pillow")
    worker = Worker(pillow, stage(campaign, composition, tmp_path))
    try:
        size = worker.draw(scene(composition), "png", tmp_path / "drawn.png")
    finally:
        worker.close()
    assert size == (tmp_path / "drawn.png").stat().st_size
    encoded = io.BytesIO(encode(paint(composition, campaign.photo, campaign.logo), ImageFormat.PNG))
    # Grain and the edges of letters differ; what covers several pixels does not.
    ours, theirs = (
        np.asarray(Image.open(file).convert("RGB").reduce(4), np.int16) for file in (encoded, tmp_path / "drawn.png")
    )
    assert np.quantile(np.abs(ours - theirs).max(axis=2), 0.95) <= 2


def test_a_rival_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(Fallen, match=r"(?s)Pillow ended: .*No such file"):
        Worker(next(rival for rival in RIVALS if rival.name == "pillow"), tmp_path / "nothing.json")


def stage(campaign: Campaign, composition: Composition, folder: Path) -> Path:
    return set_stage(folder, PHOTO, (1200, 800), campaign.logo, [composition])
