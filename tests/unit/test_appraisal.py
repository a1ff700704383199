# SPDX-License-Identifier: Apache-2.0
"""Judging real designs."""

import hashlib
from pathlib import Path

import pytest

from affiche.appraisal import appraise, designs, diversities, engine_versions, font_digests
from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.composition import TextLayer
from affiche.creative.diversity import distance
from affiche.creative.formats import RenderKind, format_of
from affiche.documents import DocumentKind, draw_document
from affiche.images.colour import Colour
from affiche.samples import sample_logo_png, sample_photo_jpeg

POST = format_of(RenderKind.POST)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    brief = Brief("Find your quiet place", "Small lodges.", "Book now", (Colour(31, 78, 95), Colour(242, 161, 84)))
    return Campaign.open(brief, sample_photo_jpeg(size=(900, 600)), sample_logo_png(), 7)


def test_a_designs_distance_is_that_to_its_nearest_sibling(campaign: Campaign) -> None:
    siblings = designs(campaign, POST, 5)
    assert [design.variant for design in siblings] == [1, 2, 3, 4, 5]
    told = diversities(siblings)
    third = siblings[2]
    nearest = min(distance(third, other) for other in siblings if other is not third)
    assert told[3] == pytest.approx(nearest, abs=1e-3)
    assert appraise(campaign, third, 5).diversity == told[3]


def test_an_only_design_has_no_distance(campaign: Campaign) -> None:
    (only,) = designs(campaign, POST, 1)
    assert diversities([only]) == {}
    assert appraise(campaign, only, 1).diversity is None


def test_fonts_are_named_with_the_digest_of_their_file(campaign: Campaign) -> None:
    design = campaign.compose(POST, 1)
    found = font_digests(design)
    runs = [
        run
        for layer in design.layers
        if isinstance(layer, TextLayer)
        for line in layer.block.lines
        for run in line.runs
    ]
    assert set(found) == {run.face.key for run in runs}
    for run in runs:
        assert found[run.face.key] == hashlib.sha256(Path(run.face.path).read_bytes()).hexdigest()


def test_the_engine_has_a_version_of_every_part() -> None:
    assert list(engine_versions())[0] == "affiche"
    assert all(version != "0" for version in engine_versions().values())


@pytest.mark.parametrize(("kind", "magic"), [(DocumentKind.PDF, b"%PDF-1.6"), (DocumentKind.PSD, b"8BPS")])
def test_documents_are_drawn_from_the_design_and_are_the_same_each_time(
    campaign: Campaign, kind: DocumentKind, magic: bytes
) -> None:
    first, second = (draw_document(campaign, POST, 2, 5, kind) for _ in range(2))
    assert first.startswith(magic)
    assert first == second
