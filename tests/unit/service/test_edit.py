# SPDX-License-Identifier: Apache-2.0
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from affiche.creative.formats import RenderKind
from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.creatives import stored_brief
from affiche.service.creatives.errors import ImageContentNotFound, TaskNotFound, TasksNotEditable, UnreadablePicture
from affiche.service.creatives.queueing import RenderJob
from affiche.service.creatives.values import EditCreatives
from affiche.service.processes.progress import Progress
from tests.doubles.house import House, brief, digest, picture
from tests.unit.service.test_completion import rows


@pytest.fixture
def done(house: House) -> Progress:
    """A finished process with ten tasks."""
    started = house.start("Before", RenderKind.UNSET, brief=brief("Before", description="Long", font="Inter"))
    house.draw(started)
    return house.progress(started)


def edit(house: House, done: Progress, tasks: list[UUID], **fields: Any) -> Progress:
    return house.services.creatives.edit(house.caller, EditCreatives(done.user_id, tuple(tasks), **fields))


def test_chosen_tasks_go_back_and_the_process_with_them(house: House, done: Progress) -> None:
    ids = list(done.tasks)
    edited = edit(house, done, [ids[3], ids[1], ids[3]], headline="After")
    assert (edited.process_id, edited.state, edited.total, edited.completed, edited.progress) == (
        done.process_id,
        1,
        5,
        3,
        60,
    )
    assert list(edited.tasks.items()) == list(zip(ids, [5, 1, 5, 1, 5], strict=True))
    assert house.progress(done) == edited
    with pytest.raises(ImageContentNotFound):
        house.download(done, ids[1])
    assert house.download(done, ids[0]).content
    house.draw(done)
    assert house.progress(done).state == 5
    assert house.outbox.processes == [(done.process_id, 1), (done.process_id, 2)]
    assert sorted(house.outbox.tasks[5:]) == sorted([(ids[1], 2), (ids[3], 2)])


def test_what_an_edit_leaves_out_stays(house: House, done: Progress) -> None:
    first, second, third = list(done.tasks)[:3]
    edit(house, done, [first], headline="After", colour2=Colour(1, 2, 3))
    house.draw(done)
    edit(house, done, [first, second], action="Go", colour3=Colour(4, 5, 6), photo=house.upload(picture(33)))
    tasks = {task.id: task for task in rows(house, done.process_id)}
    dark, light = Colour(20, 30, 40), Colour(250, 240, 230)
    colours = {
        first: (dark, Colour(1, 2, 3), Colour(4, 5, 6)),
        second: (dark, light, Colour(4, 5, 6)),
        third: (dark, light),
    }
    texts = {first: ("After", "Go"), second: ("Before", "Go"), third: ("Before", "Buy")}
    for task_id in (first, second, third):
        kept = stored_brief.from_json(tasks[task_id].brief)
        assert (kept.headline, kept.action) == texts[task_id]
        assert kept.colours == colours[task_id]
        assert (kept.description, kept.font, kept.punchline) == ("Long", "Inter", "A punchline")
    assert [tasks[task].photo_digest == digest(picture(33)) for task in (first, second, third)] == [True, True, False]
    assert {task.logo_digest for task in tasks.values()} == {digest(picture(200))}


def test_only_the_sizes_of_chosen_tasks_are_queued(house: House) -> None:
    started = house.start(kind=RenderKind.SOCIAL)
    house.draw(started)
    ids = list(started.tasks)
    edit(house, started, [ids[0], ids[1], ids[7]])
    jobs = {RenderJob(started.process_id, 2, int(kind)).job_id: int(kind) for kind in RenderKind.SOCIAL}
    assert {jobs[name] for name in house.base.jobs.live(list(jobs))} == {1, 2}


def test_a_task_that_failed_may_be_edited_into_one_that_works(house: House) -> None:
    started = house.start()
    for task in rows(house, started.process_id):
        house.fail_task(task, "No room.")
    again = edit(house, started, list(started.tasks), headline="Short")
    assert (again.state, again.is_successful, again.error_message) == (1, True, "")
    house.draw(started)
    assert house.progress(started).state == 5


def test_a_stale_job_cannot_finish_an_edited_task(house: House, done: Progress) -> None:
    before = rows(house, done.process_id)[0]
    edit(house, done, [before.id])
    assert house.draw_task(before) is False
    assert house.progress(done).tasks[before.id] == 1


def test_a_running_process_cannot_be_edited(house: House, done: Progress) -> None:
    ids = list(done.tasks)
    edit(house, done, ids[:1])
    for chosen in (ids[:1], ids[1:2]):
        with pytest.raises(TasksNotEditable, match="not complete"):
            edit(house, done, chosen)


def test_of_two_edits_at_once_one_is_accepted(house: House, done: Progress) -> None:
    ids = list(done.tasks)

    def attempt(task_id: UUID) -> bool:
        try:
            edit(house, done, [task_id])
        except TasksNotEditable:
            return False
        return True

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(attempt, ids)) == 1
    assert list(house.progress(done).tasks.values()).count(1) == 1


def test_tasks_of_others_and_of_nobody_are_not_found(house: House, done: Progress) -> None:
    mine = next(iter(done.tasks))
    creatives = house.services.creatives
    cases: list[tuple[UUID, Callable[[], object]]] = [
        (mine, lambda: creatives.edit(house.new_caller(), EditCreatives(done.user_id, (mine,)))),
        (mine, lambda: creatives.edit(house.caller, EditCreatives(uuid4(), (mine,)))),
        (UUID(int=5), lambda: edit(house, done, [mine, UUID(int=5)])),
    ]
    for missing, act in cases:
        with pytest.raises(TaskNotFound) as caught:
            act()
        assert caught.value.task_id == missing
    assert house.progress(done) == done


def test_tasks_of_two_processes_are_refused(house: House, done: Progress) -> None:
    other = house.start(user_id=done.user_id)
    house.draw(other)
    with pytest.raises(TasksNotEditable, match="several processes"):
        edit(house, done, [next(iter(done.tasks)), next(iter(other.tasks))])


def test_bad_fields_change_nothing(house: House, done: Progress) -> None:
    ids = list(done.tasks)
    bad: list[tuple[str, list[UUID], dict[str, Any]]] = [
        ("task_ids", [], {}),
        ("font", ids[:1], {"font": "No Such Font"}),
        ("icon", ids[:1], {"icon": "fa-no-such-icon"}),
        ("headline", ids[:1], {"headline": "x" * 256}),
        ("photo", ids[:1], {"photo": house.upload(b"not a picture")}),
        ("logo", ids[:1], {"logo": house.upload(b"not a picture"), "photo": house.upload(picture(11))}),
    ]
    for field, chosen, fields in bad:
        with pytest.raises(InvalidInput) as caught:
            edit(house, done, chosen, **fields)
        assert caught.value.field == field
        assert isinstance(caught.value, UnreadablePicture) is (field in ("photo", "logo"))
    assert house.progress(done) == done
    with pytest.raises(FileNotFoundError):
        (house.settings.home / "files" / "uploads" / digest(picture(11))[:2] / digest(picture(11))).stat()


def test_an_edit_needs_an_active_channel(house: House, done: Progress) -> None:
    for channel in house.services.channels.all(house.caller):
        house.services.channels.delete(house.caller, channel.channel_id)
    with pytest.raises(NoActiveChannel):
        edit(house, done, list(done.tasks)[:1])
