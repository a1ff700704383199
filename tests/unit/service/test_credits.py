# SPDX-License-Identifier: Apache-2.0
"""The ledger on both databases: a model that hypothesis drives, and threads that want the same credits."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiche.errors import InvalidInput
from affiche.service.accounts.errors import UnknownApplication
from affiche.service.credits.credits import UNMETERED_REMAINING, Credits
from affiche.service.credits.errors import AccessNotEnabled, GrantConflict, InsufficientCredits
from affiche.service.credits.ledger import Ledger
from affiche.service.credits.values import CreditTerms, Movement, Pool
from affiche.store.ledger_tables import CreditBalanceRow, LedgerEntryRow
from tests.doubles.house import House


@dataclass
class Books:
    """A metered ledger with one application."""

    house: House
    credits: Credits
    ledger: Ledger
    application: UUID

    @classmethod
    def open(cls, house: House, *, metered: bool = True) -> "Books":
        clock = house.base.clock
        credits = Credits(clock, CreditTerms(metered, threshold=200))
        return cls(house, credits, house.services.ledger, house.new_caller(with_channel=False).application_id)

    def hold(self, work: str, amount: int) -> bool:
        with self.house.base.store.transaction() as session:
            return self.credits.hold(session, self.application, work, amount)

    def end(self, movement: Movement, work: str, part: str, amount: int) -> bool:
        with self.house.base.store.transaction() as session:
            end = self.credits.settle if movement is Movement.SETTLE else self.credits.release
            return end(session, work, part, amount)

    def remaining(self) -> int:
        with self.house.base.store.transaction() as session:
            return self.credits.remaining(session, self.application)

    def figures(self, pool: Pool = Pool.PURCHASED) -> tuple[int, int, int, int]:
        for one in self.ledger.balances(self.application):
            if one.pool is pool:
                return one.granted, one.available, one.held, one.spent
        return 0, 0, 0, 0


@pytest.fixture
def books(house: House) -> Books:
    return Books.open(house)


@dataclass
class Model:
    """What the books should say."""

    granted: int = 0
    available: int = 0
    spent: int = 0
    holds: dict[str, int] = field(default_factory=dict)
    ended: dict[str, set[str]] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[int, int, int, int]:
        return self.granted, self.available, sum(self.holds.values()), self.spent


ACTIONS = st.one_of(
    st.tuples(st.just("grant"), st.integers(1, 60), st.just(0)),
    st.tuples(st.just("hold"), st.integers(0, 5), st.integers(1, 8)),
    st.tuples(st.sampled_from(("settle", "release")), st.integers(0, 5), st.integers(0, 7)),
)
PRICE = 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, max_size=30))
def test_every_history_adds_up(house: House, actions: list[tuple[str, int, int]]) -> None:
    """``hold`` takes (work, items), ``settle`` and ``release`` take (work, item)."""
    books, model, run = Books.open(house), Model(), uuid4()
    for action, first, second in actions:
        work, part = f"{run}/{first}", f"{run}/{first}/{second}"
        if action == "grant":
            books.ledger.grant(books.application, first)
            model.granted, model.available = model.granted + first, model.available + first
        elif action == "hold":
            _hold(books, model, work, second * PRICE)
        elif work in model.holds:
            _end(books, model, Movement(action), work, part)
        assert books.figures() == model.figures
        assert books.remaining() == model.available
    assert books.ledger.check().findings == ()


def _hold(books: Books, model: Model, work: str, amount: int) -> None:
    if work in model.holds:
        assert not books.hold(work, amount)
    elif amount > model.available:
        with pytest.raises(InsufficientCredits):
            books.hold(work, amount)
    else:
        assert books.hold(work, amount)
        model.available -= amount
        model.holds[work], model.ended[work] = amount, set()


def _end(books: Books, model: Model, movement: Movement, work: str, part: str) -> None:
    if part in model.ended[work]:
        assert not books.end(movement, work, part, PRICE)
    elif model.holds[work] < PRICE:
        with pytest.raises(ValueError, match="More would be ended"):
            books.end(movement, work, part, PRICE)
    else:
        assert books.end(movement, work, part, PRICE)
        model.holds[work] -= PRICE
        model.ended[work].add(part)
        if movement is Movement.SETTLE:
            model.spent += PRICE
        else:
            model.available += PRICE


def test_holds_at_the_same_moment_never_overdraw(books: Books) -> None:
    books.ledger.grant(books.application, 100)
    held: list[str] = []

    def want(number: int) -> None:
        with suppress(InsufficientCredits):
            assert books.hold(f"work {number} of {books.application}", 15)
            held.append(str(number))

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(want, range(40)))
    assert len(held) == 6
    assert books.figures() == (100, 10, 90, 0)
    assert books.ledger.check().findings == ()


def test_a_part_that_ends_twice_at_once_ends_once(books: Books) -> None:
    books.ledger.grant(books.application, 10)
    work = f"work of {books.application}"
    books.hold(work, 10)

    def end(number: int) -> bool:
        movement = Movement.SETTLE if number % 2 else Movement.RELEASE
        return books.end(movement, work, f"{work}/1", 5)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(end, range(8))) == 1
    granted, available, held, spent = books.figures()
    assert (granted, held, available + spent) == (10, 5, 5)
    assert books.ledger.check().findings == ()


def test_the_same_work_is_held_once_by_many_threads(books: Books) -> None:
    books.ledger.grant(books.application, 100)
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda _: books.hold(f"work of {books.application}", 20), range(8))) == 1
    assert books.figures() == (100, 80, 20, 0)


def test_credits_wait_behind_the_threshold_of_what_was_purchased(books: Books) -> None:
    def require() -> None:
        with books.house.base.store.transaction() as session:
            books.credits.require_access(session, books.application)

    books.ledger.grant(books.application, 500, Pool.PROMOTIONAL)
    with pytest.raises(AccessNotEnabled):
        require()
    with pytest.raises(InsufficientCredits):
        books.hold("promotional credits buy nothing", 5)
    books.ledger.grant(books.application, 199)
    with pytest.raises(AccessNotEnabled):
        require()
    books.ledger.grant(books.application, 1)
    require()
    books.hold(f"all of {books.application}", 200)
    require()  # what counts is what was purchased, not what is left
    assert books.remaining() == 0


def test_a_server_that_meters_nothing_keeps_its_books_all_the_same(house: House) -> None:
    books = Books.open(house, metered=False)
    work = f"work of {books.application}"
    assert books.hold(work, 10)
    assert books.end(Movement.SETTLE, work, f"{work}/1", 5)
    assert books.end(Movement.RELEASE, work, f"{work}/2", 5)
    assert books.remaining() == UNMETERED_REMAINING
    assert books.figures(Pool.OPEN) == (0, -5, 0, 5)
    audit = books.ledger.check()
    assert (audit.entries, audit.spent, audit.held, audit.findings) == (3, 5, 0, ())


def test_a_grant_with_a_reference_counts_once(books: Books) -> None:
    reference = f"order {uuid4()}"
    books.ledger.grant(books.application, 50, reference=reference)
    assert books.ledger.grant(books.application, 50, reference=reference).available == 50
    with pytest.raises(GrantConflict, match=reference):
        books.ledger.grant(books.application, 60, reference=reference)
    with pytest.raises(InvalidInput, match="1 or more"):
        books.ledger.grant(books.application, 0)
    with pytest.raises(UnknownApplication):
        books.ledger.grant(uuid4(), 5)
    assert books.figures() == (50, 50, 0, 0)


def test_no_entry_can_be_changed_or_deleted(books: Books) -> None:
    books.ledger.grant(books.application, 50)
    for change in (sa.update(LedgerEntryRow).values(amount=1), sa.delete(LedgerEntryRow)):
        with pytest.raises(sa.exc.DBAPIError, match="only ever added"), books.house.base.store.transaction() as session:
            session.execute(change)


def cooked() -> Iterator[tuple[str, str]]:
    """What somebody may do to the books behind the ledger's back, and what the check says to it."""
    yield "balance", "available is 51, but its entries sum up to 50"
    yield "overdraft", "available once fell to -10"
    yield "overended", "More was ended than entry"
    yield "stray", "ends what is no hold of its own"


@pytest.mark.parametrize(("how", "finding"), cooked())
def test_cooked_books_are_found_out(books: Books, how: str, finding: str) -> None:
    books.ledger.grant(books.application, 50)
    work = f"work of {books.application}"
    books.hold(work, 10)
    books.end(Movement.RELEASE, work, f"{work}/1", 10)
    numbers = [entry.number for entry in books.ledger.entries(books.application)]
    release, hold, grant = numbers
    owned = CreditBalanceRow.application_id == books.application
    add = sa.insert(LedgerEntryRow)
    row = {"application_id": books.application, "pool": "purchased", "note": "", "created_at": books.house.base.clock()}
    moved = {
        "overdraft": {"kind": "hold", "source": "available", "target": "held", "amount": 60},
        "overended": {"kind": "settle", "source": "held", "target": "spent", "amount": 5, "hold_number": hold},
        "stray": {"kind": "settle", "source": "held", "target": "spent", "amount": 5, "hold_number": grant},
    }
    with books.house.base.store.transaction() as session:
        if how == "balance":
            session.execute(sa.update(CreditBalanceRow).where(owned).values(available=51))
        else:
            session.execute(add.values(key=f"cooked {uuid4()}", **row, **moved[how]))
    assert any(finding in said for said in books.ledger.check().findings), books.ledger.check().findings
