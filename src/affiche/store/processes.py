# SPDX-License-Identifier: Apache-2.0
"""Reading and writing processes and their tasks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from affiche.store.tables import ProcessRow, TaskRow


class Scope(NamedTuple):
    """The processes of an application that make one kind of picture: whose messages are of one ``family``."""

    application_id: UUID
    family: str


def lock(session: Session, process_id: UUID, now: datetime) -> ProcessRow | None:
    """Take the process for this transaction: whoever else wants it waits until this one ends.

    A write is what locks on both databases, so call it before reading what the decision depends on.
    """
    query = sa.update(ProcessRow).where(ProcessRow.id == process_id).values(touched_at=now).returning(ProcessRow)
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def process(session: Session, scope: Scope, process_id: UUID) -> ProcessRow | None:
    """The process, if it is within the scope."""
    query = sa.select(ProcessRow).where(ProcessRow.id == process_id, _within(scope))
    return session.scalars(query).one_or_none()


def of_user(session: Session, scope: Scope, user_id: UUID, process_id: UUID | None) -> list[ProcessRow]:
    """A user's processes, newest first, or only the one asked for."""
    query = sa.select(ProcessRow).where(_within(scope), ProcessRow.user_id == user_id)
    if process_id is not None:
        query = query.where(ProcessRow.id == process_id)
    return list(session.scalars(_newest_first(query)))


def current(session: Session, scope: Scope, queued_state: int, finished_since: datetime) -> list[ProcessRow]:
    """The processes with a queued task or one that ended since then, newest first."""
    lively = sa.exists().where(
        TaskRow.process_id == ProcessRow.id,
        sa.or_(TaskRow.state == queued_state, TaskRow.finished_at >= finished_since),
    )
    return list(session.scalars(_newest_first(sa.select(ProcessRow).where(_within(scope), lively))))


def _within(scope: Scope) -> sa.ColumnElement[bool]:
    return sa.and_(ProcessRow.application_id == scope.application_id, ProcessRow.message_family == scope.family)


def _newest_first(query: sa.Select[ProcessRow]) -> sa.Select[ProcessRow]:
    return query.order_by(ProcessRow.created_at.desc(), ProcessRow.id)


def tasks_of(session: Session, process_ids: Collection[UUID]) -> dict[UUID, list[TaskRow]]:
    """The tasks of each process in creation order, fresh from the database."""
    found: dict[UUID, list[TaskRow]] = {process_id: [] for process_id in process_ids}
    query = sa.select(TaskRow).where(TaskRow.process_id.in_(found)).order_by(TaskRow.position)
    for row in session.scalars(query, execution_options={"populate_existing": True}):
        found[row.process_id].append(row)
    return found


def tasks_for_edit(session: Session, scope: Scope, user_id: UUID, task_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Process by task, for those tasks that belong to this scope and user."""
    query = (
        sa.select(TaskRow.id, TaskRow.process_id)
        .join(ProcessRow, ProcessRow.id == TaskRow.process_id)
        .where(_within(scope), ProcessRow.user_id == user_id, TaskRow.id.in_(task_ids))
    )
    return {row.id: row.process_id for row in session.execute(query)}


def tasks_to_draw(
    session: Session, process_id: UUID, generation: int, format_kind: int, queued_state: int
) -> tuple[ProcessRow, list[TaskRow]] | None:
    """A process and those of its tasks on one size that this generation queued and nobody has finished."""
    process = session.get(ProcessRow, process_id)
    if process is None:
        return None
    query = (
        sa.select(TaskRow)
        .where(TaskRow.process_id == process_id, TaskRow.generation == generation)
        .where(TaskRow.format_kind == format_kind, TaskRow.state == queued_state)
        .order_by(TaskRow.position)
    )
    return process, list(session.scalars(query))


def finish_task(
    session: Session, task_id: UUID, generation: int, queued_state: int, changes: dict[str, Any]
) -> TaskRow | None:
    """Write a task's outcome, once: None when this generation of it was finished before or edited since."""
    query = (
        sa.update(TaskRow)
        .where(TaskRow.id == task_id, TaskRow.generation == generation, TaskRow.state == queued_state)
        .values(**changes)
        .returning(TaskRow)
    )
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def count_in_state(session: Session, process_id: UUID, state: int) -> int:
    query = sa.select(sa.func.count()).where(TaskRow.process_id == process_id, TaskRow.state == state)
    return session.scalars(query).one()


def finished_task(
    session: Session, scope: Scope, process_id: UUID, task_id: UUID, done_state: int, *, judged: bool = False
) -> TaskRow | None:
    """The task if it is done and belongs to this process within the scope; with its score if ``judged``."""
    query = _finished(scope, process_id, task_id, done_state)
    return session.scalars(query.options(undefer(TaskRow.score)) if judged else query).one_or_none()


def downloaded(session: Session, family: str) -> list[tuple[UUID, UUID]]:
    """The ids of all tasks of a family that were ever downloaded, with their applications'."""
    query = (
        sa.select(TaskRow.id, ProcessRow.application_id)
        .join(ProcessRow, ProcessRow.id == TaskRow.process_id)
        .where(ProcessRow.message_family == family, TaskRow.download_count > 0)
    )
    return [(task, application) for task, application in session.execute(query)]


def finished_with_receipt(
    session: Session, scope: Scope, process_id: UUID, task_id: UUID, done_state: int
) -> TaskRow | None:
    """As `finished_task`, with the receipt."""
    query = _finished(scope, process_id, task_id, done_state).options(undefer(TaskRow.receipt))
    return session.scalars(query).one_or_none()


def _finished(scope: Scope, process_id: UUID, task_id: UUID, done_state: int) -> sa.Select[TaskRow]:
    return (
        sa.select(TaskRow)
        .join(ProcessRow, ProcessRow.id == TaskRow.process_id)
        .where(_within(scope), TaskRow.process_id == process_id)
        .where(TaskRow.id == task_id, TaskRow.state == done_state)
    )


def receipts(session: Session, process_ids: Collection[UUID], done_state: int) -> dict[UUID, dict[UUID, Any]]:
    """For each process the receipts of its finished tasks, by task in creation order."""
    found: dict[UUID, dict[UUID, Any]] = {process_id: {} for process_id in process_ids}
    query = (
        sa.select(TaskRow.process_id, TaskRow.id, TaskRow.receipt)
        .where(TaskRow.process_id.in_(found), TaskRow.state == done_state)
        .order_by(TaskRow.position)
    )
    for process_id, task_id, receipt in session.execute(query):
        found[process_id][task_id] = receipt
    return found


def outcomes(session: Session, process_ids: Collection[UUID], done_state: int) -> dict[UUID, list[TaskRow]]:
    """The finished tasks of each process in creation order, with how their files were made."""
    found: dict[UUID, list[TaskRow]] = {process_id: [] for process_id in process_ids}
    query = (
        sa.select(TaskRow)
        .where(TaskRow.process_id.in_(found), TaskRow.state == done_state)
        .order_by(TaskRow.position)
        .options(undefer(TaskRow.encoding))
    )
    for row in session.scalars(query, execution_options={"populate_existing": True}):
        found[row.process_id].append(row)
    return found


def with_receipt(session: Session, task_id: UUID, family: str) -> tuple[ProcessRow, TaskRow] | None:
    """A task of whatever application, with its receipt, and its process, if that is of this family."""
    query = (
        sa.select(TaskRow, ProcessRow)
        .join(ProcessRow, ProcessRow.id == TaskRow.process_id)
        .where(TaskRow.id == task_id, ProcessRow.message_family == family)
        .options(undefer(TaskRow.receipt))
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[1], found[0])


def count_download(session: Session, process_id: UUID, task_id: UUID) -> None:
    session.execute(
        sa.update(ProcessRow).where(ProcessRow.id == process_id).values(download_count=ProcessRow.download_count + 1)
    )
    session.execute(sa.update(TaskRow).where(TaskRow.id == task_id).values(download_count=TaskRow.download_count + 1))


def task_to_draw(
    session: Session, process_id: UUID, task_id: UUID, queued_state: int
) -> tuple[ProcessRow, TaskRow] | None:
    """One task and its process, unless it has ended."""
    process, task = session.get(ProcessRow, process_id), session.get(TaskRow, task_id)
    if process is None or task is None or task.state != queued_state:
        return None
    return process, task


def public_task(session: Session, public_id: UUID, done_state: int) -> TaskRow | None:
    """The finished task that anybody may fetch under this id."""
    query = sa.select(TaskRow).where(TaskRow.public_id == public_id, TaskRow.state == done_state)
    return session.scalars(query).one_or_none()


def queued_tasks(
    session: Session, family: str, queued_state: int, untouched_since: datetime
) -> list[tuple[TaskRow, ProcessRow]]:
    """Queued tasks of a family's processes that nobody has touched since then."""
    query = (
        sa.select(TaskRow, ProcessRow)
        .join(ProcessRow, ProcessRow.id == TaskRow.process_id)
        .where(TaskRow.state == queued_state, ProcessRow.touched_at < untouched_since)
        .where(ProcessRow.message_family == family)
        .order_by(ProcessRow.id, TaskRow.position)
    )
    return [(task, process) for task, process in session.execute(query)]
