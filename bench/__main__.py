# SPDX-License-Identifier: Apache-2.0
"""``make bench``: measure, print a table, write ``bench/latest.json`` as ``{name: {value, unit, conditions}}``."""

import json
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from rich.progress import Progress

from affiche.cli.terminal import results, table
from bench import acceptance, batches, cutouts, drawing, enhancing, layouts, memory, recognition, scaling, studio
from bench.figures import Figure
from bench.rivals import race

LATEST = Path(__file__).parent / "latest.json"


def measured() -> Iterator[Figure]:
    yield from drawing.figures()
    yield from scaling.figures()
    yield from race.figures()
    yield from memory.figures()
    yield from acceptance.figures()
    yield from batches.figures()
    yield from enhancing.figures()
    yield from layouts.figures()
    yield from studio.figures()
    yield from cutouts.figures()
    yield from recognition.figures()


def machine() -> str:
    """What the figures were measured on."""
    model = platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [
            line.partition(":")[2].strip() for line in information.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"


def main() -> None:
    found: list[Figure] = []
    with Progress(transient=True) as bar:
        task = bar.add_task("Measuring", total=None)
        for figure in measured():
            found.append(figure)
            bar.update(task, description=f"Measuring: {figure.name}")
    on = machine()
    written = {
        figure.name: {"value": round(figure.value, 3), "unit": figure.unit, "conditions": f"{figure.conditions}; {on}"}
        for figure in found
    }
    LATEST.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    notes = list(dict.fromkeys(figure.conditions for figure in found))
    rows = table("FIGURE", "VALUE", "UNIT", "NOTE")
    for figure in found:
        rows.add_row(figure.name, f"{figure.value:.4g}", figure.unit, str(1 + notes.index(figure.conditions)))
    results().print(rows)
    for number, conditions in enumerate(notes, 1):
        results().print(f"{number}  {conditions}", markup=False)
    results().print(f"Measured on {on}; written to {LATEST}")


if __name__ == "__main__":
    main()
