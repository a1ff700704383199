# SPDX-License-Identifier: Apache-2.0
"""From rows to progress."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from affiche.creative.formats import RenderKind, format_of
from affiche.service.processes.families import Family
from affiche.service.processes.progress import ProcessDetails, Progress, TaskDetail
from affiche.service.processes.states import TaskState, percent, state_of_process
from affiche.store import processes
from affiche.store.tables import ProcessRow, TaskRow


def progress_of(process: ProcessRow, tasks: Sequence[TaskRow], failed_state: int) -> Progress:
    """How far a process is. ``failed_state`` is the RenderState number that clients see on a failed task."""
    states = {task.id: TaskState(task.state) for task in tasks}
    failures = [task.error_message for task in tasks if task.state == TaskState.FAILED]
    finished = sum(state.is_final for state in states.values())
    return Progress(
        message_type=f"{process.message_family}Progress",
        state=_shown(state_of_process(list(states.values())), failed_state),
        application_id=process.application_id,
        user_id=process.user_id,
        process_id=process.id,
        total=len(states),
        completed=finished,
        progress=percent(finished, len(states)),
        tasks={task_id: _shown(state, failed_state) for task_id, state in states.items()},
        render_kind=process.render_kind,
        render_type=process.render_type,
        is_successful=not failures,
        error_message=_summary(failures, len(states), Family(process.message_family)),
    )


def progress_of_all(
    session: Session, rows: Sequence[ProcessRow], failed_state: int, *, details: bool = False
) -> list[Progress]:
    """Progress of several processes, in their order, with one query for all tasks (and one for their details)."""
    tasks = processes.tasks_of(session, [row.id for row in rows])
    found = [progress_of(row, tasks[row.id], failed_state) for row in rows]
    if not details:
        return found
    finished = processes.outcomes(session, [row.id for row in rows], int(TaskState.DONE))
    return [
        replace(progress, details=details_of(tasks[row.id], finished[row.id]))
        for row, progress in zip(rows, found, strict=True)
    ]


def details_of(tasks: Sequence[TaskRow], finished: Sequence[TaskRow]) -> ProcessDetails:
    """What is known of the ``finished`` ones of a process's ``tasks``."""
    by_size: dict[int, list[TaskRow]] = {}
    for task in tasks:
        by_size.setdefault(task.format_kind, []).append(task)
    diversity = {}
    for kind, of_size in by_size.items():
        distances = [task.diversity for task in of_size if task.state == TaskState.DONE and task.diversity is not None]
        if len(distances) == len(of_size):
            diversity[format_of(RenderKind(kind)).name] = min(distances)
    return ProcessDetails({task.id: _detail(task) for task in finished}, diversity)


def _detail(task: TaskRow) -> TaskDetail:
    encoding = task.encoding or {}
    return TaskDetail(
        content_type=task.content_type or "image/png",
        size=task.size or 0,
        budget=encoding.get("budget", task.max_bytes),
        quality=encoding.get("quality", 1.0),
        below_floor=encoding.get("belowFloor", False),
        tried=tuple(encoding.get("tried", ())),
        diversity=task.diversity,
    )


def _shown(state: TaskState, failed_state: int) -> int:
    return failed_state if state is TaskState.FAILED else int(state)


def _summary(failures: Sequence[str], total: int, family: Family) -> str:
    """ "" without failures; else how many failed and each different reason once."""
    if not failures:
        return ""
    reasons = " ".join(dict.fromkeys(failures))
    return f"{len(failures)} of {total} {family.pictures} failed. {reasons}"
