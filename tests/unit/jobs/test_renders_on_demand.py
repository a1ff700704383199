# SPDX-License-Identifier: Apache-2.0
import json
from collections.abc import Iterator

import pytest

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat
from affiche.jobs.rendering import on_demand
from affiche.jobs.rendering.messages import DocumentRequest, FitRequest, RenderRequest
from affiche.jobs.rendering.on_demand import RendersOnDemand
from affiche.jobs.rendering.pool import RenderPool, RenderTerms
from tests.doubles import rendering

BRIEF = Brief("A headline", "A punchline", "Buy", (Colour(0, 0, 0), Colour(255, 255, 255)))
REQUEST = RenderRequest(BRIEF, "photo", "logo", 7, RenderKind.STORY, 2, 5)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[RenderPool]:
    """The pools that were opened."""
    pools: list[RenderPool] = []

    class Noted(RenderPool):
        def __init__(self, terms: RenderTerms) -> None:
            super().__init__(terms)
            pools.append(self)

    monkeypatch.setattr(on_demand, "RenderPool", Noted)
    return pools


@pytest.fixture
def renders(opened: list[RenderPool]) -> Iterator[RendersOnDemand]:
    made = RendersOnDemand(RenderTerms(1, renderer=rendering.SKETCHER))
    yield made
    made.close()


def fetch(digest: str) -> bytes:
    return digest.encode()


def test_no_process_is_started_before_it_is_needed(renders: RendersOnDemand, opened: list[RenderPool]) -> None:
    assert opened == []
    renders.close()
    assert opened == []
    first = json.loads(renders.document(DocumentRequest(REQUEST, DocumentKind.SVG), fetch).content)
    second = json.loads(renders.document(DocumentRequest(REQUEST, DocumentKind.PSD), fetch).content)
    assert (first["document"], second["document"]) == ("svg", "psd")
    assert first["pid"] == second["pid"]
    assert len(opened) == 1


def test_after_its_end_it_can_begin_anew(renders: RendersOnDemand, opened: list[RenderPool]) -> None:
    before = json.loads(renders.render(REQUEST, fetch).thumbnail)["pid"]
    renders.close()
    assert json.loads(renders.render(REQUEST, fetch).thumbnail)["pid"] != before
    assert len(opened) == 2


def test_a_file_is_made_to_fit_without_any_picture(renders: RendersOnDemand) -> None:
    made = renders.fit(FitRequest(b"a picture", ImageFormat.WEBP, 300))
    assert (len(made.content), made.image_format) == (300, ImageFormat.WEBP)


def test_a_wrong_field_keeps_its_name_on_the_way_out(renders: RendersOnDemand) -> None:
    with pytest.raises(InvalidInput, match="maxBytes 3 is too small") as caught:
        renders.fit(FitRequest(b"a picture", None, 3))
    assert caught.value.field == "max_bytes"
