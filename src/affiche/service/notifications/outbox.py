# SPDX-License-Identifier: Apache-2.0
"""Recording events with their deliveries and jobs, inside the transaction that they tell of."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from affiche.jobs.port import JobKind, Jobs
from affiche.service.assets.results import original_key
from affiche.service.clock import Clock
from affiche.service.notifications.messages import (
    MESSAGE_TYPE,
    PROGRESS_KEY,
    TASK_COMPLETED_KEY,
    progress_message,
    serialised,
    task_completed,
)
from affiche.service.processes.states import TaskState
from affiche.service.processes.views import progress_of
from affiche.store import channels, notifications, processes
from affiche.store.notification_tables import DeliveryRow, EventRow
from affiche.store.tables import ProcessRow, TaskRow

# Ids follow from what happened, so that recording the same event twice is seen and not repeated.
_NAMESPACE: Final = UUID("5d6e7a52-7a0c-5a4e-9c3f-2b1f0c6e9d11")


class DeliveryState(StrEnum):
    """What has become of a delivery; the last two are final until it is sent again."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class NotificationOutbox:
    """One event row and, per active channel, one delivery row and one job; all or nothing with the caller's change."""

    def __init__(self, jobs: Jobs, clock: Clock, failed_state: int, *, progress_after_every_task: bool) -> None:
        self._jobs = jobs
        self._clock = clock
        self._failed_state = failed_state
        self._every_task = progress_after_every_task

    def record_task_completed(self, session: Session, process_row: ProcessRow, task_row: TaskRow) -> None:
        """Tell of a task that is done or failed. An edit makes the same task end anew, as another event."""
        done = task_row.state == TaskState.DONE
        image = original_key(process_row.id, task_row.id, task_row.generation) if done else None
        message = task_completed(process_row, task_row)
        key = f"task:{task_row.id}:{task_row.generation}"
        self._record(session, process_row, key, TASK_COMPLETED_KEY, message, image)
        if self._every_task:
            self._record_progress(session, process_row, f"progress:{task_row.id}:{task_row.generation}")

    def record_process_finished(self, session: Session, process_row: ProcessRow) -> None:
        """Tell that all tasks have ended. When progress is told after every task, the last one has told it."""
        if not self._every_task:
            self._record_progress(session, process_row, f"process:{process_row.id}:{process_row.generation}")

    def _record_progress(self, session: Session, process: ProcessRow, key: str) -> None:
        tasks = processes.tasks_of(session, [process.id])[process.id]
        message = progress_message(progress_of(process, tasks, self._failed_state))
        self._record(session, process, key, PROGRESS_KEY, message)

    def _record(
        self,
        session: Session,
        process: ProcessRow,
        key: str,
        routing_key: str,
        message: dict[str, Any],
        image_key: str | None = None,
    ) -> None:
        event = EventRow(
            id=event_id(key),
            key=key,
            application_id=process.application_id,
            process_id=process.id,
            message_type=message[MESSAGE_TYPE],
            routing_key=routing_key,
            body=serialised(message),
            image_key=image_key,
            created_at=self._clock(),
        )
        active = channels.channels(session, process.application_id, active_only=True)
        record(session, self._jobs, event, [channel.id for channel in active])


def event_id(key: str) -> UUID:
    """The id of the event with this key, before it is recorded."""
    return uuid5(_NAMESPACE, key)


def record(session: Session, jobs: Jobs, event: EventRow, target_ids: Sequence[UUID]) -> None:
    """Write an event, with a delivery and a job for each channel or callback, unless it was recorded before."""
    if notifications.has_event(session, event.key):
        return
    session.add(event)
    session.flush()
    for target_id in target_ids:
        delivery = DeliveryRow(
            id=uuid5(event.id, str(target_id)),
            event_id=event.id,
            channel_id=target_id,
            state=DeliveryState.PENDING,
            attempts=0,
            failures=0,
            ended_at=None,
        )
        session.add(delivery)
        queue_attempt(jobs, session, delivery)


def attempt_job_id(delivery: DeliveryRow) -> str:
    """The same for the same attempt, so that it is never queued twice."""
    return f"deliver:{delivery.id}:{delivery.attempts + 1}"


def queue_attempt(
    jobs: Jobs, session: Session, delivery: DeliveryRow, delay: float = 0.0, job_id: str | None = None
) -> None:
    """Queue the next attempt of ``delivery`` in ``delay`` seconds. Deliveries of a channel form one partition, so that
    a dead endpoint holds up only itself."""
    jobs.enqueue(
        session,
        JobKind.DELIVER,
        {"delivery": str(delivery.id), "attempt": delivery.attempts + 1},
        partition=str(delivery.channel_id),
        delay_seconds=delay,
        job_id=job_id or attempt_job_id(delivery),
    )
