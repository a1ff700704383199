# SPDX-License-Identifier: Apache-2.0
"""``affiche samples``: photos, a logo and cut-out products to try things with."""

from pathlib import Path
from typing import Annotated

import typer

from affiche.cli.terminal import results


def samples(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them.")] = Path("samples"),
) -> None:
    """Write the sample logo, photos (photo.jpg and others) and cut-out products; they are free to use."""
    from affiche.samples import write_samples

    for path in write_samples(folder):
        results().print(str(path), soft_wrap=True)
