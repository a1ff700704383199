# SPDX-License-Identifier: Apache-2.0
"""Making jobs on DBOS Transact, from any process.

DBOS keeps its tables beside ours and shares our engine, so that a job is made in the transaction that needs it. What
its source taught (3.4): the application version must not be a hash of the code, or a new release strands old jobs, and
arguments have to be portable JSON, because the default is pickle. For running jobs see `affiche.jobs.dbos_runner`.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from dbos import DBOSClient, EnqueueOptions, WorkflowSerializationFormat
from sqlalchemy.orm import Session

from affiche.jobs.port import JobKind, Payload

APPLICATION: Final = "affiche"
VERSION: Final = "1"
"""Raise it only when jobs of the old form can no longer be run; old workers then finish the old jobs."""

_ENDED: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_BATCH: Final = 500


def migrate_jobs(engine: sa.Engine) -> None:
    """Make or update the tables of DBOS, which its client does not do by itself."""
    client = DBOSClient(system_database_engine=engine, application_name=APPLICATION, lazy=True)
    client._sys_db.run_migrations()
    client.destroy()


class DbosJobs:
    """Makes jobs (see `affiche.jobs.port.Jobs`). The tables must be there: see `migrate_jobs`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._client = DBOSClient(system_database_engine=engine, application_name=APPLICATION)

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
        options: EnqueueOptions = {
            "workflow_name": kind.value,
            "queue_name": kind.value,
            "queue_partition_key": partition,
            "app_version": VERSION,
            "serialization_type": WorkflowSerializationFormat.PORTABLE,
        }
        if delay_seconds > 0:
            options["delay_seconds"] = delay_seconds
        if job_id is not None:
            options["workflow_id"] = job_id
        self._client.enqueue_in_transaction(session, options, dict(payload))

    def live(self, job_ids: list[str]) -> set[str]:
        """Those of the jobs that wait or run."""
        found = self._client.list_workflows(workflow_ids=job_ids, load_input=False, load_output=False)
        return {job.workflow_id for job in found if job.status not in _ENDED}

    def forget_ended(self, before: datetime) -> int:
        """Delete the records of jobs that ended; returns how many."""
        count = 0
        while True:
            ended = self._client.list_workflows(
                status=_ENDED, completed_before=before.isoformat(), limit=_BATCH, load_input=False, load_output=False
            )
            if not ended:
                return count
            self._client.delete_workflows([job.workflow_id for job in ended])
            count += len(ended)

    def close(self) -> None:
        self._client.destroy()
