# SPDX-License-Identifier: Apache-2.0
"""The benchmark's measures on layouts small enough to be reckoned by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from affiche.creative.composition import Box, Composition, FillLayer, LogoLayer, Role, TextLayer
from affiche.creative.formats import RenderKind, format_of
from affiche.creative.measures import (
    Element,
    Ground,
    Kind,
    Measures,
    alignment,
    alignment_of_each,
    elements,
    means,
    occlusion,
    overlap,
    plain_layers,
    readability,
    readability_in_bytes,
    underlay_loose,
    underlay_strict,
    utility,
)
from affiche.images.colour import Colour
from affiche.typography.text import TextBlock

CANVAS = Box(0, 0, 100, 100)
INK = Colour(0, 0, 0)
BLOCK = TextBlock((), 20, 1.2, 100, 40, rtl=False)


def text(x: float, y: float, width: float = 10, height: float = 10) -> Element:
    return Element(Kind.TEXT, Role.HEADLINE, Box(x, y, width, height))


def card(x: float, y: float, width: float, height: float) -> Element:
    return Element(Kind.UNDERLAY, Role.PANEL, Box(x, y, width, height))


def composed(*layers: FillLayer | TextLayer | LogoLayer) -> Composition:
    return Composition(format_of(RenderKind.POST), 1, "test", 1, layers)


def ground(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]", salient: float = 0.0) -> Ground:
    return Ground(pixels, (1.0, 1.0), np.full(pixels.shape[:2], salient, np.float32))


FLAT = np.full((100, 100, 3), 128, np.uint8)


def test_elements_are_texts_logo_and_what_lies_under_them() -> None:
    panel = FillLayer(Role.PANEL, Box(0, 500, 1080, 900), INK)
    headline = TextLayer(Role.HEADLINE, Box(60, 600, 300, 40), BLOCK, INK)
    found = elements(
        composed(
            FillLayer(Role.GROUND, Box(0, 0, 1080, 1080), INK),
            panel,
            FillLayer(Role.ACCENT, Box(0, 0, 1080, 4), INK),
            LogoLayer(Role.LOGO, Box(60, 60, 200, 60)),
            headline,
            TextLayer(Role.ICON, Box(400, 900, 60, 60), BLOCK, INK),
            TextLayer(Role.PUNCHLINE, Box(60, 700, 20, 20), BLOCK, INK),
        )
    )
    assert [(one.kind, one.role) for one in found] == [
        (Kind.UNDERLAY, Role.PANEL),
        (Kind.LOGO, Role.LOGO),
        (Kind.TEXT, Role.HEADLINE),
    ]
    assert found[0].box == Box(0, 500, 1080, 580)


def test_a_turned_text_takes_the_upright_box_around_it() -> None:
    (found,) = elements(composed(TextLayer(Role.HEADLINE, Box(400, 500, 300, 40), BLOCK, INK, rotation=90)))
    assert found.box.width == pytest.approx(40)
    assert found.box.height == pytest.approx(300)
    assert found.box.centre == pytest.approx((550, 520))


def test_the_plain_picture_has_no_element_and_no_tint_of_one() -> None:
    card_box = Box(60, 60, 400, 400)
    bar = FillLayer(Role.ACCENT, Box(0, 0, 8, 1080), INK)
    layers = (
        FillLayer(Role.ACCENT, card_box, INK, opacity=0.5),
        FillLayer(Role.PANEL, card_box, INK),
        bar,
        LogoLayer(Role.LOGO, Box(80, 80, 100, 50)),
    )
    assert plain_layers(composed(*layers)) == (bar,)


def test_overlap_is_intersection_over_union_by_element() -> None:
    assert overlap([text(0, 0), text(5, 0), text(50, 50)]) == pytest.approx((50 / 150) / 3)
    assert overlap([text(0, 0), card(0, 0, 50, 50)]) == 0
    assert overlap([]) == 0


def test_alignment_takes_the_nearest_pair_of_the_best_kind_for_every_element() -> None:
    apart = [text(0, 0), text(13, 17, 11, 12)]
    assert alignment(apart, CANVAS) == pytest.approx(2 * -math.log10(1 - 0.13))
    assert alignment([*apart, text(13, 60, 30, 5)], CANVAS) == 0
    assert alignment([text(0, 0)], CANVAS) == 0


def test_alignment_of_each_asks_every_element() -> None:
    row = [text(0, 0), text(0, 30), text(7, 61, 40, 20)]
    assert alignment(row, CANVAS) == 0
    assert alignment_of_each(row, CANVAS) == pytest.approx(-math.log10(1 - 0.07))


def test_underlays_are_asked_whether_they_carry_something() -> None:
    held, half = [card(0, 0, 40, 40), text(10, 10)], [card(0, 0, 15, 40), text(10, 10)]
    assert (underlay_loose(held), underlay_strict(held)) == (1, 1)
    assert underlay_loose(half) == pytest.approx(0.5)
    assert underlay_strict(half) == 0
    assert (underlay_loose([card(0, 0, 9, 9)]), underlay_strict([card(0, 0, 9, 9)])) == (0, 0)
    assert (underlay_loose([text(0, 0)]), underlay_strict([text(0, 0)])) == (None, None)


def test_utility_and_occlusion_weigh_by_saliency() -> None:
    picture = ground(FLAT)
    picture.salient[:, 50:] = 1.0
    assert utility([text(0, 0, 25, 100)], picture) == pytest.approx(0.5)
    assert occlusion([text(0, 0, 25, 100)], picture) == 0
    assert occlusion([text(25, 0, 50, 100)], picture) == pytest.approx(0.5)
    assert utility([text(60, 0, 20, 100)], picture) == 0


def test_readability_is_the_gradient_under_bare_text() -> None:
    striped = FLAT.copy()
    striped[:, 50::4] = 255
    picture = ground(striped)
    assert readability([text(0, 0, 40, 40)], picture) == 0
    assert readability([text(60, 0, 30, 40)], picture) > 0.4
    assert readability([text(60, 0, 30, 40), card(55, 0, 40, 50)], picture) == 0


def test_arithmetic_of_eight_bits_wraps_as_the_benchmarks_does() -> None:
    """A step of 4 gives a rising Sobel response of 16, whose square is 256 and wraps to 0; one of 3 gives 12."""
    steps = np.full((100, 100, 3), 100, np.uint8)
    steps[:, 30:] = 104
    steps[:, 60:] = 107
    picture = ground(steps)
    assert readability([text(29, 0, 2, 100)], picture) == pytest.approx(1)
    assert readability_in_bytes([text(29, 0, 2, 100)], picture) == 0
    assert readability_in_bytes([text(59, 0, 2, 100)], picture) == pytest.approx(1)


def test_faces_are_wholly_salient() -> None:
    seen = Ground.of(np.full((200, 300, 3), 90, np.uint8), (Box(30, 40, 50, 60),))
    assert occlusion([text(30, 40, 50, 60)], seen) == 1
    assert occlusion([text(200, 40, 50, 60)], seen) == 0


def test_a_slanted_panel_hides_only_what_lies_under_it() -> None:
    slanted = Element(Kind.UNDERLAY, Role.PANEL, CANVAS, ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)))
    assert slanted.hides(Box(10, 10, 20, 20))
    assert not slanted.hides(Box(70, 70, 20, 20))
    assert card(0, 0, 100, 100).hides(Box(70, 70, 20, 20))


def test_means_leave_out_what_has_no_value_and_count_faces() -> None:
    one = Measures(0.1, 0.0, None, None, 0.2, 0.3, 0.04, 1, 5.0, 70.0, 0.0, 0.1)
    other = replace(one, overlap=0.3, underlay_loose=0.5, underlay_strict=1.0, faces_covered=2, min_contrast=4.5)
    found = means([one, other])
    assert list(found)[:10] == [
        *("overlap", "alignment", "underlay_loose", "underlay_strict", "utility", "occlusion", "readability"),
        *("faces_covered", "min_contrast", "n"),
    ]
    assert (found["overlap"], found["underlay_loose"], found["faces_covered"]) == (0.2, 0.5, 3)
    assert (found["min_contrast"], found["n"]) == (4.5, 2)
    assert means([])["overlap"] is None
