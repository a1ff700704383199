# SPDX-License-Identifier: Apache-2.0
"""Compositions survive JSON: equal values, equal pixels, and a sentence for what is no composition."""

import json
from dataclasses import replace

import numpy as np
import pytest

from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.composition import Composition, TextLayer
from affiche.creative.formats import RenderKind, format_of
from affiche.creative.serial import composition_from_json, composition_to_json
from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.paint.raster import paint
from affiche.samples import sample_logo_png, sample_photo_jpeg

BRIEF = Brief(
    "Find your quiet place",
    "Small lodges, wide skies.",
    "Book now",
    (Colour.from_hex("#1f4e5f"), Colour.from_hex("#f2a154")),
)
PHOTO = sample_photo_jpeg("portrait", (900, 600))


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.open(BRIEF, PHOTO, sample_logo_png())


def through_json(composition: Composition) -> Composition:
    return composition_from_json(json.loads(json.dumps(composition_to_json(composition))))


@pytest.mark.parametrize("kind", [RenderKind.POST, RenderKind.LEADER_BOARD])
def test_every_variant_comes_back_equal_and_paints_the_same_pixels(campaign: Campaign, kind: RenderKind) -> None:
    for variant in range(1, 6):
        composition = campaign.compose(format_of(kind), variant)
        read = through_json(composition)
        assert read == composition
        for layer, own in zip(read.layers, composition.layers, strict=True):
            if isinstance(layer, TextLayer) and isinstance(own, TextLayer):
                ours = [run.face.path for line in own.block.lines for run in line.runs]
                assert [run.face.path for line in layer.block.lines for run in line.runs] == ours
    assert np.array_equal(paint(read, campaign.photo, campaign.logo), paint(composition, campaign.photo, campaign.logo))


@pytest.mark.parametrize(
    ("headline", "font"),
    [("अपनी शांत जगह खोजें", None), ("ابحث عن مكانك", None), ("Ton lieu", "Playfair Display"), ("静かな場所", None)],
)
def test_helping_fonts_come_back(headline: str, font: str | None) -> None:
    campaign = Campaign.open(replace(BRIEF, headline=headline, font=font), PHOTO, sample_logo_png())
    composition = campaign.compose(format_of(RenderKind.POST), 2)
    assert through_json(composition) == composition


@pytest.mark.parametrize("values", [{}, {"colours": {}}, {"colours": {}, "layers": [{"type": "balloon"}]}])
def test_anything_else_is_refused_with_a_sentence(values: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="no composition"):
        composition_from_json(values)


def test_a_font_that_is_not_here_is_named(campaign: Campaign) -> None:
    text = json.dumps(composition_to_json(campaign.compose(format_of(RenderKind.POST), 1)))
    with pytest.raises(InvalidInput, match="Papyrus 700"):
        composition_from_json(json.loads(text.replace("Inter 700", "Papyrus 700")))
