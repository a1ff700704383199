# SPDX-License-Identifier: Apache-2.0
"""Which batches are accepted on both databases: access, credits, limits, content policy, webhooks, and the order of these checks."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from affiche.service.accounts.key_values import Environment
from affiche.service.accounts.standing import Standing
from affiche.service.credits.errors import AccessNotEnabled, InsufficientCredits
from affiche.service.credits.values import Pool
from affiche.service.enhancements.errors import (
    ContentPolicyViolation,
    IdempotencyConflict,
    InvalidWebhookUrl,
    TooManyActiveEnhancements,
)
from affiche.service.enhancements.values import Source
from affiche.service.limits.errors import RateLimitExceeded
from tests.doubles.enhancing import Workroom
from tests.doubles.house import House
from tests.unit.service.conftest import Hands


def test_a_batch_is_taken_whole_or_not_at_all(metered: Workroom) -> None:
    holder = metered.holder()
    metered.create(holder, *(f"https://x.example/{n}" for n in range(20)))
    metered.create(holder, *(f"https://x.example/{n}" for n in range(19)))
    draft = metered.draft("https://x.example/1", "https://x.example/2")
    with pytest.raises(InsufficientCredits):
        metered.house.services.enhancements.create(holder, draft)
    assert metered.figures() == (5, 195, 0)
    once_more = replace(draft, order=replace(draft.order, sources=draft.order.sources[:1]))
    assert metered.house.services.enhancements.create(holder, once_more).remaining_credits == 0, (
        "no key was left behind"
    )


def test_live_use_waits_for_enough_purchases_and_the_sandbox_does_not(house: House) -> None:
    room = Workroom.furnished(house, credits="metered")
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


def test_the_vendors_limits_on_active_batches(house: House) -> None:
    room = Workroom.furnished(house, limits="vendor")
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
    room = Workroom.furnished(house, limits="vendor")
    holder = room.holder()

    def attempt(_: int) -> bool:
        with suppress(TooManyActiveEnhancements):
            room.create(holder)
            return True
        return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(12))) == 1


def test_the_vendors_limit_on_pictures_an_hour(house: House, clock: Hands) -> None:
    room = Workroom.furnished(house, limits="vendor")
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


def test_the_checks_come_in_the_order_of_the_contract(house: House) -> None:
    """Everything is wrong at first; each step mends what was found."""
    room = Workroom.furnished(house, credits="metered", limits="vendor")
    holder = room.holder()
    many = tuple(Source(f"https://x.example/{n}") for n in range(20))
    wrong = room.draft(sources=many, webhook_url="http://localhost/", instructions="gore")
    create = room.house.services.enhancements.create
    with pytest.raises(InvalidWebhookUrl):
        create(holder, wrong)
    wrong = replace(wrong, order=replace(wrong.order, webhook_url=None))
    with pytest.raises(ContentPolicyViolation):
        create(holder, wrong)
    wrong = replace(wrong, order=replace(wrong.order, instructions=""))
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
        create(room.holder(), replace(wrong, order=replace(wrong.order, sources=many[:10])))
