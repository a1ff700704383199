# SPDX-License-Identifier: Apache-2.0
"""From a request to finished creatives, through jobs and render processes."""

import json
from pathlib import Path

from affiche.creative.formats import RenderKind
from affiche.service.creatives.values import EditCreatives
from tests.doubles import rendering
from tests.doubles.house import House


def test_every_task_is_drawn_once_and_one_event_ends_the_process(house: House) -> None:
    started = house.start(kind=RenderKind.SOCIAL)
    with house.working():
        finished = house.finished(started)
    assert (finished.state, finished.completed, finished.is_successful) == (5, 25, True)
    assert sorted(house.outbox.tasks) == sorted((task_id, 1) for task_id in started.tasks)
    assert house.outbox.processes == [(started.process_id, 1)]
    drawn = [house.download(started, task) for task in started.tasks]
    told = [json.loads(image.content) for image in drawn]
    assert [(item["format"], item["variant"]) for item in told] == [
        (name, variant) for name in ("post", "story", "landscape", "vertical", "pin") for variant in range(1, 6)
    ]
    assert len({item["seed"] for item in told}) == 1


def test_an_edited_task_is_drawn_again_and_its_old_file_goes(house: House) -> None:
    started = house.start()
    chosen, kept = list(started.tasks)[:2]
    with house.working():
        house.finished(started)
        edit = EditCreatives(started.user_id, (chosen,), headline="Another headline")
        edited = house.services.creatives.edit(house.caller, edit)
        assert (edited.state, edited.completed, edited.progress, edited.tasks[chosen]) == (1, 4, 80, 1)
        house.finished(started)
    headline = {task: json.loads(house.download(started, task).content)["headline"] for task in (chosen, kept)}
    assert headline == {chosen: "Another headline", kept: "A headline"}
    assert (chosen, 2) in house.outbox.tasks
    assert house.outbox.processes == [(started.process_id, 1), (started.process_id, 2)]


def test_failures_stay_with_their_tasks(house: House, tmp_path: Path) -> None:
    mark = tmp_path / "crashed"
    cases = {
        rendering.TOO_LONG: "5 of 5 creatives failed. The headline does not fit; cut 12 characters.",
        rendering.CRASH: "save the pictures you sent anew",
        rendering.FAULT: "a fault of ours",
        rendering.CRASH_ONCE + str(mark): "",
    }
    started = {headline: house.start(headline) for headline in cases}
    with house.working():
        finished = {headline: house.finished(progress) for headline, progress in started.items()}
    for headline, words in cases.items():
        progress = finished[headline]
        assert words in progress.error_message
        assert progress.is_successful is (words == "")
        assert set(progress.tasks.values()) == ({4} if words else {5})
        assert progress.state == (4 if words else 5)
