# SPDX-License-Identifier: Apache-2.0
"""Upkeep of notifications: old events are forgotten, deliveries that lost their job get another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from affiche.service.notifications.outbox import DeliveryState, attempt_job_id, queue_attempt
from affiche.service.upkeep.upkeep import JobRecords
from affiche.store import notifications
from affiche.store.notification_tables import DeliveryRow
from affiche.store.unit_of_work import Store

_BATCH: Final = 500
_STRANDED_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class NotificationUpkeep:
    """A chore of the upkeep job. Events are kept for ``retention`` and for as long as they are being delivered."""

    store: Store
    jobs: JobRecords
    retention: timedelta

    def __call__(self, now: datetime) -> Mapping[str, int]:
        return {"deliveries_requeued": self._requeue_stranded(now), "events_forgotten": self._forget(now)}

    def _requeue_stranded(self, now: datetime) -> int:
        """Deliveries that wait although no job will attempt them: theirs gave up while the database or the storage was
        away. A job too many does no harm, because an attempt counts once."""
        count = 0
        last: UUID | None = None
        while True:
            with self.store.transaction() as session:
                waiting = notifications.waiting(session, DeliveryState.PENDING, now - _STRANDED_AFTER, last, _BATCH)
                if not waiting:
                    return count
                last = waiting[-1].id
                live = self.jobs.live([name for delivery in waiting for name in _names(delivery, now)])
                for delivery in waiting:
                    usual, substitute = _names(delivery, now)
                    if not live & {usual, substitute}:
                        queue_attempt(self.jobs, session, delivery, job_id=substitute)
                        count += 1

    def _forget(self, now: datetime) -> int:
        count = 0
        while True:
            with self.store.transaction() as session:
                forgotten = notifications.forget_before(session, now - self.retention, _BATCH)
            if not forgotten:
                return count
            count += forgotten


def _names(delivery: DeliveryRow, now: datetime) -> tuple[str, str]:
    """The ids of the job that makes the delivery's next attempt, and of the one that may take its place this hour."""
    usual = attempt_job_id(delivery)
    return usual, f"{usual}:{now:%Y%m%d%H}"
