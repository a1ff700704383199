# SPDX-License-Identifier: Apache-2.0
"""Working on batches: items end once and by themselves, only successes are paid, events tell of them, results go."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.outbound.source_errors import SourceProblem
from affiche.service.credits.credits import Credits
from affiche.service.credits.values import CreditTerms
from affiche.service.enhancements.create import part_of, work_of
from affiche.service.enhancements.errors import (
    EnhancementNotFound,
)
from affiche.service.enhancements.queueing import EnhanceJob
from affiche.service.enhancements.upkeep import EnhancementUpkeep
from affiche.service.enhancements.values import ItemStatus, Source, Status
from affiche.service.notifications.callbacks import public_id
from affiche.store.blobs import BlobNotFound
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.enhancements import paid_items
from affiche.store.notification_tables import DeliveryRow, EventRow
from affiche.store.tables import DiscardedBlobRow
from tests.doubles.enhancing import Engine, Shelf, Workroom
from tests.doubles.house import House
from tests.unit.service.conftest import Hands


def test_a_batch_is_accepted_worked_on_and_paid(metered: Workroom) -> None:
    holder = metered.holder()
    accepted = metered.create(holder, "https://x.example/1", "https://x.example/2", instructions="keep it")
    view = accepted.enhancement
    assert (view.status, view.total_items, view.credits_reserved, view.sandbox) == (Status.QUEUED, 2, 10, False)
    assert (accepted.remaining_credits, accepted.replayed) == (190, False)
    assert metered.figures() == (190, 10, 0)
    metered.work()
    done = metered.find(holder, accepted)
    assert done.status is Status.COMPLETED
    assert done.completed is not None
    assert [item.status for item in done.items] == [ItemStatus.COMPLETED] * 2
    assert done.items[0].notes == ("The instructions were not honoured.",)
    assert (done.credits_reserved, done.credits_used) == (10, 10)
    assert metered.figures() == (190, 0, 10)
    assert metered.audit() == ()
    request = metered.engine.asked[0]
    assert (request.treatment, request.preservation) == ("single_product_white_background", "strict")


def test_results_lie_at_addresses_that_nobody_can_guess(room: Workroom) -> None:
    holder = room.holder()
    accepted = room.create(holder, "https://x.example/1", "https://x.example/2")
    room.work()
    results = room.house.services.enhancements.results
    tokens = set()
    for item in room.find(holder, accepted).items:
        assert item.result_url is not None
        assert item.thumbnail_url is not None
        token = item.result_url.removeprefix(f"{room.house.settings.url}/files/results/").removesuffix(".png")
        assert item.thumbnail_url == f"{room.house.settings.url}/files/thumbnails/{token}.png"
        assert len(token) == 43
        assert json.loads(results.result(token))["source"] == f"picture of {item.source_url}"
        assert results.thumbnail(token) == b"small"
        tokens.add(token)
    assert len(tokens) == 2
    for guess in ("x" * 43, "", "../../server", "sandbox2"):
        with pytest.raises(BlobNotFound):
            results.result(guess)


def test_items_end_by_themselves_and_only_successes_are_paid(metered: Workroom) -> None:
    metered.shelf = Shelf({"bad": SourceProblem.INVALID_URL, "lost": SourceProblem.DNS_FAILED})
    metered.engine = Engine({"worse": "fidelity_too_low", "broken": "unreadable_image", "huge": "image_too_large"})
    metered.engine.refusals = dict(metered.engine.refusals) | {"rude": "content_policy_violation"}
    holder = metered.holder()
    names = ("good", "bad", "lost", "worse", "broken", "huge", "rude")
    accepted = metered.create(holder, *(f"https://x.example/{name}" for name in names))
    metered.work()
    done = metered.find(holder, accepted)
    assert done.status is Status.PARTIALLY_COMPLETED
    assert [item.error_code for item in done.items] == [
        None,
        "invalid_source_url",
        "source_url_dns_failed",
        "provider_error",
        "unsupported_file_type",
        "file_too_large",
        "content_policy_violation",
    ]
    assert done.items[1].error_message == "Source URL target is not allowed."
    assert (done.items[1].result_url, done.items[1].credits_used, done.items[1].credits_reserved) == (None, 0, 5)
    assert (done.credits_reserved, done.credits_used) == (35, 5)
    assert metered.figures() == (195, 0, 5)
    assert metered.audit() == ()


def test_a_batch_of_failures_fails_and_costs_nothing(metered: Workroom) -> None:
    metered.shelf = Shelf({"bad": SourceProblem.INVALID_URL})
    holder = metered.holder()
    accepted = metered.create(holder, "https://x.example/bad1", "https://x.example/bad2")
    metered.work()
    assert metered.find(holder, accepted).status is Status.FAILED
    assert metered.figures() == (200, 0, 0)


def test_a_storage_that_is_away_fails_the_item_and_gives_the_credits_back(
    metered: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def put(self: object, key: str, content: bytes) -> None:
        tries.append(key)
        raise OSError("The disk is full.")

    holder = metered.holder()
    accepted = metered.create(holder)
    monkeypatch.setattr(type(metered.house.base.blobs), "put", put)
    metered.work()
    (item,) = metered.find(holder, accepted).items
    assert (item.error_code, len(tries)) == ("storage_error", 3)
    assert metered.figures() == (200, 0, 0)


def test_a_job_that_runs_twice_counts_once(metered: Workroom) -> None:
    holder = metered.holder()
    metered.create(holder, "https://x.example/1", webhook_url="https://hooks.example.com/x")
    (item_id,) = metered.open_items()
    completion = metered.handler.completion
    first, second = completion.begin(item_id), completion.begin(item_id)
    assert first is not None
    assert second is not None, "a job whose worker died begins anew"
    metered.handler(EnhanceJob(item_id).payload)
    assert not completion.succeed(second[0], None)
    assert not completion.fail(first[0], "provider_error")
    metered.handler(EnhanceJob(item_id).payload)
    assert len(metered.shelf.asked) == 1
    assert metered.figures() == (195, 0, 5)
    assert [event["type"] for event in metered.events()] == ["enhancement.item.completed", "enhancement.completed"]


def test_items_that_end_at_once_end_the_batch_once(metered: Workroom) -> None:
    holder = metered.holder()
    accepted = metered.create(holder, *(f"https://x.example/{n}" for n in range(8)), webhook_url="https://h.example/x")
    payloads = [EnhanceJob(item_id).payload for item_id in metered.open_items()] * 2
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(metered.handler, payloads))
    done = metered.find(holder, accepted)
    assert (done.status, done.count(ItemStatus.COMPLETED)) == (Status.COMPLETED, 8)
    kinds = [event["type"] for event in metered.events()]
    assert (kinds.count("enhancement.item.completed"), kinds.count("enhancement.completed")) == (8, 1)
    assert metered.figures() == (160, 0, 40)
    assert metered.audit() == ()


def test_the_batch_says_when_work_has_begun(room: Workroom) -> None:
    holder = room.holder()
    accepted = room.create(holder)
    seen = []
    room.engine = Engine(before=lambda: seen.append(room.find(holder, accepted)))
    room.work()
    assert (seen[0].status, seen[0].items[0].status) == (Status.PROCESSING, ItemStatus.PROCESSING)


def test_events_tell_of_items_and_of_the_batch_and_are_signed_by_the_key(room: Workroom) -> None:
    room.shelf = Shelf({"bad": SourceProblem.INVALID_URL})
    holder = room.holder()
    sources = (Source("https://x.example/1", "sku_1"), Source("https://x.example/bad", "sku_2"))
    accepted = room.create(holder, sources=sources, webhook_url="https://hooks.example.com/x")
    room.work()
    told = room.events()
    assert [event["type"] for event in told] == [
        "enhancement.item.completed",
        "enhancement.item.failed",
        "enhancement.partially_completed",
    ]
    item = told[1]["data"]
    assert item["enhancement_id"] == str(accepted.enhancement.enhancement_id)
    assert (item["enhancement_status"], item["sandbox"]) == ("processing", False)
    assert item["item"]["external_id"] == "sku_2"
    assert item["item"]["error_code"] == "invalid_source_url"
    assert told[2]["data"]["enhancement"]["status"] == "partially_completed"
    assert told[2]["data"]["enhancement"]["credits_used"] == 5
    with room.house.base.store.transaction() as session:
        rows = {public_id(row.id) for row in session.scalars(sa.select(EventRow))}
        partitions = {row.channel_id for row in session.scalars(sa.select(DeliveryRow))}
    assert {event["id"] for event in told} == rows
    assert all(event["request_id"] == "req_tests" for event in told)
    assert len(partitions) == 1


def test_without_a_webhook_nobody_is_told(room: Workroom) -> None:
    room.create(room.holder())
    room.work()
    assert room.events() == []


def test_an_operator_can_stop_a_batch(metered: Workroom) -> None:
    holder = metered.holder()
    accepted = metered.create(holder, "https://x.example/1", "https://x.example/2", webhook_url="https://h.example/x")
    first = metered.open_items()[0]
    metered.handler(EnhanceJob(first).payload)
    enhancement_id = accepted.enhancement.enhancement_id
    assert metered.house.services.enhancements.cancel(enhancement_id) == 1
    done = metered.find(holder, accepted)
    assert done.status is Status.CANCELLED
    assert [item.status for item in done.items] == [ItemStatus.COMPLETED, ItemStatus.CANCELLED]
    assert metered.figures() == (195, 0, 5)
    assert metered.house.services.enhancements.cancel(enhancement_id) == 0
    metered.work()
    assert [event["type"] for event in metered.events()] == ["enhancement.item.completed", "enhancement.cancelled"]
    assert metered.audit() == ()
    with pytest.raises(EnhancementNotFound):
        metered.house.services.enhancements.cancel(uuid4())


def test_results_go_when_their_time_is_over(house: House, clock: Hands) -> None:
    room = Workroom(house)
    holder = room.holder()
    accepted = room.create(holder)
    room.work()
    upkeep = EnhancementUpkeep(house.base.store, house.base.jobs, timedelta(days=7))
    clock.pass_by(days=6, hours=23)
    assert upkeep(clock.now)["results_expired"] == 0
    clock.pass_by(hours=2)
    assert upkeep(clock.now)["results_expired"] == 1
    (item,) = room.find(holder, accepted).items
    assert (item.status, item.result_url, item.thumbnail_url) == (ItemStatus.COMPLETED, None, None)
    with house.base.store.transaction() as session:
        assert len(session.scalars(sa.select(DiscardedBlobRow.key)).all()) == 2


def test_items_whose_job_got_lost_are_queued_again(house: House, clock: Hands) -> None:
    room = Workroom(house)
    room.create(room.holder(), "https://x.example/1", "https://x.example/2")
    upkeep = EnhancementUpkeep(house.base.store, house.base.jobs, None)
    clock.pass_by(minutes=11)
    assert upkeep(clock.now)["items_requeued"] == 0, "their jobs still wait"
    names = [EnhanceJob(item_id).job_id for item_id in room.open_items()]
    house.base.jobs._client.cancel_workflows(names)
    assert upkeep(clock.now)["items_requeued"] == 2
    assert upkeep(clock.now)["items_requeued"] == 0


def test_a_ledger_that_tells_otherwise_than_the_items_is_found_out(metered: Workroom) -> None:
    metered.create(metered.holder())
    metered.work()
    with metered.house.base.store.transaction() as session:
        session.execute(sa.update(EnhancementItemRow).values(status="failed"))
    (finding,) = metered.audit()
    assert "is failed, but the ledger has: settle of 5" in finding


def test_an_item_that_was_settled_at_another_price_is_found_out(metered: Workroom) -> None:
    metered.create(metered.holder())
    credits = Credits(metered.house.base.clock, CreditTerms(metered=True))
    with metered.house.base.store.transaction() as session:
        (item, batch) = paid_items(session)[0]
        assert credits.settle(session, work_of(batch), part_of(item), 1)
    metered.work()
    (finding,) = metered.audit()
    assert "is completed, but the ledger has: settle of 1" in finding


def test_credits_that_are_held_and_spent_for_no_batch_are_found_out(metered: Workroom) -> None:
    holder = metered.holder()
    credits = Credits(metered.house.base.clock, CreditTerms(metered=True))
    with metered.house.base.store.transaction() as session:
        credits.hold(session, holder.application_id, "enhancement:ghost", 10)
        credits.settle(session, "enhancement:ghost", "enhancement-item:ghost", 7)
    held, spent = metered.audit()
    assert "(hold:enhancement:ghost) is of no picture" in held
    assert "(end:enhancement-item:ghost) is of no picture" in spent


def test_a_hold_of_another_price_than_the_batch_has_is_found_out(metered: Workroom) -> None:
    metered.create(metered.holder())
    with metered.house.base.store.transaction() as session:
        session.execute(sa.update(EnhancementRow).values(total_items=2))
    (finding,) = metered.audit()
    assert "costs 10 credits, but the ledger has: hold of 5" in finding
