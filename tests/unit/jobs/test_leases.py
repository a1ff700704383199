# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from affiche.jobs.leases import Leases, host_name, process_start
from affiche.store import executors
from affiche.store.tables import ExecutorRow
from affiche.store.unit_of_work import Store

NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)
LENGTH = timedelta(seconds=10)


@dataclass
class Scene:
    """One worker's leases at a time that the test moves; ``jobs`` are those of other workers."""

    store: Store
    now: datetime = NOON
    jobs: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def leases(self, name: str = "me") -> Leases:
        return Leases(self.store, name, LENGTH, self.recover, lambda: self.now)

    def recover(self, executor_id: str) -> int:
        self.asked.append(executor_id)
        return self.jobs.pop(executor_id, 0)

    def other(self, host: str, pid: int, started: int, lease_until: datetime) -> None:
        with self.store.transaction() as session:
            row = ExecutorRow(id="other", host=host, pid=pid, pid_started=started, lease_until=lease_until)
            executors.renew(session, row)

    def names(self) -> set[str]:
        with self.store.transaction() as session:
            return {row.id for row in executors.others(session, "nobody")}


@pytest.fixture
def scene(store: Store) -> Scene:
    return Scene(store)


def gone_process() -> tuple[int, int]:
    """Id and start of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        started = process_start(process.pid)
    assert started is not None
    return process.pid, started


def test_a_worker_whose_lease_ran_out_is_dead(scene: Scene) -> None:
    scene.other("elsewhere", 1, 1, NOON + LENGTH)
    scene.jobs = {"other": 3}
    assert scene.leases().reap() == 0
    scene.now += LENGTH
    assert scene.leases().reap() == 3
    assert scene.asked == ["other"]


def test_a_process_that_is_gone_from_this_host_is_dead_at_once(scene: Scene) -> None:
    scene.other(host_name(), *gone_process(), NOON + LENGTH)
    scene.jobs = {"other": 1}
    assert scene.leases().reap() == 1


def test_a_process_number_that_is_used_again_does_not_revive_a_worker(scene: Scene) -> None:
    scene.other(host_name(), os.getpid(), 1, NOON + LENGTH)
    scene.leases().reap()
    assert scene.asked == ["other"]


def test_a_living_worker_is_left_alone(scene: Scene) -> None:
    started = process_start(os.getpid())
    assert started is not None
    scene.other(host_name(), os.getpid(), started, NOON + LENGTH)
    scene.other("elsewhere", 1, 1, NOON + LENGTH)
    assert scene.leases().reap() == 0
    assert scene.asked == []


def test_a_dead_worker_is_asked_about_again_and_forgotten_in_the_end(scene: Scene) -> None:
    scene.other("elsewhere", 1, 1, NOON)
    leases = scene.leases()
    for _ in range(3):
        leases.reap()
    assert scene.asked == ["other"] * 3
    scene.now += timedelta(minutes=11)
    leases.reap()
    assert scene.names() == set()


def test_a_lease_is_renewed_ended_and_taken_out_anew(scene: Scene) -> None:
    mine, theirs = scene.leases("mine"), scene.leases("theirs")
    mine.renew()
    scene.now += LENGTH - timedelta(seconds=1)
    mine.renew()
    scene.now += timedelta(seconds=2)
    theirs.reap()
    assert scene.asked == []
    mine.end()
    theirs.reap()
    assert scene.asked == ["mine"]
    with scene.store.transaction() as session:
        executors.remove(session, "mine")
    mine.renew()
    assert scene.names() == {"mine"}
