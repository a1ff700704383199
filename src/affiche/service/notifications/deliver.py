# SPDX-License-Identifier: Apache-2.0
"""One attempt at one delivery, and what follows from its outcome."""

from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from affiche import logs
from affiche.errors import AfficheError
from affiche.jobs.port import Jobs, Payload
from affiche.metrics import DELIVERIES
from affiche.service.channels.stored import target_with_secrets
from affiche.service.channels.values import ChannelKind, Target
from affiche.service.clock import Clock
from affiche.service.notifications.callbacks import Callback
from affiche.service.notifications.messages import with_image
from affiche.service.notifications.outbox import DeliveryState, queue_attempt
from affiche.service.notifications.schedule import (
    CALLBACK_RETRY_SECONDS,
    RETRY_SECONDS,
    asked_seconds,
    delay_after,
    is_delivered,
    is_final_refusal,
)
from affiche.store import notifications
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.notification_tables import AttemptRow, CallbackRow, EventRow
from affiche.store.secrets import SecretBox
from affiche.store.tables import ChannelRow
from affiche.store.unit_of_work import Store

ANSWER_CHARACTERS: Final = 2048
_log = logs.logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: an HTTP status and answer, or ``fault``; ``final`` if trying again is pointless.
    ``retry_after`` is the header in which a receiver asks for patience."""

    delivered: bool
    final: bool = False
    status: int | None = None
    answer: str = ""
    fault: str = ""
    retry_after: str | None = None

    @classmethod
    def of_status(cls, status: int, text: str, retry_after: str | None = None, *, refusable: bool = True) -> "Outcome":
        """``refusable`` says whether a 4xx ends the delivery."""
        delivered, final = is_delivered(status), refusable and is_final_refusal(status)
        return cls(delivered, final, status, text[:ANSWER_CHARACTERS], retry_after=retry_after)


class Sender(Protocol):
    """Takes one message to one target and says what came of it; whatever the target does, it never raises."""

    def __call__(self, target: Target | Callback, event: EventRow, body: bytes) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Deliver:
    """The handler of delivery jobs. Safe to run twice: an attempt is recorded once, and only once leads to the next.
    A worker that dies between sending and recording sends again, under the same event id."""

    store: Store
    blobs: Blobs
    jobs: Jobs
    box: SecretBox
    clock: Clock
    send: Sender

    def __call__(self, payload: Payload) -> None:
        delivery_id, number = UUID(str(payload["delivery"])), int(str(payload["attempt"]))
        log = _log.bind(delivery_id=str(delivery_id), attempt=number)
        with self.store.transaction() as session:
            found = notifications.delivery_with_target(session, delivery_id)
        if found is None:
            log.info("delivery_forgotten")
            return
        delivery, event, target = found
        if delivery.state != DeliveryState.PENDING or delivery.attempts != number - 1:
            log.info("attempt_already_recorded")
            return
        outcome = self._attempt(event, target)
        schedule = CALLBACK_RETRY_SECONDS if isinstance(target, CallbackRow) else RETRY_SECONDS
        result = self._record(delivery_id, number, outcome, schedule)
        if result is None:
            log.info("attempt_already_recorded")
            return
        DELIVERIES.labels(kind=_kind(target), outcome=result).inc()
        about = {"event_id": str(event.id), "channel_id": str(delivery.channel_id)}
        log.info("delivery_attempted", outcome=result, status=outcome.status, fault=outcome.fault, **about)

    def _attempt(self, event: EventRow, channel: ChannelRow | CallbackRow | None) -> Outcome:
        if isinstance(channel, CallbackRow):
            return self.send(Callback(channel.url, channel.secret), event, event.body.encode())
        if channel is None or not channel.is_active:
            return Outcome(False, final=True, fault="The channel was deleted or switched off.")
        try:
            body = self._body(event, channel)
            return self.send(target_with_secrets(channel, self.box), event, body)
        except BlobNotFound:
            return Outcome(False, final=True, fault="The picture has been replaced by an edit since.")
        except AfficheError as error:
            return Outcome(False, fault=str(error))

    def _body(self, event: EventRow, channel: ChannelRow) -> bytes:
        body = event.body.encode()
        if channel.include_image_data and event.image_key is not None:
            return with_image(body, self.blobs.get(event.image_key))
        return body

    def _record(self, delivery_id: UUID, number: int, outcome: Outcome, schedule: tuple[float, ...]) -> str | None:
        """Keep the outcome and queue what follows: ``delivered``, ``retried`` or ``gave_up``; None if another run of
        the same attempt has done so."""
        now = self.clock()
        with self.store.transaction() as session:
            delivery = notifications.end_attempt(session, delivery_id, number, DeliveryState.PENDING)
            if delivery is None:
                return None
            answer, fault = _storable(outcome.answer), _storable(outcome.fault)
            attempt = AttemptRow(
                delivery_id=delivery_id, number=number, at=now, status=outcome.status, answer=answer, fault=fault
            )
            session.add(attempt)
            if outcome.delivered:
                delivery.state, delivery.ended_at = DeliveryState.DELIVERED, now
                return "delivered"
            delivery.failures += 1
            asked = asked_seconds(outcome.retry_after, now)
            delay = None if outcome.final else delay_after(delivery.failures, asked, schedule)
            if delay is None:
                delivery.state, delivery.ended_at = DeliveryState.GIVEN_UP, now
                return "gave_up"
            queue_attempt(self.jobs, session, delivery, delay)
            return "retried"


def _kind(target: ChannelRow | CallbackRow | None) -> str:
    if isinstance(target, CallbackRow):
        return "callback"
    return ChannelKind(target.kind).name.lower() if target else "deleted"


def _storable(text: str) -> str:
    """Strangers' text as every database takes it: without null characters and halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")
