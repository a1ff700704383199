# SPDX-License-Identifier: Apache-2.0
"""``affiche cutout``: a product without its background."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affiche.cli.terminal import complain, notes, print_json, results
from affiche.errors import InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from affiche.vision.cutout import Cutout, Cutter, UnknownForeground

UNKNOWN_CODE: Final = 3
"""Exit code for a photo in which no product can be told from the rest."""


def cutout(
    photo: Annotated[Path, typer.Argument(metavar="IN", help="JPEG, PNG or WebP of a product.", show_default=False)],
    out: Annotated[Path, typer.Argument(metavar="OUT.png", help="The transparent PNG to write.", show_default=False)],
    trim: Annotated[bool, typer.Option("--trim", help="Keep only the part that the product fills.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Cut a product out of its photo; at its best before a plain background.

    Exits with 3 and writes nothing if no product can be told from the rest. AFFICHE_CUTOUT_MODEL names a network to
    use instead of the built-in method.
    """
    from affiche.images.png import png_rgba
    from affiche.vision.cutout import State, UnknownForeground, cut_out

    if out.suffix.lower() != ".png":
        raise InvalidInput("out", f"'{out}' cannot hold transparency; name a file that ends in .png.")
    picture = picture_at(photo)
    try:
        cut = cut_out(picture, configured_cutter())
    except UnknownForeground as error:
        refuse(error, as_json)
        raise typer.Exit(UNKNOWN_CODE) from error
    out.write_bytes(png_rgba(cut.trimmed if trim else cut.pixels))
    if as_json:
        print_json(_told(cut, out, trim))
        return
    results().print(f"{out} ({cut.state}, confidence {cut.confidence:.2f})", soft_wrap=True, markup=False)
    if cut.state is State.LOW_CONFIDENCE:
        notes().print("Look at it before you use it: this may not be the product, or not all of it.")


def picture_at(path: Path) -> "NDArray[np.uint8]":
    """The photo of a file. Raises `InvalidInput`."""
    from affiche.images.decode import decode_picture
    from affiche.images.errors import ImageTooLarge, UnreadableImage

    try:
        return decode_picture(path.read_bytes())
    except (ImageTooLarge, UnreadableImage) as error:
        raise InvalidInput("photo", f"{path}: {error}") from error


def configured_cutter() -> "Cutter":
    """What the settings say to cut with."""
    from affiche.settings import Settings
    from affiche.vision.cutout import chosen_cutter

    settings = Settings()
    return chosen_cutter(settings.cutout_model, settings.cutout_family)


def _told(cut: "Cutout", out: Path, trim: bool) -> dict[str, object]:
    """The answer for programs; ``box`` is where in the photo the product is, in its px."""
    height, width = (cut.trimmed if trim else cut.pixels).shape[:2]
    return {
        "state": cut.state,
        "confidence": cut.confidence,
        "box": cut.box._asdict(),
        "file": str(out),
        "width": width,
        "height": height,
    }


def refuse(error: "UnknownForeground", as_json: bool) -> None:
    """Say why a photo cannot be cut out."""
    if as_json:
        print_json({"state": error.code, "confidence": round(error.confidence, 3), "message": str(error)})
    else:
        complain(str(error))
