# SPDX-License-Identifier: Apache-2.0
"""Editing: chosen tasks of one complete process are queued again, with some fields changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from affiche.errors import InvalidInput
from affiche.jobs.port import Jobs
from affiche.service.accounts.values import Caller
from affiche.service.assets import pictures
from affiche.service.assets.results import keys_of
from affiche.service.assets.uploads import Upload
from affiche.service.clock import Clock
from affiche.service.creatives import stored_brief
from affiche.service.creatives.errors import TaskNotFound, TasksNotEditable
from affiche.service.creatives.queueing import queue_tasks
from affiche.service.creatives.requirements import EngineChecks, require_active_channel, scope_of
from affiche.service.creatives.values import EditCreatives
from affiche.service.processes.states import TaskState, is_complete
from affiche.store import processes, uploads
from affiche.store.blobs import Blobs
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Editing:
    """Nothing is stored before every check has passed."""

    store: Store
    blobs: Blobs
    jobs: Jobs
    clock: Clock
    checks: EngineChecks

    def __call__(self, caller: Caller, request: EditCreatives) -> tuple[ProcessRow, list[TaskRow]]:
        request = replace(request, task_ids=tuple(dict.fromkeys(request.task_ids)))
        if not request.task_ids:
            raise InvalidInput("task_ids", "The taskIds are empty; name at least one task.")
        given = {"photo": request.photo, "logo": request.logo}
        contents = self.checks.pictures(given)
        require_active_channel(self.store, caller)
        process_id = self._checked(caller, request)
        new = [upload for upload in given.values() if upload is not None]
        if new:
            pictures.keep(self.store, self.blobs, list(zip(new, contents.values(), strict=True)), self.clock())
        return self._commit(process_id, request, new)

    def _checked(self, caller: Caller, request: EditCreatives) -> UUID:
        """The one complete process of the tasks, whose briefs can take the changes."""
        with self.store.transaction() as session:
            found = processes.tasks_for_edit(session, scope_of(caller), request.user_id, request.task_ids)
            for task_id in request.task_ids:
                if task_id not in found:
                    raise TaskNotFound(task_id)
            if len(set(found.values())) > 1:
                raise TasksNotEditable("The tasks belong to several processes; edit each process by itself.")
            process_id = found[request.task_ids[0]]
            tasks = processes.tasks_of(session, [process_id])[process_id]
        _require_complete(process_id, tasks)
        for task in tasks:
            if task.id in request.task_ids:
                self.checks.brief(stored_brief.edited(stored_brief.from_json(task.brief), request))
        return process_id

    def _commit(
        self, process_id: UUID, request: EditCreatives, new: Sequence[Upload]
    ) -> tuple[ProcessRow, list[TaskRow]]:
        now = self.clock()
        with self.store.transaction() as session:
            process = processes.lock(session, process_id, now)
            tasks = processes.tasks_of(session, [process_id])[process_id]
            _require_complete(process_id, tasks)  # again: two edits may have come at once
            if process is None:
                raise TaskNotFound(request.task_ids[0])
            pictures.refer(session, new, now)
            chosen = [task for task in tasks if task.id in request.task_ids]
            uploads.discard(session, _files_of(chosen), now)
            process.generation += 1
            for task in chosen:
                _requeue(task, process.generation, request)
            session.flush()
            queue_tasks(session, self.jobs, process, [task.format_kind for task in chosen])
        return process, tasks


def _require_complete(process_id: UUID, tasks: Sequence[TaskRow]) -> None:
    if not is_complete([TaskState(task.state) for task in tasks]):
        raise TasksNotEditable(f"Process {process_id} is not complete; edit it when all of its tasks have ended.")


def _files_of(tasks: Sequence[TaskRow]) -> list[str]:
    done = [task for task in tasks if task.state == TaskState.DONE]
    return [key for task in done for key in keys_of(task.process_id, task.id, task.generation)]


def _requeue(task: TaskRow, generation: int, request: EditCreatives) -> None:
    task.brief = stored_brief.to_json(stored_brief.edited(stored_brief.from_json(task.brief), request))
    task.photo_digest = request.photo.digest if request.photo else task.photo_digest
    task.logo_digest = request.logo.digest if request.logo else task.logo_digest
    task.max_bytes = request.max_bytes if request.max_bytes is not None else task.max_bytes
    task.generation = generation
    task.state = int(TaskState.QUEUED)
    task.finished_at = None
    task.error_message = ""
    task.digest = task.size = task.width = task.height = task.dropped = None
    task.content_type = task.encoding = task.score = task.diversity = task.receipt = None
