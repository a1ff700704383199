# SPDX-License-Identifier: Apache-2.0
"""Copy at the limits of the contract: set somehow, or refused with the field and what to cut; never an ellipsis."""

from dataclasses import replace
from typing import Any

import pytest

from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign, validate_brief
from affiche.creative.composition import Role, TextLayer
from affiche.creative.formats import FORMATS, Format, RenderKind, format_of
from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.samples import sample_logo_png, sample_photo_jpeg
from affiche.typography.fit import TextDoesNotFit

COLOURS = (Colour(20, 33, 61), Colour(252, 163, 17))
WORDS = "Every season has its own quiet light and every road its own long way home "
PLAIN = Brief("Find your quiet place", "Small lodges, wide skies.", "Book now", COLOURS)


@pytest.fixture(scope="module")
def pictures() -> tuple[bytes, bytes]:
    return sample_photo_jpeg("product", (900, 600)), sample_logo_png()


def repeated(length: int) -> str:
    return (WORDS * (length // len(WORDS) + 1))[: length - 1] + "."


def changed(brief: Brief, field: str, text: str) -> Brief:
    fields: dict[str, Any] = {field: text}
    return replace(brief, **fields)


def is_whole(brief: Brief, campaign: Campaign, format: Format) -> bool:
    composition = campaign.compose(format, 1)
    said = {layer.role: layer.block.text for layer in composition.layers if isinstance(layer, TextLayer)}
    assert "".join(said[Role.HEADLINE].split()) == "".join(brief.headline.split())
    assert "".join(said[Role.ACTION].split()) == "".join(brief.action.split())
    assert "…" not in "".join(said.values())
    return True


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_the_longest_copy_is_set_or_refused_by_name(format: Format, pictures: tuple[bytes, bytes]) -> None:
    brief = Brief(repeated(255), repeated(255), repeated(100), COLOURS, repeated(1000))
    campaign = Campaign.open(brief, *pictures)
    try:
        assert is_whole(brief, campaign, format)
    except TextDoesNotFit as refused:
        length = len(getattr(brief, refused.field))
        assert 0 < refused.excess < length
        assert refused.field in str(refused)
        assert str(refused.excess) in str(refused)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_a_headline_of_255_letters_without_a_space(format: Format, pictures: tuple[bytes, bytes]) -> None:
    brief = replace(PLAIN, headline="Q" * 255)
    campaign = Campaign.open(brief, *pictures)
    try:
        assert is_whole(brief, campaign, format)
    except TextDoesNotFit as refused:
        assert format.is_banner, "a social size holds 255 letters"
        assert refused.field == "headline"


def test_cutting_what_the_refusal_asks_for_makes_it_fit(pictures: tuple[bytes, bytes]) -> None:
    leaderboard = format_of(RenderKind.LEADER_BOARD)
    brief = replace(PLAIN, headline=repeated(255), action=repeated(100))
    for _ in range(4):
        try:
            Campaign.open(brief, *pictures).compose(leaderboard, 1)
            break
        except TextDoesNotFit as refused:
            shorter = getattr(brief, refused.field)[: -refused.excess].strip()
            brief = changed(brief, refused.field, shorter)
    assert is_whole(brief, Campaign.open(brief, *pictures), leaderboard)


def test_banners_report_what_they_leave_out(pictures: tuple[bytes, bytes]) -> None:
    campaign = Campaign.open(replace(PLAIN, description="Seven nights by the lake."), *pictures)
    assert "description" in campaign.compose(format_of(RenderKind.LEADER_BOARD), 1).dropped
    assert campaign.compose(format_of(RenderKind.POST), 1).dropped == ()


@pytest.mark.parametrize(("field", "value"), [("font", "Comic Sans"), ("icon", "fa-solid fa-nope"), ("icon", "cart")])
def test_unknown_fonts_and_icons_are_refused_by_name(field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        validate_brief(changed(PLAIN, field, value))
    assert refused.value.field == field
    assert value in str(refused.value)


@pytest.mark.parametrize(("field", "length"), [("headline", 256), ("punchline", 256), ("action", 101), ("headline", 0)])
def test_lengths_outside_the_limits_are_refused(field: str, length: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        changed(PLAIN, field, "x" * length)
    assert refused.value.field == field
