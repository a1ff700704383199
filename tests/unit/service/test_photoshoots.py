# SPDX-License-Identifier: Apache-2.0
"""Cutting products out, starting photoshoots and following them, without a worker."""

import hashlib
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.creative.formats import RenderKind
from affiche.errors import InvalidInput
from affiche.service.creatives.errors import NoRunningProcess, ProcessNotFound, TaskNotFound
from affiche.service.creatives.values import EditCreatives
from affiche.service.photoshoots.errors import (
    AssetNotFound,
    BackgroundNotRemoved,
    NoRunningPhotoshoot,
    PhotoshootNotFound,
)
from affiche.service.photoshoots.values import CustomPrompt, PhotoshootProgress
from affiche.store import processes
from affiche.store.blobs import BlobNotFound
from affiche.store.tables import AssetRow, ProcessRow, TaskRow, UploadRow
from affiche.store.uploads import upload_key
from tests.doubles import rendering
from tests.doubles.house import House
from tests.unit.service.conftest import Hands


def rows(house: House, started: PhotoshootProgress) -> list[TaskRow]:
    process_id = started.progress.process_id
    with house.base.store.transaction() as session:
        return processes.tasks_of(session, [process_id])[process_id]


def count(house: House, row: type) -> int:
    with house.base.store.transaction() as session:
        return session.scalars(sa.select(sa.func.count()).select_from(row)).one()


def test_a_cut_out_becomes_an_asset_and_the_photo_is_not_kept(house: House) -> None:
    found = house.product(told=b"kettle")
    assert (found.product_name, len(found.prompts), len(found.preset_ids)) == ("kettle", 4, 6)
    with house.base.store.transaction() as session:
        (asset,) = session.scalars(sa.select(AssetRow))
    assert (asset.id, asset.application_id) == (found.asset_id, house.caller.application_id)
    assert (asset.width, asset.height, asset.confidence) == (40, 60, 0.9)
    assert house.base.blobs.get(upload_key(asset.digest)) == b"cut out of kettle"
    with pytest.raises(BlobNotFound):
        house.base.blobs.get(upload_key(hashlib.sha256(b"kettle").hexdigest()))


def test_a_photo_without_a_product_leaves_nothing(house: House) -> None:
    with pytest.raises(BackgroundNotRemoved) as refused:
        house.product(told=rendering.BLANK.encode())
    told = '{"errors":[{"title":"Could not identify foreground in image","code":"unknown_foreground"}]}'
    assert refused.value.document == told
    with pytest.raises(InvalidInput) as wrong:
        house.product(told=rendering.UNREADABLE.encode())
    assert wrong.value.field == "product_image"
    assert (count(house, AssetRow), count(house, UploadRow)) == (0, 0)


def test_an_asset_outlives_the_upkeep_of_uploads(house: House, clock: Hands) -> None:
    house.product()
    clock.pass_by(days=30)
    house.upkeep({})
    clock.pass_by(days=30)
    house.upkeep({})
    assert count(house, UploadRow) == 1
    started = house.shoot(asset_id=house.product().asset_id)
    assert started.progress.total == 1


def test_every_prompt_becomes_a_task_and_a_job(house: House) -> None:
    started = house.shoot("white_background", "marble_and_gold", "white_background")
    progress = started.progress
    assert (progress.message_type, progress.state, progress.total) == ("ImageProductGenerationProgress", 1, 3)
    assert (progress.completed, progress.progress, progress.is_successful, progress.error_message) == (0, 0, False, "")
    assert progress.render_type == 4
    tasks = rows(house, started)
    assert [(task.brief["prompt"]["preset"], task.variant) for task in tasks] == [
        ("white_background", 1),
        ("marble_and_gold", 1),
        ("white_background", 2),
    ]
    assert all(task.logo_digest is None and task.public_id not in (None, task.id) for task in tasks)
    assert house.base.jobs.live([f"shoot:{task.id}" for task in tasks]) == {f"shoot:{task.id}" for task in tasks}


@pytest.mark.parametrize(
    ("kind", "safe_margin", "sizes"),
    [
        (RenderKind.LANDSCAPE, True, [(1674, 628)]),
        (RenderKind.LANDSCAPE, False, [(1200, 628)]),
        (RenderKind.POST, True, [(1080, 1080)]),
        (RenderKind.UNSET, True, [(1080, 1080)]),
        (RenderKind.SOCIAL, True, [(1080, 1080), (1080, 1920), (1674, 628), (1080, 1350), (1000, 1500)]),
    ],
)
def test_the_margin_is_for_landscapes(
    house: House, kind: RenderKind, safe_margin: bool, sizes: list[tuple[int, int]]
) -> None:
    started = house.shoot(render_kind=kind, safe_margin=safe_margin)
    assert [(task.brief["width"], task.brief["height"]) for task in rows(house, started)] == sizes
    assert started.progress.render_kind == int(kind)


def test_what_is_wrong_leaves_nothing(house: House) -> None:
    asset = house.product().asset_id
    for prompts in ("no_such_preset",), ("white_background",) * 7:
        with pytest.raises(InvalidInput) as refused:
            house.shoot(*prompts, asset_id=asset)
        assert refused.value.field == "prompts"
    with pytest.raises(InvalidInput):
        house.shoot(asset_id=asset, prompts=())
    with pytest.raises(AssetNotFound):
        house.shoot(asset_id=uuid4())
    with pytest.raises(AssetNotFound):
        house.shoot(asset_id=asset, caller=house.new_caller())
    assert (count(house, ProcessRow), count(house, TaskRow)) == (0, 0)


def test_no_channel_is_needed(house: House) -> None:
    assert house.shoot(caller=house.new_caller(with_channel=False)).progress.total == 1


def test_progress_tells_addresses_of_what_is_done(house: House) -> None:
    started = house.shoot("white_background", "marble_and_gold")
    first, second = rows(house, started)
    house.draw_task(first)
    now = house.photos(started)
    assert (now.progress.state, now.progress.progress, now.progress.is_successful) == (1, 50, False)
    assert now.urls == {first.id: f"{house.settings.url}/files/photoshoots/{first.public_id}.png", second.id: None}
    assert first.public_id is not None
    assert second.public_id is not None
    assert house.services.photoshoots.gallery.photo(first.public_id).startswith(b"\x89PNG")
    with pytest.raises(BlobNotFound):
        house.services.photoshoots.gallery.photo(second.public_id)
    house.draw_task(second)
    done = house.photos(started).progress
    assert (done.state, done.progress, done.is_successful) == (5, 100, True)


def test_a_failed_picture_is_no_success(house: House) -> None:
    started = house.shoot("white_background", "marble_and_gold")
    first, second = rows(house, started)
    house.draw_task(first)
    house.fail_task(second, "The product would not look as in the photo.")
    now = house.photos(started)
    assert (now.progress.state, now.progress.progress, now.progress.is_successful) == (4, 100, False)
    assert now.progress.error_message == "1 of 2 pictures failed. The product would not look as in the photo."
    assert now.urls[second.id] is None


def test_photoshoots_and_creatives_do_not_see_each_other(house: House) -> None:
    shoot, creatives = house.shoot(), house.start()
    user, process = shoot.progress.user_id, shoot.progress.process_id
    services, caller = house.services, house.caller
    with pytest.raises(ProcessNotFound):
        services.creatives.check_user(caller, user, process)
    with pytest.raises(PhotoshootNotFound):
        services.photoshoots.check_user(caller, creatives.user_id, creatives.process_id)
    assert [one.process_id for one in services.creatives.check_application(caller)] == [creatives.process_id]
    assert [one.progress.process_id for one in services.photoshoots.check_application(caller)] == [process]
    (task,) = rows(house, shoot)
    house.draw_task(task)
    with pytest.raises(TaskNotFound):
        services.creatives.edit(caller, EditCreatives(user, (task.id,), headline="Another"))


def test_others_photoshoots_are_not_found(house: House, clock: Hands) -> None:
    started = house.shoot()
    stranger = house.new_caller()
    with pytest.raises(PhotoshootNotFound):
        house.photos(started, stranger)
    with pytest.raises(NoRunningPhotoshoot):
        house.services.photoshoots.check_application(stranger)
    with pytest.raises(NoRunningProcess):
        house.services.creatives.check_application(house.caller)
    (task,) = rows(house, started)
    house.draw_task(task)
    clock.pass_by(hours=house.settings.finished_visible_hours + 1)
    with pytest.raises(NoRunningPhotoshoot):
        house.services.photoshoots.check_application(house.caller)


def test_pictures_that_lost_their_job_get_another(house: House, clock: Hands) -> None:
    started = house.shoot()
    (task,) = rows(house, started)
    clock.pass_by(minutes=11)
    house.upkeep({})
    retry = f"shoot:{task.id}:{clock.now:%Y%m%d%H}"
    assert house.base.jobs.live([retry]) == set()
    house.base.jobs._client.cancel_workflow(f"shoot:{task.id}")
    house.upkeep({})
    assert house.base.jobs.live([retry]) == {retry}


def test_a_preview_is_drawn_once(house: House) -> None:
    gallery = house.services.photoshoots.gallery
    first = gallery.preview("white_background")
    assert first.content.startswith(b"white_background by ")
    house.services.renders.close()  # another process would sign otherwise
    assert gallery.preview("white_background") == first
    with pytest.raises(BlobNotFound):
        gallery.preview("../secrets")


def test_prompts_in_words_are_taken_but_not_empty_or_endless_ones(house: House) -> None:
    assert house.shoot(prompts=(CustomPrompt("on a slate counter"),)).progress.total == 1
    with pytest.raises(InvalidInput, match="empty"):
        house.shoot(prompts=(CustomPrompt(" ", ""),))
    with pytest.raises(InvalidInput, match="1200 characters; at most 1000"):
        house.shoot(prompts=(CustomPrompt("slate " * 200),))
