# SPDX-License-Identifier: Apache-2.0
"""From a product photo to finished pictures, through jobs and render processes."""

import json

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from affiche.creative.formats import RenderKind
from affiche.service.photoshoots.values import PhotoOrder, PhotoshootProgress
from affiche.store.tables import TaskRow
from tests.doubles import rendering
from tests.doubles.house import House, wait_for


def finished(house: House, started: PhotoshootProgress) -> PhotoshootProgress:
    wait_for(lambda: house.photos(started).progress.progress == 100)
    return house.photos(started)


def test_every_picture_is_taken_once_and_one_event_ends_the_photoshoot(house: House) -> None:
    presets = ("white_background", "marble_and_gold", "white_background")
    started = house.shoot(*presets, render_kind=RenderKind.SOCIAL, personal=False)
    with house.working():
        done = finished(house, started)
    assert (done.progress.state, done.progress.completed, done.progress.is_successful) == (5, 15, True)
    assert sorted(house.outbox.tasks) == sorted((task_id, 1) for task_id in started.progress.tasks)
    assert house.outbox.processes == [(started.progress.process_id, 1)]
    told = []
    for task in started.progress.tasks:
        order = PhotoOrder(started.progress.process_id, task)
        told.append(json.loads(house.services.photoshoots.download(house.caller, order).content[4:]))
    assert [(item["preset"], item["variant"]) for item in told[:3]] == list(zip(presets, (1, 1, 2), strict=True))
    assert [item["size"] for item in told[::3]] == [[1080, 1080], [1080, 1920], [1674, 628], [1080, 1350], [1000, 1500]]
    assert {item["personal"] for item in told} == {False}
    assert len({item["seed"] for item in told}) == 1
    assert_receipts(house, started)


def assert_receipts(house: House, started: PhotoshootProgress) -> None:
    with house.base.store.transaction() as session:
        query = sa.select(TaskRow).where(TaskRow.process_id == started.progress.process_id)
        tasks = list(session.scalars(query.options(undefer(TaskRow.receipt))))
    for task in tasks:
        assert task.receipt is not None
        assert task.receipt["result"] == task.digest
        assert task.receipt["cutout"] == task.photo_digest
        assert task.receipt["prompt"] == task.brief["prompt"]


def test_failures_stay_with_their_pictures(house: House) -> None:
    cases = {rendering.TOO_LONG: "cut 12 characters", rendering.CRASH: "anew", rendering.FAULT: "a fault of ours"}
    assets = {what: house.product(told=(rendering.AT_SHOOTING + what).encode()).asset_id for what in cases}
    started = {what: house.shoot(asset_id=asset) for what, asset in assets.items()}
    with house.working():
        done = {what: finished(house, one) for what, one in started.items()}
    for what, words in cases.items():
        progress = done[what].progress
        assert (progress.state, progress.is_successful, set(progress.tasks.values())) == (4, False, {4})
        assert words in progress.error_message
        assert set(done[what].urls.values()) == {None}
