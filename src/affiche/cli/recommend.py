# SPDX-License-Identifier: Apache-2.0
"""``affiche recommend``: what a photo shows, and scenes of the studio for it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from affiche.cli.cutout import UNKNOWN_CODE, configured_cutter, picture_at, refuse
from affiche.cli.terminal import notes, print_json, results


def recommend(
    photo: Annotated[Path, typer.Argument(metavar="PHOTO", help="JPEG, PNG or WebP of a product.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say what product a photo shows and which scenes suit it: 4 prompts and 6 presets of the studio.

    Exits with 3 if no product can be told from the rest. AFFICHE_VISION_URL names a model to ask as well.
    """
    from affiche.recognition import recommend as recommended
    from affiche.recognition.opinion import shown
    from affiche.service.recommendations.second_opinion import adviser_of, with_second_opinion
    from affiche.settings import Settings
    from affiche.vision.cutout import State, UnknownForeground, cut_out

    picture = picture_at(photo)
    try:
        cut = cut_out(picture, configured_cutter())
    except UnknownForeground as error:
        refuse(error, as_json)
        raise typer.Exit(UNKNOWN_CODE) from error
    adviser = adviser_of(Settings())
    made = with_second_opinion(recommended(cut.pixels), shown(cut.pixels), adviser)
    if as_json:
        print_json({**asdict(made), "state": cut.state, "confidence": cut.confidence})
        return
    out = results()
    out.print(made.product_name, style="bold", markup=False, soft_wrap=True)
    out.print(made.product_description, markup=False, soft_wrap=True)
    for title, lines in (("Prompts", made.prompts), ("Presets", made.preset_ids)):
        out.print(f"\n{title}", style="bold")
        for line in lines:
            out.print(f"  {line}", markup=False, soft_wrap=True)
    if cut.state is State.LOW_CONFIDENCE:
        notes().print("Look at the cut-out before you trust this: it may not be the product, or not all of it.")
