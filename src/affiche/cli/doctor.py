# SPDX-License-Identifier: Apache-2.0
"""``affiche doctor``: is everything here that Affiche needs, and what does it cost if not?"""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Annotated, Final

import typer

from affiche.cli.checks.findings import Finding, State
from affiche.cli.terminal import print_json, progress, results

_MARKS: Final = {State.OK: "[green]ok[/]     ", State.LACKING: "[yellow]lacking[/]", State.BROKEN: "[red]broken[/] "}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    broker: Annotated[
        str | None, typer.Option(help="A RabbitMQ to try: amqp://user:password@host:5672/", show_default=False)
    ] = None,
) -> None:
    """Check this installation: libraries, codecs, fonts, database, storage, broker.

    Exits with 1 if something is broken; something that is merely lacking costs what is said beside it.
    """
    found = examine(broker)
    healthy = all(finding.state is not State.BROKEN for finding in found)
    if as_json:
        print_json({"ok": healthy, "checks": [asdict(finding) for finding in found]})
    else:
        _show(found)
    if not healthy:
        raise typer.Exit(1)


def examine(broker: str | None = None) -> list[Finding]:
    """The findings of every check. The engine is not asked for anything if a library of its does not load."""
    from affiche.cli.checks import libraries

    found = list(libraries.findings())
    if all(finding.state is State.OK for finding in found):
        from affiche.cli.checks import backends, codecs, fonts

        with progress() as bar:
            rooms: tuple[Callable[[], Iterable[Finding]], ...] = (
                codecs.findings,
                fonts.findings,
                lambda: backends.findings(broker),
            )
            for room in bar.track(rooms, description="Examining"):
                found += room()
    return found


def _show(found: list[Finding]) -> None:
    width = max(len(finding.name) for finding in found)
    for finding in found:
        results().print(f"{_MARKS[finding.state]}  [bold]{finding.name:<{width}}[/]  ", end="")
        results().print(finding.detail, markup=False, soft_wrap=True)
        if finding.cost:
            results().print(f"         {finding.cost}", markup=False, soft_wrap=True)
