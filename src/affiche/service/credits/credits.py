# SPDX-License-Identifier: Apache-2.0
"""Holding, settling and releasing credits inside the transactions of those whose work costs them.

A piece of work holds all that it may cost when it is accepted. Each of its parts then ends once, settled or released,
under one key for both, so that no part can be charged twice or be charged and given back.
"""

from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.service.clock import Clock
from affiche.service.credits.errors import AccessNotEnabled, InsufficientCredits
from affiche.service.credits.values import Account, CreditTerms, Movement, Pool
from affiche.store import ledger
from affiche.store.ledger_tables import CreditBalanceRow, LedgerEntryRow

UNMETERED_REMAINING: Final = 1_000_000_000
"""What clients of a server that meters nothing are told remains."""


class Credits:
    """Every method works in the caller's transaction and takes the application's credits for it."""

    def __init__(self, clock: Clock, terms: CreditTerms) -> None:
        self._clock = clock
        self._terms = terms

    def remaining(self, session: Session, application_id: UUID) -> int:
        """The credits that can still be held."""
        if not self._terms.metered:
            return UNMETERED_REMAINING
        found = ledger.balance(session, application_id, Pool.PURCHASED)
        return found.available if found else 0

    def require_access(self, session: Session, application_id: UUID) -> None:
        """Raises `AccessNotEnabled` while too little was purchased for live use."""
        if not self._terms.metered:
            return
        found = ledger.balance(session, application_id, Pool.PURCHASED)
        if (found.granted if found else 0) < self._terms.threshold:
            raise AccessNotEnabled

    def was_granted(self, session: Session, application_id: UUID) -> bool:
        """Whether purchased credits were ever put in."""
        found = ledger.balance(session, application_id, Pool.PURCHASED)
        return found is not None and found.granted > 0

    def hold(self, session: Session, application_id: UUID, work: str, amount: int) -> bool:
        """Put ``amount`` aside for ``work``, all or nothing; False if that was done before. Raises
        `InsufficientCredits`, after which the transaction must not be committed."""
        pool = Pool.PURCHASED if self._terms.metered else Pool.OPEN
        balance = ledger.lock(session, application_id, pool)
        key = hold_key(work)
        if ledger.entry(session, key) is not None:
            return False
        if pool is not Pool.OPEN and balance.available < amount:
            raise InsufficientCredits
        record(session, self._clock, balance, Movement.HOLD, key, amount)
        return True

    def settle(self, session: Session, work: str, part: str, amount: int) -> bool:
        """Spend what was held for a part of ``work``; False if the part had ended before."""
        return self._end(session, Movement.SETTLE, work, part, amount)

    def release(self, session: Session, work: str, part: str, amount: int) -> bool:
        """Give back what was held for a part of ``work``; False if the part had ended before."""
        return self._end(session, Movement.RELEASE, work, part, amount)

    def _end(self, session: Session, movement: Movement, work: str, part: str, amount: int) -> bool:
        hold = ledger.entry(session, hold_key(work))
        if hold is None:
            raise LookupError(f"Nothing is held for {work}.")
        balance = ledger.lock(session, hold.application_id, hold.pool)
        key = end_key(part)
        if ledger.entry(session, key) is not None:
            return False
        if ledger.ended(session, hold.number) + amount > hold.amount:
            raise ValueError(f"More would be ended of {work} than the {hold.amount} that are held.")
        record(session, self._clock, balance, movement, key, amount, hold=hold)
        return True


def hold_key(work: str) -> str:
    """The effect of holding credits for ``work``."""
    return f"hold:{work}"


def end_key(part: str) -> str:
    """The effect of settling or releasing what is held for ``part``."""
    return f"end:{part}"


def record(
    session: Session,
    clock: Clock,
    balance: CreditBalanceRow,
    movement: Movement,
    key: str,
    amount: int,
    *,
    hold: LedgerEntryRow | None = None,
    note: str = "",
) -> LedgerEntryRow:
    """Add an entry and move the ``balance``, which the transaction has locked."""
    source, target = movement.way
    row = LedgerEntryRow(
        key=key,
        application_id=balance.application_id,
        pool=balance.pool,
        kind=movement,
        source=source,
        target=target,
        amount=amount,
        hold_number=hold.number if hold else None,
        note=note,
        created_at=clock(),
    )
    session.add(row)
    _move(balance, source, -amount)
    _move(balance, target, amount)
    session.flush()
    return row


def _move(balance: CreditBalanceRow, account: Account, change: int) -> None:
    match account:
        case Account.ISSUED:
            balance.granted -= change
        case Account.AVAILABLE:
            balance.available += change
        case Account.HELD:
            balance.held += change
        case Account.SPENT:
            balance.spent += change
