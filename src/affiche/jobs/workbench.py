# SPDX-License-Identifier: Apache-2.0
"""The inside of a worker process: claims jobs, draws in child processes, renews its lease, leaves in good order."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from affiche import logs
from affiche.jobs.dbos_runner import DbosRunner, QueueTerms
from affiche.jobs.leases import Leases
from affiche.jobs.port import Handler, JobKind, Jobs
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.pool import RenderPool, RenderTerms
from affiche.settings import MEBIBYTE, Settings
from affiche.store.unit_of_work import Store

_EXTRA_RENDER_JOBS: Final = 1
"""While one job of a slot is drawn, another one's files are stored and the next is fetched."""

_FETCHES: Final = 8
"""Beside the pictures that are being enhanced, so many sources are fetched at once: servers that hang hold up few."""

_DELIVERIES_PER_CHANNEL: Final = 8
"""A few at once, so that endpoints that hang hold up each other's deliveries only when many do."""

_ENHANCE_POLL_FACTOR: Final = 2
_DELIVER_POLL_FACTOR: Final = 2
_UPKEEP_POLL_SECONDS: Final = 1.0
_RENEWALS_PER_LEASE: Final = 5
_log = logs.logger(__name__)

HandlersOf = Callable[[RenderPool], Mapping[JobKind, Handler]]
"""Makes the handlers of all kinds of job, with a pool to draw."""


class Workbench:
    """Start it, `watch` until something sets ``leaving``, then `stop` it. One per process, because DBOS is."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        jobs: Jobs,
        clock: Callable[[], datetime],
        handlers: HandlersOf,
        renderer: str,
    ) -> None:
        self.executor_id = str(uuid4())  # never used again: see affiche.jobs.dbos_runner
        self._settings = settings
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._handlers = handlers
        self._slots = max(1, settings.workers)
        memory = settings.render_memory_megabytes * MEBIBYTE
        terms = RenderTerms(
            self._slots,
            settings.task_timeout_seconds,
            memory,
            renderer,
            Equipment.of(settings),
            settings.scene_seconds,
        )
        self._pool = RenderPool(terms)
        self._runner = DbosRunner(store.engine, self.executor_id)
        length = timedelta(seconds=settings.lease_seconds)
        self._leases = Leases(store, self.executor_id, length, self._runner.recover, clock)

    def start(self) -> None:
        self._leases.renew()
        self._runner.start(self._handlers(self._pool), self._queues())
        _log.info("worker_started", executor=self.executor_id, slots=self._slots)

    def watch(self, leaving: threading.Event) -> None:
        """Renew the lease, look for dead workers and see to the hourly upkeep, until ``leaving`` is set."""
        pause = self._settings.lease_seconds / _RENEWALS_PER_LEASE
        while not leaving.is_set():
            try:
                self._leases.renew()
                self._leases.reap()
                self._queue_upkeep()
            except Exception:
                _log.exception("watch_failed")  # the database is away; the next round tries again
            leaving.wait(pause)

    def stop(self, seconds: float) -> None:
        """Claim nothing more, wait up to ``seconds`` for what runs, and leave the rest to others."""
        self._runner.stop(seconds)
        self._pool.close()
        self._leases.end()
        _log.info("worker_stopped", executor=self.executor_id)

    def _queue_upkeep(self) -> None:
        """One upkeep job for each hour, whichever worker thinks of it first."""
        hour = f"{self._clock():%Y-%m-%dT%H}"
        with self._store.transaction() as session:
            self._jobs.enqueue(session, JobKind.UPKEEP, {}, partition="upkeep", job_id=f"upkeep:{hour}")

    def _queues(self) -> dict[JobKind, QueueTerms]:
        poll = self._settings.poll_seconds
        renders, deliveries = self._slots + _EXTRA_RENDER_JOBS, self._settings.delivery_slots
        enhancing = self._slots + _FETCHES
        per_channel = min(_DELIVERIES_PER_CHANNEL, deliveries)
        return {
            JobKind.RENDER: QueueTerms(renders, renders, poll),
            JobKind.SHOOT: QueueTerms(renders, renders, poll),
            JobKind.ENHANCE: QueueTerms(enhancing, enhancing, poll * _ENHANCE_POLL_FACTOR),
            JobKind.DELIVER: QueueTerms(deliveries, per_channel, poll * _DELIVER_POLL_FACTOR),
            JobKind.UPKEEP: QueueTerms(1, 1, _UPKEEP_POLL_SECONDS),
        }
