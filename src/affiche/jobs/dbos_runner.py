# SPDX-License-Identifier: Apache-2.0
"""Running jobs on DBOS Transact, in a worker.

What its source taught (3.4): every start needs a new executor id; its threads must not be bounded, because a job that
lost its owner parks its thread; and nobody but us recovers the jobs of an executor that died.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, WorkflowSerializationFormat

from affiche import logs
from affiche.jobs.dbos_jobs import APPLICATION, VERSION
from affiche.jobs.port import Handler, JobKind, Payload

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 15.0
_ATTEMPTS: Final = 12
_RECOVERIES: Final = 1000
_log = logs.logger(__name__)


class _Leaving(BaseException):
    """Ends a job's thread without ending the job: DBOS records exceptions, but not this."""


@dataclass(frozen=True, slots=True)
class QueueTerms:
    """How a worker serves one queue: jobs at once, jobs of one partition at once, seconds between looks."""

    slots: int
    partition_slots: int
    poll_seconds: float


class DbosRunner:
    """Runs jobs in this process; DBOS allows one per process.

    A handler that raises is called again after a pause, about two minutes long in all: a database or a storage that is
    away for a moment costs no job. When the worker leaves meanwhile, the job stays claimed and is recovered.
    """

    def __init__(self, engine: sa.Engine, executor_id: str) -> None:
        self._leaving = threading.Event()
        self._config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_engine": engine,
            "executor_id": executor_id,
            "application_version": VERSION,
            "use_listen_notify": False,
            "run_migrations": False,
            "log_level": "WARNING",
        }

    def start(self, handlers: Mapping[JobKind, Handler], queues: Mapping[JobKind, QueueTerms]) -> None:
        """Begin to claim jobs. The tables must be there: see `affiche.jobs.dbos_jobs.migrate_jobs`."""
        DBOS(config=self._config)
        for kind, handler in handlers.items():
            workflow = DBOS.workflow(
                name=kind.value,
                serialization_type=WorkflowSerializationFormat.PORTABLE,
                max_recovery_attempts=_RECOVERIES,
            )
            workflow(self._persistent(kind, handler))
        DBOS.listen_queues([kind.value for kind in queues])
        DBOS.launch()
        for kind, terms in queues.items():
            # A limit per partition, even one that is not the tighter, makes DBOS visit the partitions in turn.
            DBOS.register_queue(
                kind.value,
                worker_concurrency=terms.slots,
                partition_worker_concurrency=terms.partition_slots,
                polling_interval_sec=terms.poll_seconds,
            )

    def recover(self, executor_id: str) -> int:
        """Queue again what a dead executor had claimed; returns how many jobs. Several workers may do so at once."""
        return len(DBOS._recover_pending_workflows([executor_id]))

    def stop(self, seconds: float) -> None:
        """Claim nothing more, and wait up to ``seconds`` for what runs."""
        self._leaving.set()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=int(seconds))

    def _persistent(self, kind: JobKind, handler: Handler) -> Handler:
        def run(payload: Payload) -> None:
            pause = _FIRST_PAUSE
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    handler(payload)
                    return
                except Exception:
                    _log.exception("job_failed", kind=kind.value, attempt=attempt, payload=dict(payload))
                    if self._leaving.wait(pause):
                        raise _Leaving from None
                    if attempt == _ATTEMPTS:
                        raise
                    pause = min(2 * pause, _LONGEST_PAUSE)

        return run
