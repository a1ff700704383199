# SPDX-License-Identifier: Apache-2.0
"""A worker: claims jobs, draws in child processes, renews its lease, leaves in good order.

This module is the composition root of worker processes, as `affiche.api.app` is of API processes: it alone in ``jobs``
knows the use cases.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final, NoReturn
from uuid import uuid4

from affiche import logs
from affiche.jobs.dbos_runner import DbosRunner, QueueTerms
from affiche.jobs.leases import Leases
from affiche.jobs.port import Handler, JobKind
from affiche.jobs.rendering.pool import CREATIVE_RENDERER, RenderPool, RenderTerms
from affiche.service.assembly import Foundation
from affiche.service.workshop import job_handlers
from affiche.settings import MEBIBYTE, Settings

_EXTRA_RENDER_JOBS: Final = 1
"""While one job of a slot is drawn, another one's files are stored and the next is fetched."""

_UPKEEP_POLL_SECONDS: Final = 1.0
_DELIVER_POLL_FACTOR: Final = 4
_RENEWALS_PER_LEASE: Final = 5
HandlersOf = Callable[[Settings, Foundation, RenderPool], Mapping[JobKind, Handler]]
"""Makes the handlers of all kinds of job on an open foundation, with a pool to draw."""

_log = logs.logger(__name__)


class Worker:
    """One worker process's inside. Start it, `watch` until something sets ``leaving``, then `stop` it."""

    def __init__(self, settings: Settings, base: Foundation, handlers: HandlersOf, renderer: str) -> None:
        self.executor_id = str(uuid4())  # never used again: see affiche.jobs.dbos_runner
        self._settings = settings
        self._base = base
        self._handlers = handlers
        self._pool = RenderPool(
            RenderTerms(
                max(1, settings.workers),
                settings.task_timeout_seconds,
                settings.render_memory_megabytes * MEBIBYTE,
                renderer,
            )
        )
        self._runner = DbosRunner(base.store.engine, self.executor_id)
        self._leases = Leases(
            base.store, self.executor_id, timedelta(seconds=settings.lease_seconds), self._runner.recover, base.clock
        )

    def start(self) -> None:
        self._leases.renew()
        self._runner.start(self._handlers(self._settings, self._base, self._pool), self._queues())
        _log.info("worker_started", executor=self.executor_id, slots=max(1, self._settings.workers))

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
        hour = f"{self._base.clock():%Y-%m-%dT%H}"
        with self._base.store.transaction() as session:
            self._base.jobs.enqueue(session, JobKind.UPKEEP, {}, partition="upkeep", job_id=f"upkeep:{hour}")

    def _queues(self) -> dict[JobKind, QueueTerms]:
        poll = self._settings.poll_seconds
        return {
            JobKind.RENDER: QueueTerms(max(1, self._settings.workers) + _EXTRA_RENDER_JOBS, poll),
            JobKind.DELIVER: QueueTerms(self._settings.delivery_slots, poll * _DELIVER_POLL_FACTOR),
            JobKind.UPKEEP: QueueTerms(1, _UPKEEP_POLL_SECONDS),
        }


def run_worker(settings: Settings, renderer: str = CREATIVE_RENDERER) -> NoReturn:
    """Be a worker until SIGTERM or SIGINT; then drain and end the process within ten seconds. Call it in a process of
    its own and in the main thread. ``renderer`` names the class that draws, as ``module:Class``."""
    logs.configure(settings.log_format, settings.log_level)
    leaving = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: leaving.set())
    base = Foundation.open(settings)
    worker = Worker(settings, base, job_handlers, renderer)
    worker.start()
    worker.watch(leaving)
    _leave(worker, settings.drain_seconds)


def _leave(worker: Worker, seconds: float) -> NoReturn:
    """Threads that hang must not keep the process: what they hold is recovered elsewhere."""
    threading.Thread(target=_end_at, args=(time.monotonic() + seconds,), daemon=True).start()
    worker.stop(max(1.0, seconds - 2.0))
    os._exit(0)


def _end_at(deadline: float) -> None:
    time.sleep(max(0.0, deadline - time.monotonic()))
    os._exit(0)
