# SPDX-License-Identifier: Apache-2.0
"""Finishing tasks, and what follows for the process, its events and its files."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from affiche.creative.formats import RenderKind
from affiche.images.encode import ImageFormat
from affiche.service.creatives.errors import ImageContentNotFound
from affiche.service.creatives.values import DownloadOrder
from affiche.store import processes
from affiche.store.tables import ProcessRow, TaskRow
from tests.doubles.house import House


def rows(house: House, process_id: UUID) -> list[TaskRow]:
    with house.base.store.transaction() as session:
        return processes.tasks_of(session, [process_id])[process_id]


def test_progress_follows_the_tasks(house: House) -> None:
    started = house.start()
    seen = []
    for task in rows(house, started.process_id):
        house.draw_task(task)
        now = house.progress(started)
        seen.append((now.completed, now.progress, now.state))
    assert seen == [(1, 20, 1), (2, 40, 1), (3, 60, 1), (4, 80, 1), (5, 100, 5)]
    assert house.outbox.processes == [(started.process_id, 1)]


def test_a_task_counts_once_however_often_it_is_drawn(house: House) -> None:
    started = house.start()
    tasks = rows(house, started.process_id)
    assert [house.draw_task(task) for task in tasks] == [True] * 5
    assert [house.draw_task(task) for task in tasks] == [False] * 5
    assert house.fail_task(tasks[0], "too late") is False
    assert len(house.outbox.tasks) == 5
    assert house.outbox.processes == [(started.process_id, 1)]
    assert house.progress(started).is_successful


def test_tasks_that_end_at_the_same_time_make_one_end_of_the_process(house: House) -> None:
    for _ in range(3):
        started = house.start(kind=RenderKind.SOCIAL)
        tasks = rows(house, started.process_id) * 2
        barrier = threading.Barrier(8)

        def work(mine: list[TaskRow], barrier: threading.Barrier = barrier) -> int:
            barrier.wait()
            return sum(house.draw_task(task) for task in mine)

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(work, [tasks[number::8] for number in range(8)])) == 25
        assert house.outbox.processes.count((started.process_id, 1)) == 1
    assert len(house.outbox.tasks) == 75


def test_a_failed_task_shows_on_its_process(house: House) -> None:
    started = house.start()
    first, second, *others = rows(house, started.process_id)
    house.fail_task(first, "The headline does not fit; cut 12 characters.")
    now = house.progress(started)
    assert (now.state, now.completed, now.is_successful) == (1, 1, False)
    house.fail_task(second, "The headline does not fit; cut 12 characters.")
    for task in others:
        house.draw_task(task)
    now = house.progress(started)
    assert (now.state, now.progress, now.is_successful) == (4, 100, False)
    assert now.error_message == "2 of 5 creatives failed. The headline does not fit; cut 12 characters."
    assert list(now.tasks.values()) == [4, 4, 5, 5, 5]
    with pytest.raises(ImageContentNotFound):
        house.download(started, first.id)


def test_the_operator_chooses_the_number_of_failure(house: House) -> None:
    started = house.start()
    for task in rows(house, started.process_id):
        house.fail_task(task, "No.")
    house.settings = house.settings.model_copy(update={"failed_state": 7})
    house.services = type(house.services).on(house.base, house.settings)
    now = house.progress(started)
    assert (now.state, set(now.tasks.values())) == (7, {7})


def test_what_an_outbox_refuses_is_not_finished(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    started = house.start()
    task = rows(house, started.process_id)[0]

    def refuse(*_: object) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(house.outbox, "record_task_completed", refuse)
        with pytest.raises(RuntimeError):
            house.draw_task(task)
    assert house.progress(started) == started
    assert house.draw_task(task)


def test_a_download_is_the_stored_file_and_counts(house: House) -> None:
    started = house.start()
    house.draw(started)
    task_id = next(iter(started.tasks))
    original = house.download(started, task_id)
    thumbnail = house.download(started, task_id, low_resolution=True)
    assert (original.content[:4], original.content_type, original.filename) == (
        b"\x89PNG",
        "image/png",
        f"{task_id}.png",
    )
    assert (thumbnail.content[:2], thumbnail.content_type, thumbnail.filename) == (
        b"\xff\xd8",
        "image/jpeg",
        f"{task_id}.jpg",
    )
    webp = house.download(started, task_id, ImageFormat.WEBP)
    assert (webp.content[8:12], webp.filename) == (b"WEBP", f"{task_id}.webp")
    small = house.download(started, task_id, ImageFormat.PNG, low_resolution=True)
    assert small.content[:4] == b"\x89PNG"
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: house.download(started, task_id), range(8)))
    assert counts(house, started.process_id, task_id) == (12, 12)


def counts(house: House, process_id: UUID, task_id: UUID) -> tuple[int, int]:
    with house.base.store.transaction() as session:
        process, task = session.get(ProcessRow, process_id), session.get(TaskRow, task_id)
        assert process is not None
        assert task is not None
        return process.download_count, task.download_count


def test_what_is_not_finished_or_not_ones_own_cannot_be_downloaded(house: House) -> None:
    started, other = house.start(), house.start()
    task_id = next(iter(started.tasks))
    with pytest.raises(ImageContentNotFound):
        house.download(started, task_id)
    house.draw(started)
    for caller, process_id, wanted in (
        (house.new_caller(), started.process_id, task_id),
        (house.caller, other.process_id, task_id),
        (house.caller, started.process_id, next(iter(other.tasks))),
        (house.caller, uuid4(), task_id),
    ):
        with pytest.raises(ImageContentNotFound):
            house.services.creatives.download(caller, DownloadOrder(process_id, wanted))
    assert counts(house, started.process_id, task_id) == (0, 0)
