# SPDX-License-Identifier: Apache-2.0
"""The tables of README, made of the code that they describe.

``python -m affiche.cli.reference README.md`` rewrites them in place, between ``<!-- sizes -->`` and ``<!-- /sizes -->``
and so on.
"""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from affiche.creative.formats import FORMATS, UNIONS, RenderKind, formats_of
from affiche.settings import Settings


def sizes() -> str:
    """A Markdown table of every size and union."""
    rows = [
        (f"`{format.name}`", str(int(format.kind)), f"{format.width} × {format.height}", _unions(format.kind))
        for format in FORMATS
    ]
    rows += [(f"`{name}`", str(int(kind)), f"{len(formats_of(kind))} sizes", "") for name, kind in UNIONS.items()]
    return _markdown(("`--kind`", "`renderKind`", "Pixels", "Part of"), rows)


def settings() -> str:
    """A Markdown table of every variable."""
    rows = [
        (f"`AFFICHE_{name.upper()}`", _default(name, field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return _markdown(("Variable", "Default", "Meaning"), rows)


TABLES: Final[dict[str, Callable[[], str]]] = {"sizes": sizes, "settings": settings}


def rewritten(text: str) -> str:
    """``text`` with every table made anew. Raises `ValueError` if the place of a table is not marked exactly once."""
    for name, table in TABLES.items():
        place = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
        made = f"{table()}\n".replace("\\", r"\\")
        text, count = place.subn(made, text)
        if count != 1:
            raise ValueError(f"The place of the table '{name}' must be marked once; it is marked {count} times.")
    return text


def _unions(kind: RenderKind) -> str:
    return ", ".join(f"`{name}`" for name, union in UNIONS.items() if kind in union)


def _default(name: str, field: FieldInfo) -> str:
    if field.default_factory is not None:
        return {"workers": "one per core"}[name]
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if str(value) else ""


def _markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Cells are padded, so that the table can be read as it is."""
    cells = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join((lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]))


def main(path: Path) -> None:
    """Rewrite the tables of the file at ``path``."""
    path.write_text(rewritten(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
