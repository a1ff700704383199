# SPDX-License-Identifier: Apache-2.0
"""What render processes draw with the real engine."""

from dataclasses import replace

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat
from affiche.images.probe import probe
from affiche.jobs.rendering.creative_renderer import CreativeRenderer
from affiche.jobs.rendering.messages import DocumentRequest, RenderRequest
from affiche.samples import sample_logo_png, sample_photo_jpeg

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
