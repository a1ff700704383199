# SPDX-License-Identifier: Apache-2.0
"""One attempt at one delivery, and what follows from its outcome."""

from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

import structlog

from affiche.errors import AfficheError
from affiche.jobs.port import Jobs, Payload
from affiche.metrics import DELIVERIES
from affiche.service.channels.stored import target_with_secrets
from affiche.service.channels.values import ChannelKind, Target
from affiche.service.clock import Clock
from affiche.service.notifications.messages import with_image
from affiche.service.notifications.outbox import DELIVERED, GIVEN_UP, PENDING, queue_attempt
from affiche.service.notifications.schedule import RETRY_SECONDS, delay_after, is_delivered, is_final_refusal
from affiche.store import notifications
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.notification_tables import AttemptRow, EventRow
from affiche.store.secrets import SecretBox
from affiche.store.tables import ChannelRow
from affiche.store.unit_of_work import Store

ANSWER_CHARACTERS: Final = 2048
_ATTEMPTS_PER_ROUND: Final = len(RETRY_SECONDS) + 1
_LOG = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: an HTTP status and answer, or ``fault``; ``final`` if trying again is pointless."""

    delivered: bool
    final: bool = False
    status: int | None = None
    answer: str = ""
    fault: str = ""

    @classmethod
    def of_status(cls, status: int, answer: str) -> "Outcome":
        return cls(is_delivered(status), is_final_refusal(status), status, answer[:ANSWER_CHARACTERS])


class Sender(Protocol):
    """Takes one message to one target and says what came of it; never raises."""

    def __call__(self, target: Target, event: EventRow, body: bytes) -> Outcome: ...


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
        log = _LOG.bind(delivery_id=str(delivery_id), attempt=number)
        with self.store.transaction() as session:
            found = notifications.delivery_with_target(session, delivery_id)
        if found is None:
            log.info("delivery_forgotten")
            return
        delivery, event, channel = found
        if delivery.state != PENDING or delivery.attempts != number - 1:
            log.info("attempt_already_recorded")
            return
        outcome = self._attempt(event, channel)
        self._record(delivery_id, number, outcome, channel)
        log.info("delivery_attempted", delivered=outcome.delivered, status=outcome.status, fault=outcome.fault)

    def _attempt(self, event: EventRow, channel: ChannelRow | None) -> Outcome:
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
        if channel.include_image_data and event.image_key is not None:
            return with_image(event.body, self.blobs.get(event.image_key)).encode()
        return event.body.encode()

    def _record(self, delivery_id: UUID, number: int, outcome: Outcome, channel: ChannelRow | None) -> None:
        now = self.clock()
        with self.store.transaction() as session:
            delivery = notifications.lock_delivery(session, delivery_id, number - 1, PENDING)
            if delivery is None:
                return
            session.add(
                AttemptRow(
                    delivery_id=delivery_id,
                    number=number,
                    at=now,
                    status=outcome.status,
                    answer=outcome.answer,
                    fault=outcome.fault,
                )
            )
            tried = number - (delivery.round - 1) * _ATTEMPTS_PER_ROUND
            delay = None if outcome.final else delay_after(max(1, tried))
            if outcome.delivered or delay is None:
                delivery.state = DELIVERED if outcome.delivered else GIVEN_UP
                delivery.ended_at = now
            else:
                queue_attempt(self.jobs, session, delivery, delay)
        result = "delivered" if outcome.delivered else "gave_up" if delay is None else "retried"
        kind = ChannelKind(channel.kind).name.lower() if channel else "unknown"
        DELIVERIES.labels(kind=kind, outcome=result).inc()
