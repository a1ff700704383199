# SPDX-License-Identifier: Apache-2.0
"""``affiche credits`` and ``affiche ledger``: what applications may spend, and the books about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from affiche.cli.terminal import notes, print_json, results, table

if TYPE_CHECKING:
    from affiche.service.credits.ledger import Ledger
    from affiche.service.credits.values import Balance, Entry

credit_commands = typer.Typer(help="Credits: what applications may spend.", no_args_is_help=True)
commands = typer.Typer(help="The ledger: every credit that ever moved.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Application = Annotated[UUID | None, typer.Option(help="Only this application's.", show_default=False)]
WRONG_CODE = 1


class Kind(StrEnum):
    """Kinds of credits that can be granted; the values are those of the use cases."""

    PURCHASED = "purchased"
    PROMOTIONAL = "promotional"


@credit_commands.command("grant")
def grant(
    application_id: Annotated[UUID, typer.Argument(metavar="APPLICATION_ID", show_default=False)],
    amount: Annotated[int, typer.Argument(min=1, metavar="AMOUNT", show_default=False)],
    kind: Annotated[Kind, typer.Option(help="Only purchased credits pay for API work.")] = Kind.PURCHASED,
    reference: Annotated[
        str | None, typer.Option(help="Names the grant; granting it again changes nothing.", show_default=False)
    ] = None,
    note: Annotated[str, typer.Option(help="For whoever reads the ledger.", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """Put credits into an application's account."""
    from affiche.service.credits.values import Pool

    with _ledger() as ledger:
        balance = ledger.grant(application_id, amount, Pool(kind.value), reference, note)
    if as_json:
        print_json(_balance_json(balance))
    else:
        results().print(f"Application {application_id} has {balance.available} {kind.value} credits.", soft_wrap=True)


@commands.command("show")
def show(
    application: Application = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many entries at most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Print the balances and the last entries, newest first."""
    with _ledger() as ledger:
        balances, entries = ledger.balances(application), ledger.entries(application, limit)
    if as_json:
        shown = {"balances": [_balance_json(one) for one in balances], "entries": [_entry_json(one) for one in entries]}
        print_json(shown)
    elif not entries:
        notes().print("The ledger has no such entry.")
    else:
        _show(balances, entries)


@commands.command("check")
def check(as_json: AsJson = False) -> None:
    """Prove that the entries add up to the balances and to the work done; exit code 1 if they do not."""
    with _ledger() as ledger:
        audit = ledger.check()
    if as_json:
        ok = not audit.findings
        print_json(
            {"ok": ok, "entries": audit.entries, "spent": audit.spent, "held": audit.held, "findings": audit.findings}
        )
    else:
        for finding in audit.findings:
            results().print(finding, soft_wrap=True)
        verdict = "does not add up" if audit.findings else "adds up"
        summary = f"{audit.entries} entries, {audit.spent} credits spent, {audit.held} held"
        results().print(f"The ledger {verdict}: {summary}.")
    if audit.findings:
        raise typer.Exit(WRONG_CODE)


@contextmanager
def _ledger() -> "Iterator[Ledger]":
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        yield services.ledger


def _show(balances: "list[Balance]", entries: "list[Entry]") -> None:
    rows = table("APPLICATION ID", "CREDITS", "GRANTED", "AVAILABLE", "HELD", "SPENT")
    for one in balances:
        figures = map(str, (one.granted, one.available, one.held, one.spent))
        rows.add_row(str(one.application_id), one.pool.value, *figures)
    results().print(rows)
    results().print()
    moves = table("NUMBER", "CREATED", "CREDITS", "MOVEMENT", "AMOUNT", "WHAT")
    for entry in entries:
        what = " ".join(filter(None, (entry.key, entry.note)))
        created = f"{entry.created:%Y-%m-%d %H:%M:%S}"
        moves.add_row(str(entry.number), created, entry.pool.value, entry.movement.value, str(entry.amount), what)
    results().print(moves)


def _balance_json(one: "Balance") -> dict[str, Any]:
    return {
        "applicationId": str(one.application_id),
        "kind": one.pool.value,
        "granted": one.granted,
        "available": one.available,
        "held": one.held,
        "spent": one.spent,
    }


def _entry_json(one: "Entry") -> dict[str, Any]:
    source, target = one.movement.way
    return {
        "number": one.number,
        "key": one.key,
        "applicationId": str(one.application_id),
        "kind": one.pool.value,
        "movement": one.movement.value,
        "from": source.value,
        "to": target.value,
        "amount": one.amount,
        "hold": one.hold,
        "note": one.note,
        "created": one.created.isoformat(),
    }
