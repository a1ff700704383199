# SPDX-License-Identifier: Apache-2.0
"""Measures of painted creatives: what is hidden, and what the pixels behind letters are."""

from dataclasses import replace

import numpy as np
import pytest

from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.composition import Box, Composition, FillLayer, Role, TextLayer
from affiche.creative.formats import RenderKind, format_of
from affiche.creative.measures import elements
from affiche.images.colour import Colour, apca, contrast_ratio
from affiche.images.resample import PhotoPyramid
from affiche.measuring import faces_covered, measure, text_contrasts
from affiche.samples import sample_logo, sample_logo_png, sample_photo_jpeg
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle
from affiche.vision.logo import read_logo

WHITE, NAVY = Colour(255, 255, 255), Colour(20, 33, 61)
PHOTO = PhotoPyramid(np.full((40, 60, 3), 128, np.uint8))
LOGO = read_logo(sample_logo(200))


def on_a_ground(colour: Colour, opacity: float = 1.0) -> Composition:
    block = set_text("Quiet", TextStyle("Inter", 700), 60, 400)
    ground = FillLayer(Role.GROUND, Box(0, 0, 300, 250), NAVY)
    text = TextLayer(Role.HEADLINE, Box(40, 60, block.width, block.height), block, colour, opacity)
    return Composition(format_of(RenderKind.MEDIUM_BANNER), 1, "test", 1, (ground, text))


def test_contrast_is_that_of_the_ink_with_the_painted_ground() -> None:
    (found,) = text_contrasts(on_a_ground(WHITE), PHOTO, LOGO)
    assert found.role is Role.HEADLINE
    assert found.wcag == pytest.approx(contrast_ratio(WHITE, NAVY))
    assert found.apca == pytest.approx(abs(apca(WHITE, NAVY)))
    (faint,) = text_contrasts(on_a_ground(WHITE, 0.5), PHOTO, LOGO)
    assert faint.wcag < found.wcag / 2


def test_what_is_painted_later_does_not_count_as_behind() -> None:
    composition = on_a_ground(WHITE)
    over = FillLayer(Role.ACCENT, Box(0, 0, 300, 250), WHITE)
    (found,) = text_contrasts(replace(composition, layers=(*composition.layers, over)), PHOTO, LOGO)
    assert found.wcag == pytest.approx(contrast_ratio(WHITE, NAVY))


def test_a_face_counts_when_more_than_a_hundredth_is_hidden() -> None:
    composition = on_a_ground(WHITE)
    found = elements(composition)
    (headline,) = (element.box for element in found)
    hidden = Box(headline.x, headline.y, 100, 100)
    grazed = Box(headline.right - 0.5, headline.y, 100, 100)
    assert faces_covered(found, (hidden, grazed, Box(0, 200, 20, 20))) == 1


def test_a_creative_of_ours_measures_as_a_good_layout() -> None:
    brief = Brief("Find your quiet place", "Small lodges, wide skies.", "Book now", (NAVY, Colour(252, 163, 17)))
    campaign = Campaign.open(brief, sample_photo_jpeg("product", (900, 600)), sample_logo_png())
    for variant in range(1, 4):
        composition = campaign.compose(format_of(RenderKind.POST), variant)
        found = measure(composition, campaign.photo, campaign.logo)
        assert (found.overlap, found.underlay_loose, found.underlay_strict) == (0, 1, 1)
        assert found.faces_covered == 0
        assert found.min_contrast is not None
        assert found.min_contrast >= 3
        assert 0 < found.utility < 1
        assert 0 <= found.occlusion < 0.5
        assert measure(composition, campaign.photo, campaign.logo) == found
