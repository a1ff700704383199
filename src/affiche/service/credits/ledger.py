# SPDX-License-Identifier: Apache-2.0
"""The books as the operator sees them: granting credits, reading entries, proving that everything adds up."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from affiche.errors import InvalidInput
from affiche.service.accounts.errors import UnknownApplication
from affiche.service.clock import Clock
from affiche.service.credits.credits import record
from affiche.service.credits.errors import GrantConflict
from affiche.service.credits.values import Account, Audit, Balance, Entry, Movement, Pool
from affiche.store import ledger
from affiche.store.ledger_tables import CreditBalanceRow, LedgerEntryRow
from affiche.store.tables import ApplicationRow
from affiche.store.unit_of_work import Store

Reconciliation = Callable[[Session], Iterable[str]]
"""Compares the ledger with the work that a feature did; a sentence for every difference."""


class Ledger:
    """Use cases of the operator. ``reconciliations`` are what features add to the check."""

    def __init__(self, store: Store, clock: Clock, reconciliations: tuple[Reconciliation, ...] = ()) -> None:
        self._store = store
        self._clock = clock
        self._reconciliations = reconciliations

    def grant(
        self,
        application_id: UUID,
        amount: int,
        pool: Pool = Pool.PURCHASED,
        reference: str | None = None,
        note: str = "",
    ) -> Balance:
        """Put credits in. A ``reference`` (of an order, say) that was used before changes nothing.

        Raises `InvalidInput` (field ``amount``), `UnknownApplication`, `GrantConflict`.
        """
        if amount <= 0:
            raise InvalidInput("amount", "The amount must be 1 or more.")
        key = f"grant:{reference or uuid4()}"
        if len(key) > 200:
            raise InvalidInput("reference", "The reference has more than 190 characters.")
        with self._store.transaction() as session:
            if session.get(ApplicationRow, application_id) is None:
                raise UnknownApplication(application_id)
            balance = ledger.lock(session, application_id, pool)
            earlier = ledger.entry(session, key)
            if earlier is None:
                record(session, self._clock, balance, Movement.GRANT, key, amount, note=note)
            elif (earlier.application_id, earlier.pool, earlier.amount) != (application_id, pool, amount):
                raise GrantConflict(reference or "")
            return _balance(balance)

    def balances(self, application_id: UUID | None = None) -> list[Balance]:
        """Of one application or of all."""
        with self._store.transaction() as session:
            return [_balance(row) for row in ledger.balances(session, application_id)]

    def entries(self, application_id: UUID | None = None, most: int = 100) -> list[Entry]:
        """The last ``most`` movements, newest first."""
        with self._store.transaction() as session:
            return [_entry(row) for row in ledger.entries(session, application_id, most)]

    def check(self) -> Audit:
        """Read all entries and compare them with the balances, the holds that they end and the work that was done."""
        with self._store.snapshot() as session:
            sums = ledger.sums(session)
            findings = [
                *_wrong_balances(session, sums),
                *_overdrafts(session),
                *(f"Entry {row.number} ends what is no hold of its own." for row in ledger.unsound_ends(session)),
                *(f"More was ended than entry {row.number} holds." for row in ledger.overended_holds(session)),
                *(finding for reconcile in self._reconciliations for finding in reconcile(session)),
            ]
            spent, held = (
                sum(accounts.get(account, 0) for accounts in sums.values()) for account in (Account.SPENT, Account.HELD)
            )
            return Audit(ledger.count(session), spent, held, tuple(findings))


def _wrong_balances(session: Session, sums: ledger.Sums) -> Iterator[str]:
    stored = {(row.application_id, row.pool): row for row in ledger.balances(session, None)}
    for owner in sorted(stored.keys() | sums.keys(), key=str):
        row, summed = stored.get(owner), sums.get(owner, {})
        for account in Account:
            of_entries = summed.get(account, 0)
            of_balance = _kept(row, account) if row else 0
            if of_entries != of_balance:
                application, pool = owner
                yield (
                    f"The {pool} credits of application {application}: {account} is {of_balance}, "
                    f"but its entries sum up to {of_entries}."
                )


def _overdrafts(session: Session) -> Iterator[str]:
    for account in (Account.AVAILABLE, Account.HELD):
        for (application, pool), least in ledger.lowest(session, account).items():
            if least < 0 and not (account is Account.AVAILABLE and pool == Pool.OPEN):
                yield f"The {pool} credits of application {application}: {account} once fell to {least}."


def _kept(row: CreditBalanceRow, account: Account) -> int:
    return -row.granted if account is Account.ISSUED else int(getattr(row, account.value))


def _balance(row: CreditBalanceRow) -> Balance:
    return Balance(row.application_id, Pool(row.pool), row.granted, row.available, row.held, row.spent)


def _entry(row: LedgerEntryRow) -> Entry:
    return Entry(
        row.number,
        row.key,
        row.application_id,
        Pool(row.pool),
        Movement(row.kind),
        row.amount,
        row.hold_number,
        row.note,
        row.created_at,
    )
