# SPDX-License-Identifier: Apache-2.0
"""The durable-job queue as the use cases see it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

from sqlalchemy.orm import Session

Payload = Mapping[str, "str | int | list[str]"]
Handler = Callable[[Payload], None]


class JobKind(StrEnum):
    """Every job there is; each kind has its own queue and one handler."""

    RENDER = "render"
    SHOOT = "shoot"
    ENHANCE = "enhance"
    DELIVER = "deliver"
    UPKEEP = "upkeep"


class Jobs(Protocol):
    """Accepts jobs. A job runs at least once after its transaction has committed, and never if it has not."""

    def enqueue(
        self,
        session: Session,
        kind: JobKind,
        payload: Payload,
        *,
        partition: str,
        delay_seconds: float = 0.0,
        job_id: str | None = None,
    ) -> None:
        """Queue a job inside the session's transaction.

        ``payload`` holds ids only. Jobs of one ``partition`` (an application, a channel) queue behind each other and
        not behind those of other partitions. A second job with the same ``job_id`` is not made.
        """
        ...
