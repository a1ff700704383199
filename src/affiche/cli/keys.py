# SPDX-License-Identifier: Apache-2.0
"""``affiche keys``: the API keys of the batch enhancement API."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from affiche.cli.terminal import notes, print_json, results, table

if TYPE_CHECKING:
    from affiche.service.accounts.key_values import ApiKey
    from affiche.service.accounts.keys import ApiKeys

commands = typer.Typer(help="API keys of the batch enhancement API.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
KeyId = Annotated[UUID, typer.Argument(metavar="KEY_ID", show_default=False)]


class Environment(StrEnum):
    """Where a key works; the values are those of the use cases."""

    LIVE = "live"
    SANDBOX = "sandbox"


@commands.command("create")
def create(
    environment: Annotated[Environment, typer.Option("--environment", "-e", help="Never changes.", show_default=False)],
    name: Annotated[str, typer.Option("--name", "-n", help="A name for people.", show_default=False)],
    application: Annotated[
        UUID | None, typer.Option(help="Whose key it is; the server's own account otherwise.", show_default=False)
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="When it ends, in UTC.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, which is done this once."""
    from affiche.service.accounts.key_values import Environment as Where

    ends = expires.replace(tzinfo=UTC) if expires else None
    with _keys() as keys:
        made = keys.create(Where(environment.value), name, application, ends)
    if as_json:
        print_json({"key": made.key} | _as_json(made.about))
        return
    results().print(made.key, soft_wrap=True)
    notes().print(f"Keep the key {made.about.key_id}: it is not stored in a readable form and not shown again.")


@commands.command("list")
def listed(
    application: Annotated[UUID | None, typer.Option(help="Only this application's.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """List the keys, oldest first."""
    with _keys() as keys:
        found = keys.list(application)
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    if not found:
        notes().print("There is no key; make one with 'affiche keys create --environment sandbox --name NAME'.")
        return
    rows = table("KEY ID", "KEY", "NAME", "CREATED", "EXPIRES", "STATE")
    for one in found:
        ends = f"{one.expires:%Y-%m-%d %H:%M}" if one.expires else ""
        rows.add_row(str(one.key_id), one.hint, one.name, f"{one.created:%Y-%m-%d %H:%M}", ends, one.state.value)
    results().print(rows)


@commands.command("deactivate")
def deactivate(key_id: KeyId, as_json: AsJson = False) -> None:
    """Switch a key off, at once, until it is reactivated."""
    with _keys() as keys:
        _tell(keys.deactivate(key_id), "inactive", as_json)


@commands.command("reactivate")
def reactivate(key_id: KeyId, as_json: AsJson = False) -> None:
    """Switch a deactivated key on again."""
    with _keys() as keys:
        _tell(keys.reactivate(key_id), "active", as_json)


@commands.command("revoke")
def revoke(key_id: KeyId, as_json: AsJson = False) -> None:
    """Switch a key off for good."""
    with _keys() as keys:
        _tell(keys.revoke(key_id), "revoked", as_json)


@commands.command("delete")
def delete(key_id: KeyId, as_json: AsJson = False) -> None:
    """Switch a key off for good and take it out of the list."""
    with _keys() as keys:
        _tell(keys.delete(key_id), "deleted", as_json)


@contextmanager
def _keys() -> "Iterator[ApiKeys]":
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        yield services.keys


def _tell(one: "ApiKey", state: str, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(one) | {"state": state})
    else:
        results().print(f"The key {one.key_id} ({one.name}) is {state}.", soft_wrap=True)


def _as_json(one: "ApiKey") -> dict[str, Any]:
    return {
        "keyId": str(one.key_id),
        "applicationId": str(one.application_id),
        "environment": one.environment.value,
        "name": one.name,
        "hint": one.hint,
        "state": one.state.value,
        "created": one.created.isoformat(),
        "expires": one.expires.isoformat() if one.expires else None,
    }
