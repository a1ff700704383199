# SPDX-License-Identifier: Apache-2.0
"""``affiche score``: how good one creative is, and what would make it better."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affiche.cli.terminal import print_json, results, table
from affiche.errors import InvalidInput

if TYPE_CHECKING:
    from affiche.creative.score import Score


def score(
    file: Annotated[Path | None, typer.Argument(help="A picture of any origin.", show_default=False)] = None,
    composition: Annotated[
        Path | None, typer.Option(help="A design that 'affiche render --json' wrote.", show_default=False)
    ] = None,
    photo: Annotated[Path | None, typer.Option(help="Photo, if it is not where it was.", show_default=False)] = None,
    logo: Annotated[Path | None, typer.Option(help="Logo, if it is not where it was.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Score a creative from 0 to 100, with a reason for every part and the changes that raise it.

    A picture alone tells only some parts; a design tells all, together with the other variants beside it.
    """
    if (file is None) == (composition is None):
        raise InvalidInput("file", "Name a picture, or a design with --composition, and not both.")
    if composition is not None:
        scored = _of_design(composition, photo, logo)
    else:
        assert file is not None
        scored = _of_picture(file)
    if as_json:
        print_json(scored.to_json())
    else:
        _print(scored)


def _of_design(path: Path, photo: Path | None, logo: Path | None) -> "Score":
    from affiche.cli.designs import Designs
    from affiche.creative.score import Scorer

    designs = Designs(photo, logo)
    design = designs.read(path)
    others = [designs.read(other).composition for other in _other_variants(path)]
    return Scorer(design.photo, design.logo, design.reading).score(design.composition, others)


def _other_variants(path: Path) -> list[Path]:
    """The designs of the same size beside ``path``, which 'affiche render' names alike up to the variant's number."""
    stem, dash, variant = path.stem.rpartition("-v")
    if not dash or not variant.isdigit():
        return []
    found = (other for other in path.parent.glob(f"{stem}-v*.json") if other.stem.rpartition("-v")[2].isdigit())
    return sorted(other for other in found if other != path)


def _of_picture(path: Path) -> "Score":
    from affiche.creative.score.pixels import score_of_pixels
    from affiche.images.decode import decode_photo
    from affiche.images.errors import ImageTooLarge, UnreadableImage

    try:
        return score_of_pixels(decode_photo(path.read_bytes()))
    except (ImageTooLarge, UnreadableImage) as error:
        raise InvalidInput("file", f"{path}: {error}") from error


def _print(scored: "Score") -> None:
    rows = table("PART", "VALUE", "WEIGHT", "WHERE", "WHAT WOULD RAISE IT")
    for part in scored.parts:
        box = part.box
        where = f"{box.x:.0f},{box.y:.0f} {box.width:.0f}x{box.height:.0f}" if box else "-"
        value = "-" if part.value is None else f"{part.value:.1f}"
        rows.add_row(part.name, value, str(part.weight), where, part.sentence)
    results().print(rows)
    told = sum(part.value is not None for part in scored.parts)
    from_parts = "" if told == len(scored.parts) else f", from {told} of {len(scored.parts)} parts"
    results().print(
        "Score: cannot be told" if scored.value is None else f"Score: {scored.value:.1f} of 100{from_parts}"
    )
