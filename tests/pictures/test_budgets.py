# SPDX-License-Identifier: Apache-2.0
"""Finished creatives within a number of bytes: the display sizes always, the others when it is asked for."""

import pytest

from affiche.creative.formats import DISPLAY_BUDGET, FORMATS, RenderKind, format_of, formats_of
from affiche.images.budget import BudgetTooSmall
from affiche.images.encode import ImageFormat
from affiche.images.probe import probe
from affiche.rendering import protected_boxes, render_creative
from tests.pictures.briefs import OWN, campaign

HALF_PAGE = format_of(RenderKind.HALF_PAGE)


def kind_of(content: bytes) -> str:
    """The kind of a picture; AVIF is told by its brand, since no client may send one to be read."""
    return "avif" if content[4:12] == b"ftypavif" else probe(content).kind


def test_display_sizes_and_no_others_have_a_budget() -> None:
    limited = {format.kind for format in FORMATS if format.default_budget is not None}
    assert limited == {format.kind for format in formats_of(RenderKind.DISPLAY)}
    assert {format.default_budget for format in formats_of(RenderKind.DISPLAY)} == {DISPLAY_BUDGET}


@pytest.mark.parametrize("image_format", [None, *ImageFormat])
def test_no_display_creative_is_over_the_default(image_format: ImageFormat | None) -> None:
    for format in formats_of(RenderKind.DISPLAY):
        creative = render_creative(campaign(OWN[0]), format, 1, image_format=image_format)
        assert len(creative.content) <= DISPLAY_BUDGET
        assert kind_of(creative.content) == creative.image_format.value
        assert image_format in (None, creative.image_format)
        assert creative.budget is None or not creative.budget.below_floor


def test_only_a_file_that_exceeds_the_default_is_changed() -> None:
    small = render_creative(campaign(OWN[0]), format_of(RenderKind.MEDIUM_BANNER), 1)
    assert (small.image_format, small.budget) == (ImageFormat.PNG, None)
    plain = render_creative(campaign(OWN[0]), HALF_PAGE, 1, default_budget=False)
    assert (plain.image_format, plain.budget) == (ImageFormat.PNG, None)
    assert len(plain.content) > DISPLAY_BUDGET
    fitted = render_creative(campaign(OWN[0]), HALF_PAGE, 1)
    assert fitted.budget is not None
    assert fitted.budget.budget == DISPLAY_BUDGET
    assert fitted.content == fitted.budget.content


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        (None, {ImageFormat.PNG, ImageFormat.JPEG}),
        (ImageFormat.PNG, {ImageFormat.PNG}),
        (ImageFormat.JPEG, {ImageFormat.JPEG}),
        (ImageFormat.WEBP, {ImageFormat.WEBP}),
    ],
)
def test_a_named_format_is_kept(asked: ImageFormat | None, allowed: set[ImageFormat]) -> None:
    creative = render_creative(campaign(OWN[0]), HALF_PAGE, 2, image_format=asked, max_bytes=40_000)
    assert creative.budget is not None
    assert len(creative.content) == creative.budget.bytes <= 40_000
    assert creative.image_format in allowed
    assert {choice.image_format for choice in creative.budget.tried} == allowed


def test_a_budget_that_is_met_is_reported_too() -> None:
    creative = render_creative(campaign(OWN[0]), format_of(RenderKind.LEADER_BOARD), 1, max_bytes=1_000_000)
    assert creative.budget is not None
    assert (creative.budget.quality, creative.image_format) == (1.0, ImageFormat.PNG)


def test_texts_icon_and_logo_are_protected_on_whole_pixels() -> None:
    design = campaign(OWN[0]).compose(HALF_PAGE, 1, 5)
    boxes = protected_boxes(design)
    roles = {"logo", "headline", "punchline", "action", "icon"}
    layers = [layer for layer in design.layers if layer.role.value in roles]
    assert len(boxes) == len(layers) > 3
    for (left, top, right, bottom), layer in zip(boxes, layers, strict=True):
        assert left <= layer.box.x
        assert top <= layer.box.y
        assert 0 <= right - layer.box.right < 1
        assert 0 <= bottom - layer.box.bottom < 1


def test_bytes_that_do_not_suffice_are_refused() -> None:
    with pytest.raises(BudgetTooSmall, match="maxBytes 900 is too small"):
        render_creative(campaign(OWN[0]), HALF_PAGE, 1, max_bytes=900)
