# SPDX-License-Identifier: Apache-2.0
"""Batches on both databases: the same request is one batch, the sandbox costs nothing, nobody sees another's, failures leave nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.service.accounts.key_values import Environment
from affiche.service.enhancements.errors import (
    EnhancementNotFound,
    IdempotencyConflict,
    QueueUnavailable,
)
from affiche.service.enhancements.values import Source, Status
from affiche.store.enhancement_tables import EnhancementRow
from tests.doubles.enhancing import RESOURCE, Workroom
from tests.doubles.house import House


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
    assert metered.figures() == (195, 0, 5)


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
    assert metered.figures() == (195, 5, 0)


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
    assert metered.figures() == (200, 0, 0)
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


def test_a_queue_that_is_away_leaves_nothing_behind(metered: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def enqueue(self: object, *args: object, **kwargs: object) -> None:
        raise OSError("The queue is away.")

    holder, draft = metered.holder(), metered.draft("https://x.example/1", "https://x.example/2")
    with monkeypatch.context() as patch:
        patch.setattr(type(metered.house.base.jobs), "enqueue", enqueue)
        with pytest.raises(QueueUnavailable):
            metered.house.services.enhancements.create(holder, draft)
    assert metered.figures() == (200, 0, 0)
    with metered.house.base.store.transaction() as session:
        assert session.scalars(sa.select(sa.func.count()).select_from(EnhancementRow)).one() == 0
    assert not metered.house.services.enhancements.create(holder, draft).replayed
