# SPDX-License-Identifier: Apache-2.0
"""How small texts may be: the table, what the layouts make of it, and what the documentation says of it."""

from pathlib import Path

import pytest

from affiche.creative.composition import Composition, Role, TextLayer
from affiche.creative.formats import FORMATS, RenderKind, format_of
from affiche.creative.layout.scale import smallest_capitals
from affiche.creative.serial import composition_to_json
from tests.pictures.briefs import OWN, Case, campaign

DOCUMENT = Path(__file__).parents[3] / "docs" / "creative.md"
ROUNDING = 0.2
CASES = tuple(case for case in OWN if case.name in ("calm", "poppins", "portrait", "hindi", "described"))


def texts(composition: Composition) -> list[TextLayer]:
    wanted = (Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.ACTION)
    return [layer for layer in composition.layers if isinstance(layer, TextLayer) and layer.role in wanted]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_text_is_smaller_than_its_format_allows(case: Case) -> None:
    opened = campaign(case)
    for format in FORMATS:
        least = smallest_capitals(format)
        for variant in (1, 2, 3):
            composition = opened.compose(format, variant)
            for measured in composition.legibility:
                if measured.role in least and not composition.dense:
                    where = f"{format.name} v{variant} {composition.arrangement} {measured.role}"
                    assert measured.cap_height >= least[measured.role] - ROUNDING, where


def test_usual_copy_never_needs_small_type() -> None:
    for case in CASES:
        assert not any(campaign(case).compose(format, 1).dense for format in FORMATS), case.name


def test_long_copy_says_that_it_is_dense() -> None:
    long = campaign(next(case for case in OWN if case.name == "long"))
    composition = long.compose(format_of(RenderKind.LEADER_BOARD), 1)
    assert composition.dense
    assert composition_to_json(composition)["dense"] is True


def test_a_leaderboard_is_read_from_afar() -> None:
    assert smallest_capitals(format_of(RenderKind.LEADER_BOARD))[Role.HEADLINE] == 14


def test_the_documentation_has_the_table() -> None:
    written = DOCUMENT.read_text("utf-8")
    for format in FORMATS:
        least = smallest_capitals(format)
        cells = [f"{least[role]:g}" for role in (Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.ACTION)]
        if format.is_banner:
            cells[2] = "left out"
        assert f"| `{format.name}` | {' | '.join(cells)} |" in written, format.name
