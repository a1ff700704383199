# SPDX-License-Identifier: Apache-2.0
"""The upkeep job: forgets what ended, deletes what nothing refers to, queues again what got lost. Safe to run twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from affiche import logs
from affiche.jobs.port import JobKind, Jobs, Payload
from affiche.service.assets.uploads import sweep_incoming
from affiche.service.clock import Clock
from affiche.service.creatives.queueing import RenderJob
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.store import accounts, processes, uploads
from affiche.store.blobs import Blobs, FileBlobs
from affiche.store.unit_of_work import Store

_BATCH: Final = 100
_STRANDED_AFTER: Final = timedelta(minutes=10)
_log = logs.logger(__name__)

Chore = Callable[[datetime], Mapping[str, int]]
"""What another feature wants done now and then; gives what it did, as counts for the log."""


class JobRecords(Jobs, Protocol):
    """The job queue with its memory."""

    def live(self, job_ids: list[str]) -> set[str]:
        """Those of the jobs that wait or run."""
        ...

    def forget_ended(self, before: datetime) -> int:
        """Delete the records of jobs that ended before then; returns how many."""
        ...


@dataclass(frozen=True, slots=True)
class UpkeepTerms:
    """How long ended jobs and ownerless blobs are kept, and where uploads stream in."""

    job_retention: timedelta
    blob_grace: timedelta
    incoming: Path


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The handler of upkeep jobs."""

    store: Store
    blobs: Blobs
    jobs: JobRecords
    clock: Clock
    terms: UpkeepTerms
    chores: tuple[Chore, ...] = ()

    def __call__(self, payload: Payload) -> None:
        now = self.clock()
        counts = {
            "requeued": self._requeue_stranded(now),
            "jobs_forgotten": self.jobs.forget_ended(now - self.terms.job_retention),
            "uploads_discarded": self._discard_uploads(now),
            "blobs_deleted": self._delete_discarded(now),
            "drafts_deleted": self._delete_drafts(now),
        }
        with self.store.transaction() as session:
            accounts.forget_refresh_tokens(session, now)
        for chore in self.chores:
            counts.update(chore(now))
        _log.info("upkeep_done", **counts)

    def _requeue_stranded(self, now: datetime) -> int:
        """Tasks that wait although no job will draw them: their job gave up while the database or storage was away."""
        with self.store.transaction() as session:
            queued = processes.queued_tasks(session, Family.CREATIVES, int(TaskState.QUEUED), now - _STRANDED_AFTER)
            lost = {
                RenderJob(process.id, task.generation, task.format_kind): str(process.application_id)
                for task, process in queued
            }
            live = self.jobs.live([job.job_id for job in lost]) if lost else set()
            stranded = {job: partition for job, partition in lost.items() if job.job_id not in live}
            for job, partition in stranded.items():
                retry_id = f"{job.job_id}:{now:%Y%m%d%H}"
                self.jobs.enqueue(session, JobKind.RENDER, job.payload, partition=partition, job_id=retry_id)
        return len(stranded)

    def _discard_uploads(self, now: datetime) -> int:
        """Pictures of requests that failed at the last moment, and pictures that edits have replaced."""
        with self.store.transaction() as session:
            return uploads.discard_unused(session, now - self.terms.blob_grace, now)

    def _delete_discarded(self, now: datetime) -> int:
        count = 0
        while True:
            with self.store.transaction() as session:
                keys = uploads.take_discarded(session, now - self.terms.blob_grace, _BATCH)
                self.blobs.delete(keys)
            if not keys:
                return count
            count += len(keys)

    def _delete_drafts(self, now: datetime) -> int:
        """Files that crashed processes were still writing."""
        count = sweep_incoming(self.terms.incoming, now - self.terms.blob_grace)
        if isinstance(self.blobs, FileBlobs):
            count += self.blobs.sweep_drafts(now - self.terms.blob_grace)
        return count
