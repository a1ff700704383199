# SPDX-License-Identifier: Apache-2.0
"""``affiche enhancements``: stopping batches that clients have started."""

from typing import Annotated
from uuid import UUID

import typer

from affiche.cli.terminal import print_json, results

commands = typer.Typer(help="Batches of product pictures.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Keeps the command's name on the command line while there is only one."""


@commands.command("cancel")
def cancel(
    enhancement_id: Annotated[UUID, typer.Argument(metavar="ENHANCEMENT_ID", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Stop a batch: pictures that are not finished are not made, and their credits are given back."""
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        count = services.enhancements.cancel(enhancement_id)
    if as_json:
        print_json({"enhancementId": str(enhancement_id), "cancelled": count})
    else:
        results().print(f"Cancelled {count} pictures of the enhancement {enhancement_id}.", soft_wrap=True)
