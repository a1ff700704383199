# SPDX-License-Identifier: Apache-2.0
"""Finishing tasks: one commit per task, which counts once however often its job runs."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.service.clock import Clock
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store


class Outbox(Protocol):
    """Takes the events of a transaction and delivers them after it."""

    def record_task_completed(self, session: Session, process_row: ProcessRow, task_row: TaskRow) -> None: ...

    def record_process_finished(self, session: Session, process_row: ProcessRow) -> None: ...


@dataclass(frozen=True, slots=True)
class Result:
    """What was drawn: the SHA-256 (hex) and size in bytes of the original, its size in px, the texts left out, its
    content type, how it met a budget, how it was judged, and its receipt (`affiche.service.creatives.receipts`)."""

    digest: str
    size: int
    width: int
    height: int
    dropped: tuple[str, ...] = ()
    content_type: str = "image/png"
    encoding: dict[str, Any] | None = None
    score: dict[str, Any] | None = None
    diversity: float | None = None
    receipt: dict[str, Any] | None = None


class Completion:
    """Moves tasks from queued to done or failed."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock

    def succeed(self, task: TaskRow, result: Result) -> bool:
        """Record a finished task; False if this generation of it was finished before or edited since."""
        changes = {
            "state": int(TaskState.DONE),
            "error_message": "",
            "digest": result.digest,
            "size": result.size,
            "width": result.width,
            "height": result.height,
            "dropped": list(result.dropped),
            "content_type": result.content_type,
            "encoding": result.encoding,
            "score": result.score,
            "diversity": result.diversity,
            "receipt": result.receipt,
        }
        return self._finish(task.process_id, task.id, task.generation, changes)

    def fail(self, task: TaskRow, message: str) -> bool:
        """Record a task that cannot be drawn, with a sentence for the client; False as in `succeed`."""
        changes = {"state": int(TaskState.FAILED), "error_message": message}
        return self._finish(task.process_id, task.id, task.generation, changes)

    def _finish(self, process_id: UUID, task_id: UUID, generation: int, changes: dict[str, object]) -> bool:
        now = self._clock()
        with self._store.transaction() as session:
            # The lock orders the tasks of a process, so that exactly one of them sees itself as the last.
            process = processes.lock(session, process_id, now)
            outcome = changes | {"finished_at": now}
            task = processes.finish_task(session, task_id, generation, int(TaskState.QUEUED), outcome)
            if process is None or task is None:
                return False
            self._outbox.record_task_completed(session, process, task)
            if processes.count_in_state(session, process_id, int(TaskState.QUEUED)) == 0:
                self._outbox.record_process_finished(session, process)
            return True
