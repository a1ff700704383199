# SPDX-License-Identifier: Apache-2.0
"""What a PDF is made of."""

import gc
import io
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest

from affiche.creative.composition import Box, Composition, FillLayer, Outline, Role, ScrimLayer, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.images.resample import PhotoPyramid
from affiche.paint.glyphs import UnreadableFont
from affiche.paint.pdf import pdf_document
from affiche.paint.raster import paint
from tests.pictures.briefs import OWN, campaign
from tests.pictures.goldens import similarity

INK, PAPER = Colour(30, 30, 40), Colour(250, 240, 230)


def of_sample(kind: str = "post", variant: int = 1) -> tuple[Composition, bytes]:
    opened = campaign(OWN[0])
    composition = opened.compose(format_of(kind_named(kind)), variant)
    return composition, pdf_document(composition, opened.photo, opened.logo)


def of_layers(*layers: Any) -> tuple[Composition, bytes]:
    ground = FillLayer(Role.GROUND, Box(0, 0, 300, 250), PAPER)
    composition = Composition(format_of(kind_named("medium-banner")), 1, "test", 0, (ground, *layers))
    return composition, pdf_document(composition, no_photo(), campaign(OWN[0]).logo)


def no_photo() -> PhotoPyramid:
    return PhotoPyramid(np.zeros((8, 8, 3), np.uint8))


def opened_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pictures(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]


def pixels(data: bytes) -> np.ndarray:
    page = pypdfium2.PdfDocument(data)[0]
    return np.asarray(page.render(scale=96 / 72 - 1e-7).to_numpy()[..., :3])


def test_version_title_and_maker_are_told_and_nothing_else() -> None:
    _, data = of_sample()
    pdf = opened_pdf(data)
    assert data.startswith(b"%PDF-1.6\n")
    assert pdf.check_pdf_syntax() == []
    assert str(pdf.docinfo["/Title"]) == "Find your quiet place"
    assert str(pdf.docinfo["/Producer"]).startswith("Affiche ")
    assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
    assert "/Metadata" not in pdf.Root


def test_the_same_creative_makes_the_same_file() -> None:
    assert of_sample()[1] == of_sample()[1]


@pytest.mark.parametrize("kind", ["post", "leaderboard", "medium-banner", "vertical"])
def test_a_pixel_is_three_quarters_of_a_point(kind: str) -> None:
    composition, data = of_sample(kind)
    with opened_pdf(data) as pdf:
        (page,) = pdf.pages
        left, bottom, right, top = (float(side) for side in page.mediabox)
    assert (right - left, top - bottom) == (0.75 * composition.format.width, 0.75 * composition.format.height)


def test_the_photo_is_one_jpeg_at_twice_the_canvas() -> None:
    _, data = of_sample()
    with opened_pdf(data) as pdf:
        (photo,) = (one for one in pictures(pdf) if one.Filter == "/DCTDecode")
        assert (int(photo.Width), int(photo.Height)) == (2160, 2160)
        decoded = cv2.imdecode(np.frombuffer(photo.read_raw_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert decoded.shape == (2160, 2160, 3)


def test_texts_are_set_in_subsets_of_their_fonts() -> None:
    _, data = of_sample()
    with opened_pdf(data) as pdf:
        fonts = list(pdf.pages[0].Resources.Font.values())
        files = [font.DescendantFonts[0].FontDescriptor.FontFile2 for font in fonts]
        assert all(re.fullmatch(r"/[A-Z]{6}\+Inter-\w+", str(font.BaseFont)) for font in fonts)
        assert all(len(file.read_bytes()) < 30_000 for file in files)


def test_panels_scrims_and_outlines_are_no_pictures() -> None:
    panel = FillLayer(Role.PANEL, Box(20, 20, 120, 90), INK, Outline(radius=12), 0.6)
    scrim = ScrimLayer(Role.SCRIM, Box(150, 0, 150, 250), INK, (150, 0), (300, 0), (0.0, 0.8))
    composition, data = of_layers(panel, scrim)
    assert pictures(opened_pdf(data)) == []
    expected = paint(composition, no_photo(), campaign(OWN[0]).logo)[..., :3]
    assert np.abs(pixels(data).astype(int) - expected).mean() < 1.5


@pytest.mark.parametrize("blend", [Blend.MULTIPLY, Blend.SCREEN])
def test_shade_and_light_stay_blend_modes(blend: Blend) -> None:
    panel = FillLayer(Role.PANEL, Box(20, 20, 260, 210), Colour(90, 150, 220))
    scrim = ScrimLayer(Role.SCRIM, Box(0, 0, 300, 250), Colour(120, 80, 60), (0, 0), (300, 0), (0.0, 0.9), blend)
    composition, data = of_layers(panel, scrim)
    assert pictures(opened_pdf(data)) == []
    expected = paint(composition, no_photo(), campaign(OWN[0]).logo)[..., :3]
    assert np.abs(pixels(data).astype(int) - expected).mean() < 1.5
    with opened_pdf(data) as pdf:
        modes = {str(state.BM) for state in pdf.pages[0].Resources.ExtGState.values()}
    assert f"/{blend.value.capitalize()}" in modes


def test_a_gradient_follows_the_smootherstep() -> None:
    scrim = ScrimLayer(Role.SCRIM, Box(0, 0, 300, 250), Colour(0, 0, 0), (0, 0), (300, 0), (0.0, 1.0))
    _, data = of_layers(scrim)
    row = pixels(data)[125, :, 2].astype(float) / PAPER.red
    t = (np.arange(300) + 0.5) / 300
    assert np.abs(row - (1 - t**3 * (t * (6 * t - 15) + 10))).max() < 0.02


def test_a_turned_text_stands_where_the_raster_has_it(set_line: Any) -> None:
    block = set_line("Turned", size=60)
    layer = TextLayer(Role.HEADLINE, Box(40, 90, block.width, block.height), block, INK, rotation=15)
    composition, data = of_layers(layer)
    expected = np.ascontiguousarray(paint(composition, no_photo(), campaign(OWN[0]).logo)[..., :3])
    assert similarity(np.ascontiguousarray(pixels(data)), expected) > 0.97
    still = replace(layer, rotation=0.0)
    assert similarity(np.ascontiguousarray(pixels(of_layers(still)[1])), expected) < 0.9


def test_a_faint_text_is_faint_and_a_clear_one_is_not_there(set_line: Any) -> None:
    block = set_line("Faint", size=60)
    layer = TextLayer(Role.HEADLINE, Box(40, 90, block.width, block.height), block, INK, opacity=0.5)
    darkest = int(pixels(of_layers(layer)[1])[..., 1].min())
    assert darkest == pytest.approx((INK.green + PAPER.green) / 2, abs=3)
    _, data = of_layers(replace(layer, opacity=0.0))
    assert pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range() == ""


def test_a_font_that_cannot_be_read_is_named_and_leaves_nothing_open(set_line: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    block = set_line("Text", size=60)
    (line,) = block.lines
    (run,) = line.runs
    face = replace(run.face, key="Broken", path=str(broken), variations=())
    unset = replace(block, lines=(replace(line, runs=(replace(run, face=face),)),))
    icon = TextLayer(Role.ICON, Box(40, 90, block.width, block.height), unset, INK)
    with pytest.raises(UnreadableFont, match=r"broken\.ttf"):
        of_layers(icon)
    gc.collect()


def test_icons_are_drawn_but_not_said() -> None:
    composition, data = of_sample()
    icon = composition.layer(Role.ICON)
    assert isinstance(icon, TextLayer)
    said = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert said.endswith("Book now")
    x, y = (math.floor(side) for side in icon.box.centre)
    around = pixels(data)[y - 8 : y + 8, x - 8 : x + 8].reshape(-1, 3).astype(int)
    assert (around.max(axis=0) - around.min(axis=0)).max() > 100
