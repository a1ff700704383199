# SPDX-License-Identifier: Apache-2.0
"""``affiche events``: notifications on their way, and sending one again."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from affiche.cli.terminal import notes, print_json, results, table

if TYPE_CHECKING:
    from affiche.service.notifications.events import DeliveryView, Events

commands = typer.Typer(help="Notifications: what was sent, to whom, with what result.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class DeliveryState(StrEnum):
    """What has become of a delivery; the values are those of the use cases, written for a command line."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"


@commands.command("list")
def listed(
    application: Annotated[UUID | None, typer.Option(help="Only this application's.", show_default=False)] = None,
    state: Annotated[DeliveryState | None, typer.Option(help="Only such deliveries.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List deliveries, newest first, each with its last attempt."""
    with _events() as events:
        found = events.list(application, state.name.lower() if state else None, limit)
    if as_json:
        print_json([_as_json(delivery) for delivery in found])
    elif not found:
        notes().print("There is no such delivery.")
    else:
        _show(found)


@commands.command("redeliver")
def redeliver(event: Annotated[str, typer.Argument(metavar="EVENT_ID")], as_json: AsJson = False) -> None:
    """Send an event again to every receiver that it has reached or was given up for."""
    event_id = _event_id(event)
    with _events() as events:
        count = events.redeliver(event_id)
    if as_json:
        print_json({"eventId": str(event_id), "queued": count})
    else:
        results().print(f"Queued {count} deliveries of the event {event_id}.", soft_wrap=True)


def _event_id(text: str) -> UUID:
    from affiche.service.notifications.callbacks import event_of

    try:
        return event_of(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no event id; see 'affiche events list'.") from None


@contextmanager
def _events() -> "Iterator[Events]":
    from affiche.service.assembly import Foundation
    from affiche.service.notifications.events import Events
    from affiche.settings import Settings

    base = Foundation.open(Settings())
    try:
        yield Events(base.store, base.jobs)
    finally:
        base.close()


def _show(found: "list[DeliveryView]") -> None:
    rows = table("EVENT ID", "CREATED", "MESSAGE", "STATE", "TRIES", "LAST ANSWER")
    for one in found:
        last = " ".join(filter(None, (str(one.status or ""), one.fault)))
        created = f"{one.created:%Y-%m-%d %H:%M:%S}"
        rows.add_row(str(one.event_id), created, one.message_type, _spelt(one), str(one.attempts), last)
    results().print(rows)


def _as_json(one: "DeliveryView") -> dict[str, Any]:
    return {
        "eventId": str(one.event_id),
        "applicationId": str(one.application_id),
        "imageRenderProcessId": str(one.process_id),
        "channelId": str(one.channel_id),
        "messageType": one.message_type,
        "created": one.created.isoformat(),
        "state": _spelt(one),
        "attempts": one.attempts,
        "status": one.status,
        "answer": one.answer,
        "fault": one.fault,
    }


def _spelt(one: "DeliveryView") -> str:
    return DeliveryState[one.state.upper()].value
