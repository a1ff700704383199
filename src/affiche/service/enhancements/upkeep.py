# SPDX-License-Identifier: Apache-2.0
"""Upkeep of enhancements: items that lost their job get another, old results are deleted if the operator wants so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from affiche.service.enhancements.queueing import EnhanceJob, queue_item
from affiche.service.enhancements.results import result_key, thumbnail_key
from affiche.service.enhancements.values import OPEN
from affiche.service.upkeep.upkeep import JobRecords
from affiche.store import enhancements, uploads
from affiche.store.unit_of_work import Store

_BATCH: Final = 200
_STRANDED_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class EnhancementUpkeep:
    """A chore of the upkeep job. Results are kept for ``retention``; for ever if that is None."""

    store: Store
    jobs: JobRecords
    retention: timedelta | None

    def __call__(self, now: datetime) -> Mapping[str, int]:
        return {"items_requeued": self._requeue_stranded(now), "results_expired": self._expire(now)}

    def _requeue_stranded(self, now: datetime) -> int:
        """Items that wait although no job will work on them: theirs gave up while the database was away."""
        count = 0
        with self.store.transaction() as session:
            waiting = enhancements.unfinished(session, OPEN, now - _STRANDED_AFTER)
            names = {item.id: _names(item.id, now) for item, _ in waiting}
            live = self.jobs.live([name for own in names.values() for name in own]) if names else set()
            for item, batch in waiting:
                if live.isdisjoint(names[item.id]):
                    queue_item(session, self.jobs, batch, item, job_id=names[item.id][-1])
                    count += 1
        return count

    def _expire(self, now: datetime) -> int:
        count = 0
        while self.retention is not None:
            with self.store.transaction() as session:
                old = enhancements.expired(session, now - self.retention, _BATCH)
                for item in old:
                    assert item.token is not None
                    uploads.discard(session, [result_key(item.token), thumbnail_key(item.token)], now)
                    item.token = None
            if not old:
                break
            count += len(old)
        return count


def _names(item_id: UUID, now: datetime) -> tuple[str, ...]:
    """The ids of the jobs that work on an item; the last is that of the one that takes a lost one's place this hour."""
    usual = EnhanceJob(item_id).job_id
    return usual, EnhanceJob(item_id, ending=True).job_id, f"{usual}:{now:%Y%m%d%H}"
