# SPDX-License-Identifier: Apache-2.0
"""What the rest of the program counts on from the job queue, on both databases."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.jobs.dbos_jobs import DbosJobs
from affiche.jobs.dbos_runner import DbosRunner, QueueTerms
from affiche.jobs.port import JobKind, Payload
from affiche.store.unit_of_work import Store

Run = Callable[[Payload], None]


@pytest.fixture
def jobs(store: Store) -> Iterator[DbosJobs]:
    opened = DbosJobs(store.engine)
    yield opened
    opened.close()


@contextmanager
def running(store: Store, handler: Run, slots: int = 4, partition_slots: int | None = None) -> Iterator[DbosRunner]:
    runner = DbosRunner(store.engine, str(uuid4()))
    runner.start({JobKind.RENDER: handler}, {JobKind.RENDER: QueueTerms(slots, partition_slots or slots, 0.02)})
    try:
        yield runner
    finally:
        runner.stop(1)


def enqueue(store: Store, jobs: DbosJobs, number: int, partition: str = "a", **options: object) -> None:
    with store.transaction() as session:
        jobs.enqueue(session, JobKind.RENDER, {"number": number}, partition=partition, **options)  # type: ignore[arg-type]


def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)


def test_a_job_runs_after_its_transaction_and_never_without_it(store: Store, jobs: DbosJobs) -> None:
    seen: list[Payload] = []
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        jobs.enqueue(session, JobKind.RENDER, {"number": 1}, partition="a", job_id="lost")
        raise ZeroDivisionError
    with store.transaction() as session:
        jobs.enqueue(session, JobKind.RENDER, {"number": 2, "tasks": ["x"]}, partition="a", job_id="kept")
    assert jobs.live(["lost", "kept"]) == {"kept"}
    with running(store, seen.append):
        until(lambda: bool(seen))
        until(lambda: jobs.live(["kept"]) == set())
    assert seen == [{"number": 2, "tasks": ["x"]}]


def test_the_same_id_makes_one_job(store: Store, jobs: DbosJobs) -> None:
    seen: list[Payload] = []
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: enqueue(store, jobs, number, job_id="same"), range(4)))
    with running(store, seen.append):
        until(lambda: bool(seen))
        enqueue(store, jobs, 9, job_id="same")
        time.sleep(0.3)
    assert len(seen) == 1


def test_a_delayed_job_waits(store: Store, jobs: DbosJobs) -> None:
    seen: list[float] = []
    enqueued = time.monotonic()
    enqueue(store, jobs, 1, delay_seconds=1.5)
    with running(store, lambda payload: seen.append(time.monotonic())):
        until(lambda: bool(seen))
    assert 1.0 <= seen[0] - enqueued < 8  # SQLite's clock has whole seconds


def test_a_job_that_fails_for_a_moment_is_tried_again(store: Store, jobs: DbosJobs) -> None:
    seen: list[Payload] = []

    def handler(payload: Payload) -> None:
        seen.append(payload)
        if len(seen) < 3:
            raise ConnectionError("The storage is away.")

    enqueue(store, jobs, 1, job_id="stubborn")
    with running(store, handler):
        until(lambda: jobs.live(["stubborn"]) == set())
    assert len(seen) == 3


def test_a_newcomer_need_not_wait_behind_a_long_queue(store: Store, jobs: DbosJobs) -> None:
    order: list[int] = []

    def handler(payload: Payload) -> None:
        time.sleep(0.03)
        order.append(int(str(payload["number"])))

    for number in range(40):
        enqueue(store, jobs, number, partition="busy")
    for number in (100, 101):
        enqueue(store, jobs, number, partition="newcomer")
    with running(store, handler, slots=2):
        until(lambda: len(order) == 42, 30)
    assert max(order.index(100), order.index(101)) < 30


def test_a_partition_that_hangs_holds_up_only_itself(store: Store, jobs: DbosJobs) -> None:
    seen: list[int] = []
    released = threading.Event()

    def handler(payload: Payload) -> None:
        number = int(str(payload["number"]))
        if number < 100:
            released.wait(30)
        seen.append(number)

    for number in range(20):
        enqueue(store, jobs, number, partition="hangs")
    for number in range(100, 120):
        enqueue(store, jobs, number, partition="lives")
    with running(store, handler, slots=4, partition_slots=2):
        until(lambda: len(seen) == 20)
        assert min(seen) == 100
        released.set()
        until(lambda: len(seen) == 40)


def test_what_a_leaving_worker_could_not_finish_is_recovered(store: Store, jobs: DbosJobs) -> None:
    began = threading.Event()
    seen: list[Payload] = []

    def failing(payload: Payload) -> None:
        began.set()
        raise ConnectionError("The storage is away.")

    enqueue(store, jobs, 1, job_id="handed on")
    runner = DbosRunner(store.engine, "leaving")
    runner.start({JobKind.RENDER: failing}, {JobKind.RENDER: QueueTerms(1, 1, 0.02)})
    assert began.wait(10)
    runner.stop(3)
    assert jobs.live(["handed on"]) == {"handed on"}
    with running(store, seen.append) as other:
        time.sleep(0.2)
        assert seen == []
        assert other.recover("leaving") == 1
        assert other.recover("leaving") == 0
        until(lambda: bool(seen))


def test_records_of_ended_jobs_are_forgotten(store: Store, jobs: DbosJobs) -> None:
    with running(store, lambda payload: None):
        for number in range(3):
            enqueue(store, jobs, number, job_id=f"job {number}")
        until(lambda: jobs.live([f"job {number}" for number in range(3)]) == set())
    enqueue(store, jobs, 4, job_id="waiting")
    assert jobs.forget_ended(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert jobs.forget_ended(datetime.now(UTC) + timedelta(seconds=2)) == 3
    table = "dbos.workflow_status" if store.engine.dialect.name == "postgresql" else "workflow_status"
    with store.engine.connect() as connection:
        assert connection.scalars(sa.text(f"select workflow_uuid from {table}")).all() == ["waiting"]
