# SPDX-License-Identifier: Apache-2.0
"""Handing tasks to the workers: one job draws the queued tasks of one size of a process."""

from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.creative.formats import FORMATS
from affiche.jobs.port import JobKind, Jobs, Payload
from affiche.store.tables import ProcessRow

_SEPARATOR: Final = ":"
_LARGEST_FIRST: Final = tuple(
    int(format.kind) for format in sorted(FORMATS, key=lambda format: format.width * format.height, reverse=True)
)
"""The order of a process's jobs: what is small at the end keeps the idle processes waiting the least."""


@dataclass(frozen=True, slots=True)
class RenderJob:
    """The ids in a render job's payload."""

    process_id: UUID
    generation: int
    format_kind: int

    @classmethod
    def from_payload(cls, payload: Payload) -> Self:
        return cls(UUID(str(payload["process"])), _number(payload, "generation"), _number(payload, "format"))

    @property
    def payload(self) -> Payload:
        return {"process": str(self.process_id), "generation": self.generation, "format": self.format_kind}

    @property
    def job_id(self) -> str:
        """The same for the same tasks, so that they are never queued twice; in the order in which jobs that were
        queued in the same moment are to run."""
        place = _LARGEST_FIRST.index(self.format_kind)
        return _SEPARATOR.join(("render", str(self.process_id), str(self.generation), f"{place:02}"))


def queue_tasks(session: Session, jobs: Jobs, process: ProcessRow, format_kinds: list[int]) -> None:
    """Queue what the session's transaction makes. Applications take turns: each is a partition of its own."""
    for kind in sorted(set(format_kinds), key=_LARGEST_FIRST.index):
        job = RenderJob(process.id, process.generation, kind)
        partition = str(process.application_id)
        jobs.enqueue(session, JobKind.RENDER, job.payload, partition=partition, job_id=job.job_id)


def _number(payload: Payload, name: str) -> int:
    value = payload[name]
    if not isinstance(value, int):
        raise TypeError(f"The job's {name} is {value!r} instead of a number.")
    return value
