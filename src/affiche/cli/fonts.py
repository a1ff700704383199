# SPDX-License-Identifier: Apache-2.0
"""``affiche fonts``: the families that a brief can ask for, and the scripts that can be set."""

from typing import Annotated

import typer

from affiche.cli.terminal import print_json, results

commands = typer.Typer(help="Fonts that a brief can ask for, and scripts that they can set.", no_args_is_help=True)


@commands.callback()
def group() -> None:
    """Fonts that a brief can ask for, and scripts that they can set."""


@commands.command("list")
def listed(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the font families; the first one is used when a brief names none."""
    from affiche.typography.fonts import DEFAULT_FAMILY, families

    names = sorted(families(), key=lambda name: (name != DEFAULT_FAMILY, name))
    if as_json:
        print_json(names)
    else:
        results().print("\n".join(names))


@commands.command("scripts")
def scripts(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the scripts that the fonts here can set, and what to install for those that they cannot."""
    from affiche.typography.coverage import SCRIPTS, covered

    found = [covered(script) for script in SCRIPTS]
    if as_json:
        keys = ("script", "covered", "font", "missing", "package")
        rows = ((one.script.name, not one.missing, one.face, one.missing, one.script.package) for one in found)
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
        return
    width = max(len(one.script.name) for one in found)
    for one in found:
        said = one.face if not one.missing else f"no font here; apt install {one.script.package}"
        results().print(f"{one.script.name:<{width}}  {said}", markup=False, highlight=False, soft_wrap=True)
