# SPDX-License-Identifier: Apache-2.0
"""Batches on both databases: accepted once, ended once, paid once, told once."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.outbound.source_errors import InvalidSourceUrl, SourceDnsFailed
from affiche.service.accounts.key_values import Environment
from affiche.service.accounts.standing import Standing
from affiche.service.assembly import Services
from affiche.service.credits.errors import AccessNotEnabled, InsufficientCredits
from affiche.service.credits.values import Pool
from affiche.service.enhancements.errors import (
    ContentPolicyViolation,
    EnhancementNotFound,
    IdempotencyConflict,
    InvalidWebhookUrl,
    QueueUnavailable,
    TooManyActiveEnhancements,
)
from affiche.service.enhancements.queueing import EnhanceJob
from affiche.service.enhancements.upkeep import EnhancementUpkeep
from affiche.service.enhancements.values import ItemStatus, Source, Status
from affiche.service.limits.errors import RateLimitExceeded
from affiche.service.notifications.callbacks import public_id
from affiche.store.blobs import BlobNotFound
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.notification_tables import DeliveryRow, EventRow
from affiche.store.tables import DiscardedBlobRow
from tests.doubles.enhancing import RESOURCE, Engine, Shelf, Workroom
from tests.doubles.house import House
from tests.unit.service.conftest import Hands


def furnished(house: House, **fields: Any) -> Workroom:
    """A room in the house under other settings."""
    settings = house.settings.model_copy(update=fields)
    return Workroom(replace(house, settings=settings, services=Services.on(house.base, settings)))


@pytest.fixture
def room(house: House) -> Workroom:
    return Workroom(house)


@pytest.fixture
def metered(house: House) -> Workroom:
    """A room whose account has 200 purchased credits."""
    made = furnished(house, credits="metered")
    house.services.ledger.grant(made.holder().application_id, 200)
    return made


def figures(room: Workroom, pool: Pool = Pool.PURCHASED) -> tuple[int, int, int]:
    for one in room.house.services.ledger.balances(room.account):
        if one.pool is pool:
            return one.available, one.held, one.spent
    return 0, 0, 0


def events(room: Workroom) -> list[dict[str, Any]]:
    with room.house.base.store.transaction() as session:
        return [json.loads(row.body) for row in session.scalars(sa.select(EventRow).order_by(EventRow.created_at))]


def audit(room: Workroom) -> tuple[str, ...]:
    return room.house.services.ledger.check().findings


def test_a_batch_is_accepted_worked_on_and_paid(metered: Workroom) -> None:
    holder = metered.holder()
    accepted = metered.create(holder, "https://x.example/1", "https://x.example/2", instructions="keep it")
    view = accepted.enhancement
    assert (view.status, view.total_items, view.credits_reserved, view.sandbox) == (Status.QUEUED, 2, 10, False)
    assert (accepted.remaining_credits, accepted.replayed) == (190, False)
    assert figures(metered) == (190, 10, 0)
    metered.work()
    done = metered.find(holder, accepted)
    assert done.status is Status.COMPLETED
    assert done.completed is not None
    assert [item.status for item in done.items] == [ItemStatus.COMPLETED] * 2
    assert done.items[0].notes == ("The instructions were not honoured.",)
    assert (done.credits_reserved, done.credits_used) == (10, 10)
    assert figures(metered) == (190, 0, 10)
    assert audit(metered) == ()
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
    metered.shelf = Shelf({"bad": InvalidSourceUrl, "lost": SourceDnsFailed})
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
    assert figures(metered) == (195, 0, 5)
    assert audit(metered) == ()


def test_a_batch_of_failures_fails_and_costs_nothing(metered: Workroom) -> None:
    metered.shelf = Shelf({"bad": InvalidSourceUrl})
    holder = metered.holder()
    accepted = metered.create(holder, "https://x.example/bad1", "https://x.example/bad2")
    metered.work()
    assert metered.find(holder, accepted).status is Status.FAILED
    assert figures(metered) == (200, 0, 0)


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
    assert figures(metered) == (200, 0, 0)


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
    assert figures(metered) == (195, 0, 5)
    assert [event["type"] for event in events(metered)] == ["enhancement.item.completed", "enhancement.completed"]


def test_items_that_end_at_once_end_the_batch_once(metered: Workroom) -> None:
    holder = metered.holder()
    accepted = metered.create(holder, *(f"https://x.example/{n}" for n in range(8)), webhook_url="https://h.example/x")
    payloads = [EnhanceJob(item_id).payload for item_id in metered.open_items()] * 2
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(metered.handler, payloads))
    done = metered.find(holder, accepted)
    assert (done.status, done.count(ItemStatus.COMPLETED)) == (Status.COMPLETED, 8)
    kinds = [event["type"] for event in events(metered)]
    assert (kinds.count("enhancement.item.completed"), kinds.count("enhancement.completed")) == (8, 1)
    assert figures(metered) == (160, 0, 40)
    assert audit(metered) == ()


def test_the_batch_says_when_work_has_begun(room: Workroom) -> None:
    holder = room.holder()
    accepted = room.create(holder)
    seen = []
    room.engine = Engine(before=lambda: seen.append(room.find(holder, accepted)))
    room.work()
    assert (seen[0].status, seen[0].items[0].status) == (Status.PROCESSING, ItemStatus.PROCESSING)


def test_the_same_request_again_finds_the_batch(metered: Workroom) -> None:
    holder = metered.holder()
    draft = metered.draft()
    first = metered.house.services.enhancements.create(holder, draft)
    again = metered.house.services.enhancements.create(metered.holder(), draft)
    assert (again.replayed, again.enhancement.enhancement_id) == (True, first.enhancement.enhancement_id)
    assert again.remaining_credits == 195
    metered.work()
    later = metered.house.services.enhancements.create(holder, draft)
    assert (later.enhancement.status, later.enhancement.credits_reserved) == (Status.COMPLETED, 5)
    with pytest.raises(IdempotencyConflict):
        metered.house.services.enhancements.create(holder, replace(draft, digest="e" * 64))
    assert figures(metered) == (195, 0, 5)


def test_keys_of_other_environments_and_accounts_are_other_requests(house: House) -> None:
    room, other = Workroom(house), Workroom(house)
    draft = room.draft()
    create = house.services.enhancements.create
    holders = (room.holder(), room.holder(Environment.SANDBOX), other.holder())
    made = {create(holder, draft).enhancement.enhancement_id for holder in holders}
    assert len(made) == 3
    elsewhere = create(holders[0], replace(draft, resource="product-photo-jobs"))
    assert not elsewhere.replayed


def test_many_first_uses_at_once_make_one_batch(metered: Workroom) -> None:
    holder, draft = metered.holder(), metered.draft()
    with ThreadPoolExecutor(12) as threads:
        accepted = list(threads.map(lambda _: metered.house.services.enhancements.create(holder, draft), range(40)))
    assert len({each.enhancement.enhancement_id for each in accepted}) == 1
    assert sum(not each.replayed for each in accepted) == 1
    assert len(metered.open_items()) == 1
    assert figures(metered) == (195, 5, 0)


def test_a_batch_is_taken_whole_or_not_at_all(metered: Workroom) -> None:
    holder = metered.holder()
    metered.create(holder, *(f"https://x.example/{n}" for n in range(20)))
    metered.create(holder, *(f"https://x.example/{n}" for n in range(19)))
    draft = metered.draft("https://x.example/1", "https://x.example/2")
    with pytest.raises(InsufficientCredits):
        metered.house.services.enhancements.create(holder, draft)
    assert figures(metered) == (5, 195, 0)
    once_more = replace(draft, sources=draft.sources[:1])
    assert metered.house.services.enhancements.create(holder, once_more).remaining_credits == 0, (
        "no key was left behind"
    )


def test_live_use_waits_for_enough_purchases_and_the_sandbox_does_not(house: House) -> None:
    room = furnished(house, credits="metered")
    holder = room.holder()
    house.services.ledger.grant(holder.application_id, 199)
    house.services.ledger.grant(holder.application_id, 500, Pool.PROMOTIONAL)
    with pytest.raises(AccessNotEnabled):
        room.create(holder)
    accepted = room.create(room.holder(Environment.SANDBOX))
    assert (accepted.enhancement.credits_reserved, accepted.remaining_credits) == (0, 0)
    house.services.ledger.grant(holder.application_id, 1)
    room.create(holder)


def test_an_account_without_api_access_has_the_sandbox_alone(room: Workroom) -> None:
    live, sandbox = room.holder(), room.holder(Environment.SANDBOX)
    assert room.account is not None
    room.house.services.applications.set_standing(room.account, Standing.NO_API_ACCESS)
    with pytest.raises(AccessNotEnabled):
        room.create(replace(live, standing=Standing.NO_API_ACCESS))
    room.create(replace(sandbox, standing=Standing.NO_API_ACCESS))


def test_the_sandbox_fetches_nothing_costs_nothing_and_fails_when_told(metered: Workroom) -> None:
    holder = metered.holder(Environment.SANDBOX)
    sources = (
        Source("https://x.example/1", "sku"),
        Source("https://x.example/2", "fail:download_timeout"),
        Source("https://x.example/3", "fail:nonsense"),
        Source("https://x.example/4"),
    )
    accepted = metered.create(holder, sources=sources)
    assert accepted.enhancement.sandbox
    metered.work()
    done = metered.find(holder, accepted)
    assert done.status is Status.PARTIALLY_COMPLETED
    assert [item.error_code for item in done.items] == [None, "download_timeout", None, None]
    assert done.items[1].error_message == "Source image download timed out."
    token = "sandbox"
    assert (done.items[0].result_url or "").endswith(f"/files/results/{token}.png")
    results = metered.house.services.enhancements.results
    assert results.result(token).startswith(b"\x89PNG")
    assert results.thumbnail(token).startswith(b"\x89PNG")
    assert (metered.shelf.asked, metered.engine.asked) == ([], [])
    assert figures(metered) == (200, 0, 0)
    assert (done.credits_reserved, done.credits_used) == (0, 0)


def test_nobody_sees_what_others_made(house: House) -> None:
    room, other = Workroom(house), Workroom(house)
    accepted = room.create(room.holder())
    room.find(room.holder(), accepted)
    for stranger in (other.holder(), room.holder(Environment.SANDBOX)):
        with pytest.raises(EnhancementNotFound):
            room.find(stranger, accepted)
    with pytest.raises(EnhancementNotFound):
        house.services.enhancements.find(room.holder(), "product-photo-jobs", accepted.enhancement.enhancement_id)
    with pytest.raises(EnhancementNotFound):
        house.services.enhancements.find(room.holder(), RESOURCE, uuid4())


def test_the_vendors_limits_on_active_batches(house: House) -> None:
    room = furnished(house, limits="vendor")
    first, second, third = room.holder(), room.holder(), room.holder()
    draft = room.draft()
    house_create = room.house.services.enhancements.create
    house_create(first, draft)
    with pytest.raises(TooManyActiveEnhancements):
        room.create(first)
    assert house_create(first, draft).replayed, "a replay comes before the limits"
    room.create(second)
    with pytest.raises(TooManyActiveEnhancements):
        room.create(third)
    room.create(room.holder(Environment.SANDBOX))
    room.work()
    room.create(third)


def test_limits_on_active_batches_hold_for_requests_at_once(house: House) -> None:
    room = furnished(house, limits="vendor")
    holder = room.holder()

    def attempt(_: int) -> bool:
        with suppress(TooManyActiveEnhancements):
            room.create(holder)
            return True
        return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(12))) == 1


def test_the_vendors_limit_on_pictures_an_hour(house: House, clock: Hands) -> None:
    room = furnished(house, limits="vendor")
    holder = room.holder()
    clock.now = clock.now.replace(minute=10, second=0, microsecond=0) + timedelta(hours=1)
    room.create(holder, *(f"https://x.example/{n}" for n in range(20)))
    room.work()
    with pytest.raises(RateLimitExceeded) as caught:
        room.create(holder, *(f"https://x.example/{n}" for n in range(6)))
    allowance = caught.value.allowance
    assert (allowance.limit, allowance.remaining) == (25, 5)
    assert 2990 <= allowance.reset - clock.now.timestamp() <= 3000
    room.create(holder, *(f"https://x.example/{n}" for n in range(5)))
    room.work()
    clock.pass_by(minutes=51)
    room.create(holder, *(f"https://x.example/{n}" for n in range(20)))


def test_a_queue_that_is_away_leaves_nothing_behind(metered: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def enqueue(self: object, *args: object, **kwargs: object) -> None:
        raise OSError("The queue is away.")

    holder, draft = metered.holder(), metered.draft("https://x.example/1", "https://x.example/2")
    with monkeypatch.context() as patch:
        patch.setattr(type(metered.house.base.jobs), "enqueue", enqueue)
        with pytest.raises(QueueUnavailable):
            metered.house.services.enhancements.create(holder, draft)
    assert figures(metered) == (200, 0, 0)
    with metered.house.base.store.transaction() as session:
        assert session.scalars(sa.select(sa.func.count()).select_from(EnhancementRow)).one() == 0
    assert not metered.house.services.enhancements.create(holder, draft).replayed


@pytest.mark.parametrize(
    ("instructions", "allowed"),
    [
        ("keep the shadow", True),
        ("some porn on the shirt", False),
        ("ＮＳＦＷ", False),
        ("n\u200bsfw", False),
        ("categories of gorey words: category, gorecki", True),
        ("GORE!", False),
    ],
)
def test_words_that_the_operator_lists_are_refused(room: Workroom, instructions: str, allowed: bool) -> None:
    if allowed:
        room.create(room.holder(), instructions=instructions)
    else:
        with pytest.raises(ContentPolicyViolation):
            room.create(room.holder(), instructions=instructions)
        assert room.open_items() == []


@pytest.mark.parametrize("url", ["http://example.com/x", "https://localhost/x", "https://10.0.0.1/x", "nonsense", ""])
def test_webhooks_have_to_be_public_and_https(room: Workroom, url: str) -> None:
    with pytest.raises(InvalidWebhookUrl):
        room.create(room.holder(), webhook_url=url)


def test_events_tell_of_items_and_of_the_batch_and_are_signed_by_the_key(room: Workroom) -> None:
    room.shelf = Shelf({"bad": InvalidSourceUrl})
    holder = room.holder()
    sources = (Source("https://x.example/1", "sku_1"), Source("https://x.example/bad", "sku_2"))
    accepted = room.create(holder, sources=sources, webhook_url="https://hooks.example.com/x")
    room.work()
    told = events(room)
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
    assert events(room) == []


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
    assert figures(metered) == (195, 0, 5)
    assert metered.house.services.enhancements.cancel(enhancement_id) == 0
    metered.work()
    assert [event["type"] for event in events(metered)] == ["enhancement.item.completed", "enhancement.cancelled"]
    assert audit(metered) == ()
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
    (finding,) = audit(metered)
    assert "is failed, but the ledger has: settle" in finding


def test_the_checks_come_in_the_order_of_the_contract(house: House) -> None:
    """Everything is wrong at first; each step mends what was found."""
    room = furnished(house, credits="metered", limits="vendor")
    holder = room.holder()
    many = tuple(Source(f"https://x.example/{n}") for n in range(20))
    wrong = room.draft(sources=many, webhook_url="http://localhost/", instructions="gore")
    create = room.house.services.enhancements.create
    with pytest.raises(InvalidWebhookUrl):
        create(holder, wrong)
    wrong = replace(wrong, webhook_url=None)
    with pytest.raises(ContentPolicyViolation):
        create(holder, wrong)
    wrong = replace(wrong, instructions="")
    with pytest.raises(AccessNotEnabled):
        create(holder, wrong)
    house.services.ledger.grant(holder.application_id, 200)
    first = room.draft(sources=many)
    create(holder, first)
    with pytest.raises(IdempotencyConflict):
        create(holder, replace(wrong, idempotency_key=first.idempotency_key, digest="e" * 64))
    with pytest.raises(TooManyActiveEnhancements):
        create(holder, wrong)
    room.work()
    with pytest.raises(RateLimitExceeded):
        create(holder, wrong)
    create(room.holder(), room.draft(sources=many[:15]))
    with pytest.raises(InsufficientCredits):
        create(room.holder(), replace(wrong, sources=many[:10]))
