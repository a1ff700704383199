# SPDX-License-Identifier: Apache-2.0
"""The tables of README say what the code says."""

from pathlib import Path

import pytest

from affiche.cli.reference import main, rewritten, settings, sizes
from affiche.creative.formats import FORMATS
from affiche.settings import Settings

README = Path(__file__).parents[3] / "README.md"


def test_the_tables_of_readme_are_up_to_date() -> None:
    text = README.read_text("utf-8")
    assert rewritten(text) == text, "run: make readme"


def test_every_size_has_a_row() -> None:
    rows = sizes().splitlines()
    for format in FORMATS:
        row = next(row for row in rows if f"`{format.name}`" in row)
        assert f"{format.width} × {format.height}" in row
        assert f" {int(format.kind)} " in row


def test_every_setting_has_a_row_with_a_meaning() -> None:
    rows = {row.split("|")[1].strip(): row.split("|")[3].strip() for row in settings().splitlines()[2:]}
    assert set(rows) == {f"`AFFICHE_{name.upper()}`" for name in Settings.model_fields}
    assert all(rows.values()), [name for name, meaning in rows.items() if not meaning]


def test_tables_are_rewritten_in_their_places_only(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    marked = "<!-- {0} -->\nout of date\n<!-- /{0} -->"
    path.write_text(f"Before\n{marked.format('sizes')}\nBetween\n{marked.format('settings')}\nAfter\n", "utf-8")
    main(path)
    text = path.read_text("utf-8")
    assert (
        text
        == f"Before\n<!-- sizes -->\n{sizes()}\n<!-- /sizes -->\nBetween\n<!-- settings -->\n{settings()}\n<!-- /settings -->\nAfter\n"
    )


def test_an_unmarked_place_is_an_error() -> None:
    with pytest.raises(ValueError, match="sizes"):
        rewritten("no marks here")
