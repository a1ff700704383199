# SPDX-License-Identifier: Apache-2.0
"""Handing pictures to the workers: one job for each."""

from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.jobs.port import JobKind, Jobs, Payload
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow

_ENDING: Final = "end"


@dataclass(frozen=True, slots=True)
class EnhanceJob:
    """The ids in a job's payload. In the sandbox a second job, ``ending``, follows the first after a while."""

    item_id: UUID
    ending: bool = False

    @classmethod
    def from_payload(cls, payload: Payload) -> Self:
        return cls(UUID(str(payload["item"])), payload.get("phase") == _ENDING)

    @property
    def payload(self) -> Payload:
        return {"item": str(self.item_id)} | ({"phase": _ENDING} if self.ending else {})

    @property
    def job_id(self) -> str:
        """The same for the same work, so that it is never queued twice."""
        return f"enhance:{self.item_id}{':end' if self.ending else ''}"


def queue_item(
    session: Session,
    jobs: Jobs,
    batch: EnhancementRow,
    item: EnhancementItemRow,
    *,
    ending: bool = False,
    delay: float = 0.0,
    job_id: str | None = None,
) -> None:
    """Queue an item in the session's transaction. Accounts take turns: each is a partition of its own."""
    job = EnhanceJob(item.id, ending)
    jobs.enqueue(
        session,
        JobKind.ENHANCE,
        job.payload,
        partition=str(batch.application_id),
        delay_seconds=delay,
        job_id=job_id or job.job_id,
    )
