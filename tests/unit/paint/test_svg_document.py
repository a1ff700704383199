# SPDX-License-Identifier: Apache-2.0
import base64
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from affiche.creative.campaign import Campaign
from affiche.creative.composition import Composition, PhotoLayer, Role, ScrimLayer, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.paint.captions import one_line
from affiche.paint.svg import svg_document
from affiche.samples import sample_logo_png, sample_photo_jpeg
from tests.pictures.briefs import OWN, campaign

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'Now <script>alert("1")</script> & more\x08 ]]>'


@pytest.fixture(scope="module")
def opened() -> Campaign:
    brief = replace(OWN[0].brief, punchline=HOSTILE)
    return Campaign.open(brief, sample_photo_jpeg(), sample_logo_png(), seed=3)


@pytest.fixture(scope="module")
def compositions(opened: Campaign) -> list[Composition]:
    return [opened.compose(format_of(kind_named("post")), variant) for variant in range(1, 6)]


def parsed(composition: Composition, opened: Campaign) -> ElementTree.Element:
    return ElementTree.fromstring(svg_document(composition, opened.photo, opened.logo))


def test_every_text_is_there_in_characters(compositions: list[Composition], opened: Campaign) -> None:
    for composition in compositions:
        root = parsed(composition, opened)
        said = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
        meant = [
            one_line(layer.block).replace("\x08", "")
            for layer in composition.layers
            if isinstance(layer, TextLayer) and layer.role is not Role.ICON
        ]
        assert said == meant


@pytest.mark.parametrize("kind", ["post", "leaderboard"])
def test_writing_from_both_sides_is_said_as_it_is_read(kind: str) -> None:
    arabic = campaign(next(case for case in OWN if case.name == "arabic"))
    composition = arabic.compose(format_of(kind_named(kind)), 2)
    said = ["".join(text.itertext()) for text in parsed(composition, arabic).iter(f"{SVG}text")]
    assert "رحلات صغيرة وسماء واسعة. سبع ليال ابتداءً من 690 €." in said


def test_shade_stays_a_blend_mode(compositions: list[Composition], opened: Campaign) -> None:
    composition = next(one for one in compositions if isinstance(one.layer(Role.SCRIM), ScrimLayer))
    scrim = composition.layer(Role.SCRIM)
    assert isinstance(scrim, ScrimLayer)
    group = next(group for group in parsed(composition, opened) if group.get("data-role") == "scrim")
    assert group.find(f"{SVG}rect").get("style") == f"mix-blend-mode:{scrim.blend.value}"  # type: ignore[union-attr]


def test_icons_are_outlines(compositions: list[Composition], opened: Campaign) -> None:
    group = next(group for group in parsed(compositions[0], opened) if group.get("data-role") == "icon")
    assert [child.tag for child in group] == [f"{SVG}path"]


def test_hostile_copy_stays_text(compositions: list[Composition], opened: Campaign) -> None:
    for composition in compositions:
        root = parsed(composition, opened)
        assert not list(root.iter(f"{SVG}script"))
        assert "<script>" in "".join(root.itertext())


def test_nothing_comes_from_outside(compositions: list[Composition], opened: Campaign) -> None:
    for composition in compositions:
        document = svg_document(composition, opened.photo, opened.logo).decode()
        for found in re.findall(r'(?:href="|url\()([^")]*)', document):
            assert found.startswith(("#", "data:")), found[:60]


def test_the_photo_is_embedded_once(compositions: list[Composition], opened: Campaign) -> None:
    for composition in compositions:
        document = svg_document(composition, opened.photo, opened.logo)
        layers = [layer for layer in composition.layers if isinstance(layer, PhotoLayer)]
        assert document.count(b"data:image/jpeg;base64,") == (1 if layers else 0)
        assert document.count(b"<use ") == len(layers)


def test_embedded_fonts_hold_the_characters_and_little_else(compositions: list[Composition], opened: Campaign) -> None:
    document = svg_document(compositions[0], opened.photo, opened.logo).decode()
    fonts = {
        name: TTFont(io.BytesIO(base64.b64decode(content)))
        for name, content in re.findall(
            r"font-family:'([^']+)';[^}]*?src:url\(data:font/woff2;base64,([^)]+)\)", document
        )
    }
    root = ElementTree.fromstring(document)
    for span in root.iter(f"{SVG}tspan"):
        if span.text == " ":
            continue
        name = str(span.get("font-family")).split("'")[1]
        assert {ord(sign) for sign in span.text or ""} <= set(fonts[name].getBestCmap())
    assert all(font["maxp"].numGlyphs < 120 for font in fonts.values())
    assert all("fvar" not in font for font in fonts.values())


def test_programs_without_the_embedded_fonts_are_told_family_and_weight(
    compositions: list[Composition], opened: Campaign
) -> None:
    group = next(group for group in parsed(compositions[0], opened) if group.get("data-role") == "headline")
    span = next(group.iter(f"{SVG}tspan"))
    assert str(span.get("font-family")).split(", ")[1] == "'Inter'"
    assert span.get("font-weight") == "700"


def test_pictures_are_linked_as_svg_1_1_does(compositions: list[Composition], opened: Campaign) -> None:
    root = parsed(compositions[0], opened)
    for linking in (*root.iter(f"{SVG}image"), *root.iter(f"{SVG}use")):
        assert linking.get("{http://www.w3.org/1999/xlink}href")
        assert linking.get("href") is None


def test_groups_tell_their_roles_from_back_to_front(compositions: list[Composition], opened: Campaign) -> None:
    for composition in compositions:
        roles = [group.get("data-role") for group in parsed(composition, opened).findall(f"{SVG}g")]
        assert roles == [layer.role.value for layer in composition.layers if not _is_clear(layer)]
        assert Role.HEADLINE.value in roles


def test_the_same_creative_is_the_same_file(compositions: list[Composition], opened: Campaign) -> None:
    first, second = (svg_document(compositions[2], opened.photo, opened.logo) for _ in range(2))
    assert first == second


def _is_clear(layer: object) -> bool:
    opacities = getattr(layer, "opacities", None)
    return opacities is not None and max(opacities) <= 0
