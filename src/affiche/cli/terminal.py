# SPDX-License-Identifier: Apache-2.0
"""What commands print: results on standard output, everything else on standard error."""

import json
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

ERROR_CODE: Final = 2
"""Exit code for input that cannot be used."""

NARROWEST: Final = 100


def results() -> Console:
    """Standard output. A pipe gets lines as long as they are, not cut at 80 columns."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=max(NARROWEST, 10 * NARROWEST))


def notes() -> Console:
    """Standard error: notes, warnings, progress."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(sentence: str) -> None:
    """Say what is wrong."""
    notes().print("[bold red]Error:[/] ", end="")
    notes().print(sentence, markup=False)


def print_json(value: Any) -> None:
    """``value`` as indented JSON on standard output, for programs."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))  # noqa: T201


def progress() -> Progress:
    """A progress bar on standard error; silent where nobody watches."""
    console = notes()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=40),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def table(*columns: str) -> Table:
    """An empty table without frames."""
    made = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for column in columns:
        made.add_column(column)
    return made
