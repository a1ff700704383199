# SPDX-License-Identifier: Apache-2.0
"""Handing pictures to the workers: one job for each, so that a photoshoot uses all render processes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.jobs.port import JobKind, Jobs, Payload
from affiche.store.tables import ProcessRow, TaskRow


@dataclass(frozen=True, slots=True)
class ShootJob:
    """The ids in a job's payload."""

    process_id: UUID
    task_id: UUID

    @classmethod
    def from_payload(cls, payload: Payload) -> Self:
        return cls(UUID(str(payload["process"])), UUID(str(payload["task"])))

    @property
    def payload(self) -> Payload:
        return {"process": str(self.process_id), "task": str(self.task_id)}

    @property
    def job_id(self) -> str:
        """The same for the same picture, so that it is never queued twice."""
        return f"shoot:{self.task_id}"


def queue_tasks(session: Session, jobs: Jobs, process: ProcessRow, tasks: Iterable[TaskRow]) -> None:
    """Queue what the session's transaction makes. Applications take turns: each is a partition of its own."""
    for task in tasks:
        queue_job(session, jobs, ShootJob(process.id, task.id), process.application_id)


def queue_job(session: Session, jobs: Jobs, job: ShootJob, application_id: UUID, job_id: str | None = None) -> None:
    """Queue one picture, under another id if it had a job before."""
    jobs.enqueue(session, JobKind.SHOOT, job.payload, partition=str(application_id), job_id=job_id or job.job_id)
