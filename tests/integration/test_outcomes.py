# SPDX-License-Identifier: Apache-2.0
"""Budgets, documents, scores, diversity and receipts, through jobs and render processes on every database and storage."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.errors import InvalidInput
from affiche.images.encode import ImageFormat
from affiche.jobs.rendering.on_demand import RendersOnDemand
from affiche.jobs.rendering.pool import RenderTerms
from affiche.service.assets.results import document_key
from affiche.service.creatives.errors import DocumentNotDrawn, ImageContentNotFound, ReceiptNotFound, ScoreNotFound
from affiche.service.creatives.replay import Replayed, Replays
from affiche.service.creatives.values import EditCreatives
from affiche.service.processes.progress import Progress
from affiche.store.blobs import BlobNotFound
from affiche.store.tables import TaskRow
from affiche.store.uploads import take_discarded, upload_key
from tests.doubles import rendering
from tests.doubles.house import House, digest, picture


def drawn(house: House, headline: str = "A headline", **fields: object) -> Progress:
    """A process that has ended."""
    started = house.start(headline, **fields)  # type: ignore[arg-type]
    with house.working():
        return house.finished(started)


def detailed(house: House, started: Progress) -> Progress:
    (found,) = house.services.creatives.check_user(house.caller, started.user_id, started.process_id, details=True)
    return found


def replay(house: House, task_id: UUID) -> Replayed:
    renders = RendersOnDemand(RenderTerms(1, renderer=rendering.SKETCHER))
    try:
        return Replays(house.base.store, house.base.blobs, renders)(task_id)
    finally:
        renders.close()


def test_a_budget_reaches_the_worker_and_the_file_says_what_it_is(house: House) -> None:
    done = drawn(house, max_bytes=5_000)
    task = next(iter(done.tasks))
    image = house.download(done, task)
    assert (image.content_type, image.filename) == ("image/jpeg", f"{task}.jpg")
    details = detailed(house, done).details
    assert details is not None
    assert list(details.tasks) == list(done.tasks)
    told = details.tasks[task]
    assert (told.content_type, told.size, told.budget, told.quality) == ("image/jpeg", len(image.content), 5_000, 0.97)
    assert [choice["quality"] for choice in told.tried] == [80]


def test_without_a_budget_the_file_is_the_lossless_one(house: House) -> None:
    done = drawn(house)
    task = next(iter(done.tasks))
    assert house.download(done, task).content_type == "image/png"
    details = detailed(house, done).details
    assert details is not None
    told = details.tasks[task]
    assert (told.budget, told.quality, told.below_floor, told.tried) == (None, 1.0, False, ())
    assert house.progress(done).details is None


def test_an_impossible_budget_fails_the_tasks_and_an_edit_can_raise_it(house: House) -> None:
    started = house.start(max_bytes=7)
    with house.working():
        failed = house.finished(started)
        assert set(failed.tasks.values()) == {4}
        assert "maxBytes 7 is too small" in failed.error_message
        chosen, other = list(failed.tasks)[:2]
        house.services.creatives.edit(house.caller, EditCreatives(started.user_id, (chosen,), max_bytes=5_000))
        mended = house.finished(started)
        assert (mended.tasks[chosen], mended.tasks[other]) == (5, 4)
        # What an edit does not name stays as it was, the budget too.
        house.services.creatives.edit(house.caller, EditCreatives(started.user_id, (chosen, other), headline="Other"))
        again = house.finished(started)
    assert (again.tasks[chosen], again.tasks[other]) == (5, 4)
    assert house.download(again, chosen).content_type == "image/jpeg"


def test_a_download_can_have_a_budget_of_its_own(house: House) -> None:
    done = drawn(house)
    task = next(iter(done.tasks))
    stored = house.download(done, task)
    assert house.download(done, task, max_bytes=len(stored.content)).content == stored.content
    house.base.blobs.put(f"results/{done.process_id}/{task}-1.png", picture(60))
    smaller = house.download(done, task, max_bytes=120)
    assert (len(smaller.content), smaller.content_type, smaller.filename) == (120, "image/jpeg", f"{task}.jpg")
    webp = house.download(done, task, ImageFormat.WEBP)
    assert house.download(done, task, ImageFormat.WEBP, max_bytes=len(webp.content)).content == webp.content
    with pytest.raises(InvalidInput, match="maxBytes 9 is too small"):
        house.download(done, task, max_bytes=9)


def test_a_file_that_lost_something_is_drawn_anew_in_another_format(house: House) -> None:
    done = drawn(house, max_bytes=5_000)
    task = next(iter(done.tasks))
    stored = house.download(done, task)
    whole = house.download(done, task, ImageFormat.PNG)
    assert (whole.content_type, whole.filename) == ("image/png", f"{task}.png")
    assert json.loads(whole.content)["document"] == "png"
    house.services.renders.close()  # the stored file itself needs nobody who draws
    assert house.download(done, task, ImageFormat.JPEG).content == stored.content


def test_a_document_is_drawn_once_and_kept(house: House) -> None:
    done = drawn(house)
    task = list(done.tasks)[2]
    first = house.download(done, task, DocumentKind.PDF)
    assert (first.content_type, first.filename) == ("application/pdf", f"{task}.pdf")
    assert json.loads(first.content)["variant"] == 3
    key = document_key(done.process_id, task, 1, DocumentKind.PDF)
    assert house.base.blobs.get(key) == first.content
    house.services.renders.close()  # a second download needs nobody who draws
    house.base.blobs.put(key, b"kept")
    assert house.download(done, task, DocumentKind.PDF).content == b"kept"
    with house.base.store.transaction() as session:
        row = session.get(TaskRow, task)
        assert row is not None
        assert row.download_count == 2


def test_documents_that_many_want_at_once_are_all_sent(house: House) -> None:
    done = drawn(house)
    wanted = [(task, kind) for task in done.tasks for kind in DocumentKind]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda one: house.download(done, *one).content, wanted))
    assert [json.loads(content)["document"] for content in found] == [kind.value for _, kind in wanted]
    assert len({json.loads(content)["pid"] for content in found}) == 1


def test_a_crash_of_the_picture_code_fails_the_download_and_not_the_server(house: House) -> None:
    done = drawn(house, "falls")
    task = next(iter(done.tasks))
    with pytest.raises(DocumentNotDrawn, match="could not be drawn"):
        house.download(done, task, DocumentKind.PDF)
    assert json.loads(house.download(done, task, DocumentKind.SVG).content)["document"] == "svg"
    with house.base.store.transaction() as session:
        row = session.get(TaskRow, task)
        assert row is not None
        assert row.download_count == 1


def test_an_edit_takes_documents_away_with_the_picture(house: House) -> None:
    started = house.start()
    task = next(iter(started.tasks))
    with house.working():
        done = house.finished(started)
        before = house.download(done, task, DocumentKind.SVG).content
        house.services.creatives.edit(house.caller, EditCreatives(started.user_id, (task,), headline="Another"))
        house.finished(started)
    house.download(done, task, DocumentKind.SVG)
    anew = house.base.blobs.get(document_key(done.process_id, task, 2, DocumentKind.SVG))
    assert (json.loads(before)["headline"], json.loads(anew)["headline"]) == ("A headline", "Another")
    with house.base.store.transaction() as session:
        keys = take_discarded(session, house.base.clock(), 100)
    assert document_key(done.process_id, task, 1, DocumentKind.SVG) in keys


def test_scores_and_distances_are_the_workers(house: House) -> None:
    done = drawn(house, kind=RenderKind.POST | RenderKind.STORY)
    creatives = house.services.creatives
    found = [creatives.score(house.caller, done.process_id, task) for task in done.tasks]
    assert [one.score["score"] for one in found] == [91.0, 92.0, 93.0, 94.0, 95.0] * 2
    assert [one.diversity for one in found] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5] * 2)
    details = detailed(house, done).details
    assert details is not None
    assert details.diversity == pytest.approx({"post": 0.1, "story": 0.1})


def test_a_size_that_is_not_complete_has_no_distance(house: House) -> None:
    started = house.start(kind=RenderKind.POST | RenderKind.STORY)
    task = next(iter(started.tasks))
    with house.working():
        house.finished(started)
    house.services.creatives.edit(house.caller, EditCreatives(started.user_id, (task,), headline="Another"))
    details = detailed(house, started).details
    assert details is not None
    assert details.diversity == pytest.approx({"story": 0.1})
    assert task not in details.tasks
    with pytest.raises(ScoreNotFound):
        house.services.creatives.score(house.caller, started.process_id, task)


def test_nobody_else_sees_scores_or_documents(house: House) -> None:
    done, foreign = drawn(house), house.new_caller()
    task = next(iter(done.tasks))
    with pytest.raises(ScoreNotFound):
        house.services.creatives.score(foreign, done.process_id, task)
    with pytest.raises(ScoreNotFound):
        house.services.creatives.score(house.caller, uuid4(), task)
    for kind in DocumentKind:
        with pytest.raises(ImageContentNotFound):
            house.download(done, task, kind, caller=foreign)
    with pytest.raises(BlobNotFound):
        house.base.blobs.get(document_key(done.process_id, task, 1, DocumentKind.PDF))


def test_a_replay_gives_the_same_receipt(house: House) -> None:
    done = drawn(house, max_bytes=5_000)
    task = list(done.tasks)[1]
    replayed = replay(house, task)
    assert replayed.is_identical
    assert replayed.moved == ()
    assert replayed.then["result"] == digest(house.download(done, task).content)
    assert (replayed.then["photo"], replayed.then["logo"]) == (digest(picture(90)), digest(picture(200)))
    assert replayed.then["maxBytes"] == 5_000
    assert replayed.then["engine"] == {"affiche": "1.2.3"}


@pytest.mark.parametrize("name", ["photo", "logo"])
def test_a_replay_says_when_an_upload_moved(house: House, name: str) -> None:
    done = drawn(house)
    task = next(iter(done.tasks))
    original = digest(picture(90 if name == "photo" else 200))
    house.base.blobs.put(upload_key(original), b"something else")
    moved = {one.name: one.then for one in replay(house, task).moved}
    assert moved[name] == original
    assert set(moved) == ({"photo", "result"} if name == "photo" else {"logo"})


def test_a_replay_says_when_brief_and_result_moved(house: House) -> None:
    done = drawn(house)
    task = next(iter(done.tasks))
    with house.base.store.transaction() as session:
        row = session.get(TaskRow, task)
        assert row is not None
        row.brief = row.brief | {"headline": "Somebody was here"}
    replayed = replay(house, task)
    assert not replayed.is_identical
    assert [one.name for one in replayed.moved] == ["brief", "result"]


def test_without_a_receipt_there_is_no_replay(house: House) -> None:
    started = house.start()
    with pytest.raises(ReceiptNotFound, match="has no receipt"):
        replay(house, next(iter(started.tasks)))
    missing = uuid4()
    with pytest.raises(ReceiptNotFound, match=f"There is no creative {missing}"):
        replay(house, missing)
