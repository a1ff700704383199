# SPDX-License-Identifier: Apache-2.0
"""Which workers live: each renews a lease, and all look again and again for those that stopped."""

import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from affiche import logs, metrics
from affiche.store import executors
from affiche.store.tables import ExecutorRow
from affiche.store.unit_of_work import Store

_FORGET_AFTER: Final = timedelta(minutes=10)
_log = logs.logger(__name__)


class Leases:
    """The lease of this process, and the reaper of others.

    A worker is dead when its lease ran out, or at once when it lived on this host and its process is gone. Its jobs are
    recovered in every round until its row is forgotten, because a single pass that a database fault interrupts would
    strand them.
    """

    def __init__(
        self,
        store: Store,
        executor_id: str,
        length: timedelta,
        recover: Callable[[str], int],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._executor_id = executor_id
        self._length = length
        self._recover = recover
        self._clock = clock
        self._host = host_name()
        self._pid_started = process_start(os.getpid()) or 0

    def renew(self) -> None:
        """Live on. A lease that somebody took away is taken out anew; DBOS fences what was recovered meanwhile."""
        row = ExecutorRow(
            id=self._executor_id,
            host=self._host,
            pid=os.getpid(),
            pid_started=self._pid_started,
            lease_until=self._clock() + self._length,
        )
        with self._store.transaction() as session:
            executors.renew(session, row)

    def end(self) -> None:
        """Say goodbye, so that others need not wait until the lease runs out."""
        with self._store.transaction() as session:
            executors.expire(session, self._executor_id, self._clock())

    def reap(self) -> int:
        """Recover the jobs of dead workers; returns how many."""
        now = self._clock()
        with self._store.transaction() as session:
            others = executors.others(session, self._executor_id)
        dead = [row for row in others if self._is_dead(row, now)]
        metrics.WORKERS_ALIVE.set(1 + len(others) - len(dead))
        recovered = sum(self._take_over(row, now) for row in dead)
        return recovered

    def _take_over(self, row: ExecutorRow, now: datetime) -> int:
        count = self._recover(row.id)
        if count:
            _log.warning("jobs_recovered", executor=row.id, count=count)
            metrics.JOBS_RECOVERED.inc(count)
        elif now - row.lease_until > _FORGET_AFTER:
            with self._store.transaction() as session:
                executors.remove(session, row.id)
        return count

    def _is_dead(self, row: ExecutorRow, now: datetime) -> bool:
        if row.lease_until <= now:
            return True
        return row.host == self._host and process_start(row.pid) != row.pid_started


def host_name() -> str:
    """The machine, its boot and its process table: only there do process ids mean the same. Containers differ."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    table = Path("/proc/self/ns/pid")
    marks = [boot.read_text().strip() if boot.exists() else "", str(table.readlink()) if table.is_symlink() else ""]
    return ":".join([socket.gethostname(), *marks])[:200]


def process_start(pid: int) -> int | None:
    """When a process began, in clock ticks since boot; None if it is gone. Process ids are used again, this is not.

    Without ``/proc`` every process counts as living, with start 0: then only leases decide.
    """
    if not Path("/proc/self/stat").exists():
        return 0
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # after the name, which may hold anything
    return None if fields[0] in "ZX" else int(fields[19])
