# SPDX-License-Identifier: Apache-2.0
"""From rows to progress."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from affiche.service.processes.progress import Progress
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
        error_message=_summary(failures, len(states)),
    )


def progress_of_all(session: Session, rows: Sequence[ProcessRow], failed_state: int) -> list[Progress]:
    """Progress of several processes, in their order, with one query for all tasks."""
    tasks = processes.tasks_of(session, [row.id for row in rows])
    return [progress_of(row, tasks[row.id], failed_state) for row in rows]


def _shown(state: TaskState, failed_state: int) -> int:
    return failed_state if state is TaskState.FAILED else int(state)


def _summary(failures: Sequence[str], total: int) -> str:
    """ "" without failures; else how many failed and each different reason once."""
    if not failures:
        return ""
    reasons = " ".join(dict.fromkeys(failures))
    return f"{len(failures)} of {total} creatives failed. {reasons}"
