# SPDX-License-Identifier: Apache-2.0
import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from affiche.service.creatives.queueing import RenderJob
from affiche.service.creatives.values import EditCreatives
from affiche.store.blobs import BlobNotFound
from affiche.store.tables import DiscardedBlobRow, RefreshTokenRow, UploadRow
from affiche.store.uploads import upload_key
from tests.doubles.house import House, digest, files_under, picture
from tests.unit.service.conftest import Hands


def digests(house: House) -> set[str]:
    with house.base.store.transaction() as session:
        return set(session.scalars(sa.select(UploadRow.digest)))


def test_what_a_failed_request_left_goes_after_the_grace_time(
    house: House, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(house.base.jobs, "enqueue", refuse)
        with pytest.raises(RuntimeError):
            house.start()
    assert len(files_under(house.settings.home / "files")) == 2
    house.upkeep({})
    assert len(digests(house)) == 2
    for _ in range(2):  # first it is discarded, then it is deleted
        clock.pass_by(hours=1.1)
        house.upkeep({})
    assert digests(house) == set()
    assert files_under(house.settings.home / "files") == []


def test_pictures_in_use_stay_however_old(house: House, clock: Hands) -> None:
    started = house.start()
    house.draw(started)
    before = files_under(house.settings.home / "files")
    for _ in range(3):
        clock.pass_by(days=30)
        house.upkeep({})
    assert files_under(house.settings.home / "files") == before
    assert house.download(started, next(iter(started.tasks)))


def test_files_that_an_edit_replaced_are_deleted(house: House, clock: Hands) -> None:
    started = house.start()
    house.draw(started)
    old = set(files_under(house.settings.home / "files" / "results"))
    chosen = tuple(started.tasks)
    new_photo = house.upload(picture(12))
    house.services.creatives.edit(house.caller, EditCreatives(started.user_id, chosen, photo=new_photo))
    house.draw(started)
    for _ in range(2):
        clock.pass_by(hours=1.1)
        house.upkeep({})
    left = set(files_under(house.settings.home / "files" / "results"))
    assert len(left) == 10
    assert not left & old
    assert digests(house) == {digest(picture(12)), digest(picture(200))}
    with pytest.raises(BlobNotFound):
        house.base.blobs.get(upload_key(digest(picture(90))))
    with house.base.store.transaction() as session:
        assert session.scalars(sa.select(DiscardedBlobRow.key)).all() == []


def test_a_picture_that_comes_back_is_not_deleted(house: House, clock: Hands) -> None:
    started = house.start()
    house.draw(started)
    edit = EditCreatives(started.user_id, tuple(started.tasks), photo=house.upload(picture(12)))
    house.services.creatives.edit(house.caller, edit)
    clock.pass_by(hours=1.1)
    house.upkeep({})
    assert digest(picture(90)) not in digests(house)
    house.start()
    clock.pass_by(hours=1.1)
    house.upkeep({})
    assert house.base.blobs.get(upload_key(digest(picture(90)))) == picture(90)


def test_tasks_that_lost_their_job_are_queued_again(house: House, clock: Hands) -> None:
    started = house.start()
    job = RenderJob(started.process_id, 1, 1)
    again = f"{job.job_id}:{clock.now + timedelta(hours=1):%Y%m%d%H}"
    house.upkeep({})
    assert house.base.jobs.live([job.job_id, again]) == {job.job_id}
    table = "dbos.workflow_status" if house.base.store.engine.dialect.name == "postgresql" else "workflow_status"
    with house.base.store.engine.begin() as connection:
        connection.execute(sa.text(f"update {table} set status='ERROR' where workflow_uuid=:id"), {"id": job.job_id})
    house.upkeep({})
    assert house.base.jobs.live([job.job_id, again]) == set()
    clock.pass_by(hours=1)
    house.upkeep({})
    assert house.base.jobs.live([job.job_id, again]) == {again}


def test_expired_refresh_tokens_and_old_drafts_go(house: House, clock: Hands, tmp_path: Path) -> None:
    made = house.services.applications.create("One")
    house.services.tokens.issue(made.application_id, made.jwt_private_key)
    house.start()
    draft = house.settings.home / "files" / "uploads" / ".draft-crashed"
    draft.write_bytes(b"half")
    incoming = list(house.settings.incoming.iterdir())
    assert len(incoming) == 2
    for path in (draft, *incoming):
        os.utime(path, (1, 1))
    house.upkeep({})
    assert not draft.exists()
    assert list(house.settings.incoming.iterdir()) == []
    clock.pass_by(days=9)
    house.upkeep({})
    with house.base.store.transaction() as session:
        assert session.scalars(sa.select(RefreshTokenRow)).all() == []
