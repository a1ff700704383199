# SPDX-License-Identifier: Apache-2.0
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind, formats_of
from affiche.errors import InvalidInput
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.creatives.errors import NoRunningProcess, ProcessNotFound, UnreadablePicture
from affiche.service.creatives.queueing import RenderJob
from affiche.store.tables import ProcessRow, TaskRow, UploadRow
from affiche.store.uploads import upload_key
from tests.doubles.house import House, brief, digest, files_under, picture
from tests.unit.service.conftest import Hands


def jobs_of(house: House, process: Any, generation: int = 1) -> set[int]:
    """The sizes of a process that jobs wait for."""
    names = {RenderJob(process.process_id, generation, int(kind)).job_id: int(kind) for kind in RenderKind.ALL}
    return {names[name] for name in house.base.jobs.live(list(names))}


def count(house: House, row: type[Any]) -> int:
    with house.base.store.transaction() as session:
        found: int = session.scalars(sa.select(sa.func.count()).select_from(row)).one()
    return found


def test_a_campaign_becomes_a_process_with_tasks_and_jobs(house: House) -> None:
    user = uuid4()
    started = house.start(kind=RenderKind.SOCIAL, user_id=user)
    assert (started.message_type, started.state, started.total, started.completed, started.progress) == (
        "ImageGenerationProgress",
        1,
        25,
        0,
        0,
    )
    assert (started.application_id, started.user_id) == (house.caller.application_id, user)
    assert (started.render_kind, started.render_type, started.is_successful, started.error_message) == (31, 2, True, "")
    assert set(started.tasks.values()) == {1}
    assert house.progress(started) == started
    assert list(house.progress(started).tasks) == list(started.tasks)
    assert jobs_of(house, started) == {int(format.kind) for format in formats_of(RenderKind.SOCIAL)}
    for content in (picture(90), picture(200)):
        assert house.base.blobs.get(upload_key(digest(content))) == content


def test_the_seed_belongs_to_what_the_client_gave(house: House) -> None:
    for headline in ("A", "A", "B"):
        house.start(headline)
    with house.base.store.transaction() as session:
        one, same, other = session.scalars(sa.select(ProcessRow.seed).order_by(ProcessRow.created_at))
    assert one == same == brief("A").seed(picture(90), picture(200))
    assert one != other


def test_unset_means_post_and_is_echoed(house: House) -> None:
    started = house.start(kind=RenderKind.UNSET)
    assert (started.total, started.render_kind) == (5, 0)
    assert jobs_of(house, started) == {1}


def test_the_operator_chooses_how_many_creatives_a_size_gets(house: House) -> None:
    house.settings = house.settings.model_copy(update={"variants_per_size": 2})
    house.services = type(house.services).on(house.base, house.settings)
    assert house.start(kind=RenderKind.ALL).total == 20


BAD_REQUESTS: dict[str, tuple[dict[str, Brief] | bytes, type[Exception]]] = {
    "font": ({"brief": brief(font="No Such Font")}, InvalidInput),
    "icon": ({"brief": brief(icon="fa-solid fa-no-such-icon")}, InvalidInput),
    "photo": (b"not a picture", UnreadablePicture),
    "logo": (picture()[:-40], UnreadablePicture),
}


@pytest.mark.parametrize("field", BAD_REQUESTS)
def test_bad_input_is_named_and_leaves_nothing(house: House, field: str) -> None:
    given, kind = BAD_REQUESTS[field]
    fields = given if isinstance(given, dict) else {field: house.upload(given)}
    with pytest.raises(kind) as caught:
        house.start(**fields)
    assert isinstance(caught.value, InvalidInput)
    assert caught.value.field == field
    assert_nothing_is_left(house)


def test_without_an_active_channel_nothing_starts(house: House) -> None:
    caller = house.new_caller(with_channel=False)
    with pytest.raises(NoActiveChannel) as caught:
        house.start(caller=caller)
    assert caught.value.application_id == caller.application_id
    with pytest.raises(InvalidInput):
        house.start(caller=caller, brief=brief(font="No Such Font"))
    assert_nothing_is_left(house)


def assert_nothing_is_left(house: House) -> None:
    assert [count(house, row) for row in (ProcessRow, TaskRow, UploadRow)] == [0, 0, 0]
    assert files_under(house.settings.home / "files") == []
    table = "dbos.workflow_status" if house.base.store.engine.dialect.name == "postgresql" else "workflow_status"
    with house.base.store.engine.connect() as connection:
        assert connection.scalar(sa.text(f"select count(*) from {table}")) == 0


def test_a_user_sees_own_processes_newest_first(house: House) -> None:
    user = uuid4()
    first, second, _ = house.start(user_id=user), house.start(user_id=user), house.start(user_id=uuid4())
    seen = house.services.creatives.check_user(house.caller, user)
    assert [progress.process_id for progress in seen] == [second.process_id, first.process_id]
    assert house.services.creatives.check_user(house.caller, user, first.process_id) == [first]


def test_what_is_not_there_or_not_ones_own_is_not_found(house: House) -> None:
    started, stranger, nobody = house.start(), house.new_caller(), uuid4()
    for caller, user, process in (
        (stranger, started.user_id, None),
        (stranger, started.user_id, started.process_id),
        (house.caller, nobody, None),
        (house.caller, nobody, started.process_id),
        (house.caller, started.user_id, nobody),
    ):
        with pytest.raises(ProcessNotFound) as caught:
            house.services.creatives.check_user(caller, user, process)
        assert (caught.value.user_id, caught.value.process_id) == (user, process)
    with pytest.raises(NoRunningProcess):
        house.services.creatives.check_application(stranger)


def test_an_application_sees_running_and_lately_finished_processes(house: House, clock: Hands) -> None:
    running, finished = house.start(), house.start()
    house.draw(finished)
    clock.pass_by(hours=23)
    newest = house.start()
    listed = house.services.creatives.check_application(house.caller)
    ids = [newest.process_id, finished.process_id, running.process_id]
    assert [progress.process_id for progress in listed] == ids
    clock.pass_by(hours=2)
    listed = house.services.creatives.check_application(house.caller)
    assert [progress.process_id for progress in listed] == [newest.process_id, running.process_id]
