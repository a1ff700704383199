# SPDX-License-Identifier: Apache-2.0
"""What render processes draw with the real engine."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.images.colour import Colour
from affiche.images.decode import decode_picture
from affiche.images.encode import ImageFormat
from affiche.images.png import png_rgba
from affiche.images.probe import probe
from affiche.jobs.rendering.creative_renderer import CreativeRenderer
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.messages import DocumentRequest, EnhanceRequest, RenderRequest
from affiche.samples import sample_logo_png, sample_photo_jpeg
from affiche.vision.cutout.network import UnusableModel
from tests.unit.vision.cutout.test_network import network

BRIEF = Brief(
    "Find your quiet place", "Small lodges, wide skies.", "Book now", (Colour(31, 78, 95), Colour(242, 161, 84))
)
PICTURES = {"photo": sample_photo_jpeg(size=(900, 600)), "logo": sample_logo_png()}


def test_a_picture_of_another_format_is_the_design_drawn_anew() -> None:
    renderer = CreativeRenderer()
    request = RenderRequest(BRIEF, "photo", "logo", 7, RenderKind.POST, 1, 5)
    tight = replace(request, max_bytes=90_000)
    assert renderer.render(tight, PICTURES.__getitem__).image_format is not ImageFormat.PNG
    again = renderer.document(DocumentRequest(tight, ImageFormat.PNG), PICTURES.__getitem__)
    assert again.image_format is ImageFormat.PNG
    assert again.content == renderer.render(request, PICTURES.__getitem__).content
    webp = renderer.document(DocumentRequest(tight, ImageFormat.WEBP), PICTURES.__getitem__)
    assert probe(webp.content).kind == "webp"


def test_products_are_cut_out_with_the_network_that_the_operator_has_chosen(tmp_path: Path) -> None:
    """It finds red and nothing else; it is opened when it is needed first."""
    picture = np.full((400, 500, 3), (60, 120, 90), np.uint8)
    cv2.circle(picture, (250, 200), 90, (220, 30, 40), -1)
    request = EnhanceRequest(
        png_rgba(np.dstack([picture, np.full((400, 500), 255, np.uint8)])), "remove_background", "strict"
    )
    model = tmp_path / "u2net.onnx"
    renderer = CreativeRenderer(Equipment(cutout_model=str(model)))
    with pytest.raises(UnusableModel):
        renderer.enhance(request)
    network(model)
    alpha = decode_picture(renderer.enhance(request).content)[..., 3]
    assert (alpha > 127).sum() == pytest.approx(np.pi * 90**2, rel=0.03)
