# SPDX-License-Identifier: Apache-2.0
"""``affiche fonts``: the families that a brief can ask for."""

from typing import Annotated

import typer

from affiche.cli.terminal import print_json, results

commands = typer.Typer(help="Fonts that a brief can ask for.", no_args_is_help=True)


@commands.callback()
def group() -> None:
    """Fonts that a brief can ask for."""


@commands.command("list")
def listed(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the font families; the first one is used when a brief names none."""
    from affiche.typography.fonts import DEFAULT_FAMILY, families

    names = sorted(families(), key=lambda name: (name != DEFAULT_FAMILY, name))
    if as_json:
        print_json(names)
    else:
        results().print("\n".join(names))
