# SPDX-License-Identifier: Apache-2.0
"""Looking at deliveries, and sending one again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from affiche.errors import AfficheError
from affiche.jobs.port import Jobs
from affiche.service.notifications.outbox import DeliveryState, queue_attempt
from affiche.store import notifications
from affiche.store.unit_of_work import Store


class EventNotFound(AfficheError):
    """No delivery of an event with this id is known."""

    code = "event_not_found"


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One event on its way to one channel, with its last attempt."""

    event_id: UUID
    application_id: UUID
    process_id: UUID
    channel_id: UUID
    message_type: str
    created: datetime
    state: str
    attempts: int
    status: int | None
    answer: str
    fault: str


class Events:
    """For operators: across applications."""

    def __init__(self, store: Store, jobs: Jobs) -> None:
        self._store = store
        self._jobs = jobs

    def list(
        self, application_id: UUID | None = None, state: str | None = None, most: int = 100
    ) -> "list[DeliveryView]":
        """Deliveries, newest first; ``state`` is a value of `DeliveryState`."""
        with self._store.transaction() as session:
            rows = notifications.deliveries(session, application_id, state, most)
        return [
            DeliveryView(
                event.id,
                event.application_id,
                event.process_id,
                delivery.channel_id,
                event.message_type,
                event.created_at,
                delivery.state,
                delivery.attempts,
                attempt.status if attempt else None,
                attempt.answer if attempt else "",
                attempt.fault if attempt else "",
            )
            for event, delivery, attempt in rows
        ]

    def redeliver(self, event_id: UUID) -> int:
        """Send an event again, on a fresh schedule, to every channel that it has ended with; gives how many. Raises
        `EventNotFound`."""
        with self._store.transaction() as session:
            reopened = notifications.reopen(session, event_id, DeliveryState.PENDING)
            for delivery in reopened:
                queue_attempt(self._jobs, session, delivery)
            if not reopened and not notifications.has_deliveries(session, event_id):
                raise EventNotFound(f"There is no delivery of the event {event_id}.")
        return len(reopened)
