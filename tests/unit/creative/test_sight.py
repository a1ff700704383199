# SPDX-License-Identifier: Apache-2.0
from functools import cache

import pytest

from affiche.creative.campaign import Campaign
from affiche.creative.composition import Box, Composition, FillLayer, LogoLayer, PhotoLayer, Role, TextLayer
from affiche.creative.crop import Pane
from affiche.creative.formats import RenderKind, format_of
from affiche.creative.layout.draft import Draft, Unsuitable
from affiche.creative.layout.sight import attraction, distinct_subject, focus_hidden, keep_off_subject
from tests.pictures.briefs import OWN, campaign

FULL_BLEED = {"immersive", "badge", "duotone", "card", "frosted"}
ANYWHERE = 1.0


@cache
def opened(case: str) -> Campaign:
    return campaign(next(own for own in OWN if own.name == case))


def draft_of(case: str, kind: RenderKind = RenderKind.POST) -> Draft:
    materials = opened(case).materials
    return Draft(materials, format_of(kind), materials.palette.schemes[0], materials.typefaces)


def whole_width(draft: Draft) -> Pane:
    """All of the photo's width in a box of the canvas that has the photo's shape."""
    reading = draft.materials.reading
    height = draft.canvas.width * reading.height / reading.width
    return Pane(Box(0, 0, reading.width, reading.height), Box(0, 0, draft.canvas.width, height))


def test_one_product_is_a_subject_and_many_lights_are_a_scene() -> None:
    bag, lights = draft_of("poppins"), draft_of("night")
    assert bag.materials.crops.focused
    assert not lights.materials.crops.focused
    assert distinct_subject(bag, whole_width(bag)) is not None


def test_a_subject_stays_one_when_a_crop_is_full_of_it() -> None:
    draft = draft_of("poppins", RenderKind.STORY)
    subject = Box(*draft.materials.reading.subject)
    assert distinct_subject(draft, Pane(subject, draft.canvas)) == draft.canvas


def test_texts_keep_off_a_product() -> None:
    draft = draft_of("poppins")
    pane = whole_width(draft)
    subject = distinct_subject(draft, pane)
    assert subject is not None
    half = Box(subject.x, subject.y, subject.width / 2, subject.height)
    with pytest.raises(Unsuitable, match="covered"):
        keep_off_subject(draft, pane, half, 0.08)
    beside = Box(0, 0, subject.x - 20, pane.box.height)
    keep_off_subject(draft, pane, beside, 0.08)


def test_a_crop_that_loses_the_one_thing_to_look_at_is_refused() -> None:
    draft = draft_of("portrait", RenderKind.STORY)
    reading = draft.materials.reading
    width = reading.height * draft.canvas.width / draft.canvas.height
    empty = Pane(Box(0, 0, width, reading.height), draft.canvas)
    with pytest.raises(Unsuitable, match="cut off"):
        keep_off_subject(draft, empty, Box(0, 0, 10, 10), ANYWHERE)


def test_what_is_looked_at_first_is_measured_where_it_is() -> None:
    draft = draft_of("poppins")
    pane = whole_width(draft)
    assert focus_hidden(draft, pane, pane.box) == pytest.approx(1.0)
    assert focus_hidden(draft, pane, Box(0, 0, 0.2 * pane.box.width, pane.box.height)) < 0.02
    assert attraction(draft, pane, pane.box) == pytest.approx(1.0)
    subject = distinct_subject(draft, pane)
    assert subject is not None
    assert attraction(draft, pane, subject) > 2


@pytest.mark.parametrize("kind", [RenderKind.POST, RenderKind.STORY, RenderKind.LANDSCAPE, RenderKind.HALF_PAGE])
@pytest.mark.parametrize("case", ["poppins", "described", "grey", "portrait", "calm"])
def test_full_bleed_creatives_show_what_the_photo_is_about(case: str, kind: RenderKind) -> None:
    draft = draft_of(case, kind)
    for variant in range(1, 6):
        design = opened(case).compose(format_of(kind), variant)
        if design.arrangement not in FULL_BLEED or design.dense:
            continue
        photo = next(layer for layer in design.layers if isinstance(layer, PhotoLayer))
        keep_off_subject(draft, photo, _group(design), 0.12)
        for layer in design.layers:
            if isinstance(layer, LogoLayer):
                assert focus_hidden(draft, photo, layer.box) < 0.05
            if isinstance(layer, FillLayer) and layer.role is Role.BUTTON:
                assert focus_hidden(draft, photo, layer.box) <= 0.1


def _group(design: Composition) -> Box:
    """The box around the texts that stand together."""
    badge = design.arrangement == "badge"
    boxes = [
        layer.box
        for layer in design.layers
        if isinstance(layer, TextLayer) and not (badge and layer.role in (Role.ACTION, Role.ICON))
    ]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)
