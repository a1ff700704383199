# SPDX-License-Identifier: Apache-2.0
"""``affiche measure``: the benchmark's layout measures over a folder of designs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affiche.cli.terminal import print_json, progress, results, table
from affiche.errors import InvalidInput

if TYPE_CHECKING:
    from affiche.creative.measures import Measures

_WANTED: Final = {
    "overlap": "0; how much texts and logo overlap each other",
    "alignment": "0; how far elements are from sharing an edge",
    "underlay_loose": "1; how much of an element lies on its card, button or plate",
    "underlay_strict": "1; how many of these hold an element wholly",
    "utility": "high; how much of the quiet picture is used",
    "occlusion": "0; how salient the picture under elements is",
    "readability": "0; how busy the picture under texts is",
    "faces_covered": "0; faces hidden, in all creatives together",
    "min_contrast": "4.5 and more; the least WCAG ratio of a text, 5th percentile of its pixels",
    "n": "creatives measured",
    "min_apca": "60 and more; the least lightness contrast Lc, 5th percentile",
    "alignment_of_each": "0; the same as alignment, asked of every element by itself",
    "readability_in_bytes": "0; the same as readability, in the benchmark's 8-bit arithmetic",
}


def measure(
    folder: Annotated[Path, typer.Argument(help="What 'affiche render --json' wrote into.", show_default=False)],
    photo: Annotated[Path | None, typer.Option(help="Photo, if it is not where it was.", show_default=False)] = None,
    logo: Annotated[Path | None, typer.Option(help="Logo, if it is not where it was.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Measure all designs in a folder as the PosterLayout benchmark (CVPR 2023) does, and print the means."""
    from affiche.creative.measures import means

    found = means(_measured(folder, photo, logo))
    if as_json:
        print_json(found)
        return
    rows = table("MEASURE", "MEAN", "BEST")
    for name, value in found.items():
        rows.add_row(name, "-" if value is None else f"{value:g}", _WANTED[name])
    results().print(rows)


def _measured(folder: Path, photo: Path | None, logo: Path | None) -> "list[Measures]":
    from affiche.cli.designs import Designs, design_values
    from affiche.measuring import measure as measured
    from affiche.paint.cache import PaintCache

    if not folder.is_dir():
        raise InvalidInput("folder", f"'{folder}' is no folder; name the one that 'affiche render --json' wrote into.")
    paths = [path for path in sorted(folder.glob("*.json")) if design_values(path) is not None]
    if not paths:
        raise InvalidInput("folder", f"There are no designs in '{folder}'; make some with 'affiche render --json'.")
    designs, cache, found = Designs(photo, logo), PaintCache(), []
    with progress() as bar:
        for path in bar.track(paths, description="Measuring"):
            design = designs.read(path)
            found.append(measured(design.composition, design.photo, design.logo, cache))
    return found
