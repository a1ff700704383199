# SPDX-License-Identifier: Apache-2.0
"""The score falls where a design is spoiled, says what to do, and rises when that is done."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.composition import Box, Composition, FillLayer, LogoLayer, Role, ScrimLayer, TextLayer
from affiche.creative.diversity import distance
from affiche.creative.formats import RenderKind, format_of
from affiche.creative.score import (
    WEIGHTS,
    Inapplicable,
    Scorer,
    Suggestion,
    apply_suggestion,
    score,
)
from affiche.creative.serial import composition_from_json, composition_to_json
from affiche.images.colour import Colour
from affiche.samples import sample_logo_png, sample_photo_jpeg
from affiche.typography.text import enlarged

Spoil = Callable[[Composition], Composition]


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    brief = Brief(
        "Find your quiet place",
        "Small lodges, wide skies.",
        "Book now",
        (Colour.from_hex("#1f4e5f"), Colour.from_hex("#f2a154")),
        description="Seven nights from 690 €.",
    )
    return Campaign.open(brief, sample_photo_jpeg("main", (1200, 800)), sample_logo_png(), seed=4)


@pytest.fixture(scope="module")
def scorer(campaign: Campaign) -> Scorer:
    return Scorer(campaign.photo, campaign.logo, campaign.materials.reading)


@pytest.fixture(scope="module")
def post(campaign: Campaign) -> Composition:
    return campaign.compose(format_of(RenderKind.POST), 1)


def change(composition: Composition, role: Role, changed: Callable[..., object]) -> Composition:
    layers = tuple(changed(layer) if layer.role is role else layer for layer in composition.layers)
    return replace(composition, layers=layers)  # type: ignore[arg-type]


def shrunk_box(box: Box, factor: float) -> Box:
    return Box(box.x, box.y, box.width * factor, box.height * factor)


def small_logo(composition: Composition) -> Composition:
    return change(composition, Role.LOGO, lambda layer: replace(layer, box=shrunk_box(layer.box, 0.4)))


def small_headline(composition: Composition) -> Composition:
    def changed(layer: TextLayer) -> TextLayer:
        return replace(layer, box=shrunk_box(layer.box, 0.3), block=enlarged(layer.block, 0.3))

    return change(composition, Role.HEADLINE, changed)


def pale_punchline(composition: Composition) -> Composition:
    return change(composition, Role.PUNCHLINE, lambda layer: replace(layer, colour=Colour(90, 90, 90)))


def weak_button_text(composition: Composition) -> Composition:
    button = composition.layer(Role.BUTTON)
    assert isinstance(button, FillLayer)
    colour = button.colour.mixed(Colour(255, 255, 255), 0.2)
    return change(composition, Role.ACTION, lambda layer: replace(layer, colour=colour))


def small_button(composition: Composition) -> Composition:
    button = composition.layer(Role.BUTTON)
    assert button is not None
    x, y = button.box.x, button.box.y

    def changed(layer: FillLayer | TextLayer) -> FillLayer | TextLayer:
        box = layer.box
        small = Box(x + 0.35 * (box.x - x), y + 0.35 * (box.y - y), 0.35 * box.width, 0.35 * box.height)
        if isinstance(layer, TextLayer):
            return replace(layer, box=small, block=enlarged(layer.block, 0.35))
        return replace(layer, box=small)

    for role in (Role.BUTTON, Role.ACTION, Role.ICON):
        composition = change(composition, role, changed)
    return composition


def weak_scrim(composition: Composition) -> Composition:
    return change(composition, Role.SCRIM, lambda layer: replace(layer, opacities=(0.0, 0.6 * layer.opacities[1])))


@pytest.mark.parametrize(
    ("spoil", "part", "action"),
    [
        (small_logo, "logo_presence", "enlarge"),
        (small_headline, "hierarchy", "enlarge"),
        (pale_punchline, "contrast", "recolour"),
        (weak_button_text, "button_visibility", "recolour"),
        (small_button, "button_visibility", "enlarge"),
        (weak_scrim, "clutter", "raise_scrim"),
    ],
)
def test_spoiling_costs_and_the_suggestion_pays(
    scorer: Scorer, post: Composition, spoil: Spoil, part: str, action: str
) -> None:
    spoiled = spoil(post)
    before, good = scorer.score(spoiled), scorer.score(post)
    assert before.value is not None
    assert good.value is not None
    assert before.value < good.value
    suggestion = before.part(part).suggestion
    assert suggestion is not None
    assert suggestion.action == action
    after = scorer.score(apply_suggestion(spoiled, suggestion))
    assert after.value is not None
    assert after.value > before.value
    now, then = after.part(part).value, before.part(part).value
    assert now is not None
    assert then is not None
    assert now > then


@pytest.mark.parametrize("kind", [RenderKind.POST, RenderKind.STORY, RenderKind.LEADER_BOARD, RenderKind.HALF_PAGE])
def test_every_suggestion_of_every_variant_raises_the_score(
    campaign: Campaign, scorer: Scorer, kind: RenderKind
) -> None:
    variants = [campaign.compose(format_of(kind), number) for number in range(1, 6)]
    for composition in variants:
        others = [other for other in variants if other is not composition]
        before = scorer.score(composition, others)
        for suggestion in before.suggestions:
            after = scorer.score(apply_suggestion(composition, suggestion), others)
            assert (after.value or 0) > (before.value or 0), (composition.arrangement, suggestion)


def test_a_logo_is_moved_where_there_is_room(scorer: Scorer, campaign: Campaign, post: Composition) -> None:
    logo = post.layer(Role.LOGO)
    assert isinstance(logo, LogoLayer)
    moved = apply_suggestion(post, Suggestion("move", Role.LOGO, dx=40.0, dy=30.0)).layer(Role.LOGO)
    assert isinstance(moved, LogoLayer)
    assert (moved.box.x, moved.box.y) == (logo.box.x + 40, logo.box.y + 30)


def test_the_parts_explain_themselves(scorer: Scorer, post: Composition) -> None:
    found = scorer.score(post)
    assert [part.name for part in found.parts] == list(WEIGHTS)
    assert sum(WEIGHTS.values()) == 100
    for part in found.parts:
        assert part.value is None or (0 <= part.value <= 100 and round(part.value, 1) == part.value)
        assert part.sentence.endswith(".")
        assert part.box is None or post.canvas.grown(1).contains(part.box)
    values = found.to_json()
    assert values["score"] == found.value
    assert values["parts"][0]["name"] == "legibility"


def test_the_same_design_has_the_same_score_from_json_and_by_a_new_scorer(
    campaign: Campaign, scorer: Scorer, post: Composition
) -> None:
    read = composition_from_json(composition_to_json(post))
    again = Scorer(campaign.photo, campaign.logo, campaign.materials.reading)
    assert again.score(read).to_json() == scorer.score(post).to_json()
    alone = score(post, campaign.photo, campaign.logo)
    assert alone.to_json() == score(read, campaign.photo, campaign.logo).to_json()


def test_diversity_is_neutral_alone_and_nothing_for_a_copy(
    campaign: Campaign, scorer: Scorer, post: Composition
) -> None:
    assert scorer.score(post).part("diversity").value is None
    assert scorer.score(post, [post]).part("diversity").value == 0
    other = campaign.compose(format_of(RenderKind.POST), 2)
    assert distance(post, post) == 0
    assert distance(post, other) == distance(other, post) >= 0.5
    assert scorer.score(post, [other]).part("diversity").value == 100


def test_a_face_under_text_costs_half(scorer: Scorer, post: Composition) -> None:
    headline = post.layer(Role.HEADLINE)
    assert headline is not None
    covered = scorer.score(replace(post, faces=(headline.box,))).part("saliency_match")
    free = scorer.score(replace(post, faces=())).part("saliency_match")
    assert covered.value is not None
    assert free.value is not None
    assert covered.value <= free.value / 2
    assert covered.box == headline.box


def test_without_logo_and_button_their_parts_are_nothing(scorer: Scorer, post: Composition) -> None:
    bare = replace(post, layers=tuple(layer for layer in post.layers if layer.role not in (Role.LOGO, Role.BUTTON)))
    found = scorer.score(bare)
    assert (found.part("logo_presence").value, found.part("button_visibility").value) == (0, 0)


def test_what_cannot_be_applied_is_refused_with_a_sentence(post: Composition) -> None:
    with pytest.raises(Inapplicable, match="no room"):
        apply_suggestion(post, Suggestion("move", Role.LOGO, dx=5000.0, dy=0.0))
    with pytest.raises(Inapplicable, match="no change"):
        apply_suggestion(post, Suggestion("explode", Role.LOGO))
    with pytest.raises(Inapplicable, match="no logo plate"):
        apply_suggestion(
            replace(post, layers=tuple(layer for layer in post.layers if layer.role is not Role.LOGO_PLATE)),
            Suggestion("drop", Role.LOGO_PLATE),
        )


def test_a_stronger_scrim_keeps_its_clear_end(post: Composition) -> None:
    stronger = apply_suggestion(post, Suggestion("raise_scrim", Role.SCRIM, by=0.5))
    for own, now in zip(post.layers, stronger.layers, strict=True):
        if isinstance(own, ScrimLayer) and isinstance(now, ScrimLayer):
            assert now.opacities[0] == own.opacities[0] == 0
            assert now.opacities[1] == pytest.approx((1 + own.opacities[1]) / 2)


def test_dropping_a_text_is_recorded(post: Composition) -> None:
    without = apply_suggestion(post, Suggestion("drop", Role.DESCRIPTION))
    assert without.layer(Role.DESCRIPTION) is None
    assert "description" in without.dropped
