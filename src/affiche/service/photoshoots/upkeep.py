# SPDX-License-Identifier: Apache-2.0
"""Upkeep of photoshoots: pictures that lost their job get another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affiche.service.photoshoots.queueing import ShootJob, queue_job
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.service.upkeep.upkeep import JobRecords
from affiche.store import processes
from affiche.store.unit_of_work import Store

_STRANDED_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PhotoshootUpkeep:
    """A chore of the upkeep job."""

    store: Store
    jobs: JobRecords

    def __call__(self, now: datetime) -> Mapping[str, int]:
        """Tasks that wait although no job will draw them: theirs gave up while the database or storage was away."""
        with self.store.transaction() as session:
            since = now - _STRANDED_AFTER
            queued = processes.queued_tasks(session, Family.PHOTOSHOOTS, int(TaskState.QUEUED), since)
            waiting = {ShootJob(process.id, task.id): process.application_id for task, process in queued}
            names = {job: (job.job_id, f"{job.job_id}:{now:%Y%m%d%H}") for job in waiting}
            live = self.jobs.live([name for own in names.values() for name in own]) if names else set()
            stranded = [job for job in waiting if live.isdisjoint(names[job])]
            for job in stranded:
                queue_job(session, self.jobs, job, waiting[job], names[job][1])
        return {"photos_requeued": len(stranded)}
