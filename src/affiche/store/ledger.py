# SPDX-License-Identifier: Apache-2.0
"""Reading and writing the credit ledger."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from affiche.store.ledger_tables import CreditBalanceRow, LedgerEntryRow

Sums = Mapping[tuple[UUID, str], Mapping[str, int]]

_EMPTY: Final = {"granted": 0, "available": 0, "held": 0, "spent": 0}


def lock(session: Session, application_id: UUID, pool: str) -> CreditBalanceRow:
    """Take the application's credits of a pool for this transaction, by a write that changes nothing."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    query = (
        insert(CreditBalanceRow)
        .values(application_id=application_id, pool=pool, **_EMPTY)
        .on_conflict_do_update(
            index_elements=[CreditBalanceRow.application_id, CreditBalanceRow.pool],
            set_={"held": CreditBalanceRow.held},
        )
        .returning(CreditBalanceRow)
    )
    return session.scalars(query, execution_options={"populate_existing": True}).one()


def balance(session: Session, application_id: UUID, pool: str) -> CreditBalanceRow | None:
    query = sa.select(CreditBalanceRow).where(
        CreditBalanceRow.application_id == application_id, CreditBalanceRow.pool == pool
    )
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def balances(session: Session, application_id: UUID | None) -> list[CreditBalanceRow]:
    """Of one application or of all."""
    query = sa.select(CreditBalanceRow).order_by(CreditBalanceRow.application_id, CreditBalanceRow.pool)
    return list(session.scalars(query if application_id is None else query.where(_owned(application_id))))


def _owned(application_id: UUID) -> sa.ColumnElement[bool]:
    return CreditBalanceRow.application_id == application_id


def entry(session: Session, key: str) -> LedgerEntryRow | None:
    return session.scalars(sa.select(LedgerEntryRow).where(LedgerEntryRow.key == key)).one_or_none()


def named(session: Session, prefix: str) -> dict[str, LedgerEntryRow]:
    """The entries whose keys begin with ``prefix``, by key."""
    query = sa.select(LedgerEntryRow).where(LedgerEntryRow.key.startswith(prefix, autoescape=True))
    return {row.key: row for row in session.scalars(query)}


def entries(session: Session, application_id: UUID | None, most: int) -> list[LedgerEntryRow]:
    """Newest first."""
    query = sa.select(LedgerEntryRow).order_by(LedgerEntryRow.number.desc()).limit(most)
    if application_id is not None:
        query = query.where(LedgerEntryRow.application_id == application_id)
    return list(session.scalars(query))


def ended(session: Session, hold_number: int) -> int:
    """How much of a hold has been settled or released."""
    total = sa.func.coalesce(sa.func.sum(LedgerEntryRow.amount), 0)
    return int(session.scalars(sa.select(total).where(LedgerEntryRow.hold_number == hold_number)).one())


def count(session: Session) -> int:
    return session.scalars(sa.select(sa.func.count()).select_from(LedgerEntryRow)).one()


def sums(session: Session) -> Sums:
    """What came in less what went out of every account, by application and pool; from the entries alone."""
    found: dict[tuple[UUID, str], dict[str, int]] = {}
    for account, sign in ((LedgerEntryRow.source, -1), (LedgerEntryRow.target, 1)):
        query = sa.select(
            LedgerEntryRow.application_id, LedgerEntryRow.pool, account, sa.func.sum(LedgerEntryRow.amount)
        ).group_by(LedgerEntryRow.application_id, LedgerEntryRow.pool, account)
        for application_id, pool, name, total in session.execute(query):
            accounts = found.setdefault((application_id, pool), {})
            accounts[name] = accounts.get(name, 0) + sign * int(total)
    return found


def lowest(session: Session, account: str) -> Mapping[tuple[UUID, str], int]:
    """The least that an account ever held, by application and pool, reading the entries in their order."""
    change = sa.case(
        (LedgerEntryRow.target == account, LedgerEntryRow.amount),
        (LedgerEntryRow.source == account, -LedgerEntryRow.amount),
        else_=0,
    )
    owner = (LedgerEntryRow.application_id, LedgerEntryRow.pool)
    running = sa.select(
        *owner, sa.func.sum(change).over(partition_by=owner, order_by=LedgerEntryRow.number).label("is")
    )
    steps = running.subquery()
    query = sa.select(steps.c.application_id, steps.c.pool, sa.func.min(steps.c["is"])).group_by(
        steps.c.application_id, steps.c.pool
    )
    return {(application_id, pool): int(least) for application_id, pool, least in session.execute(query)}


def unsound_ends(session: Session) -> list[LedgerEntryRow]:
    """Entries that end a hold of another application or pool, or something that is no hold."""
    hold = aliased(LedgerEntryRow)
    query = (
        sa.select(LedgerEntryRow)
        .join(hold, hold.number == LedgerEntryRow.hold_number)
        .where(
            sa.or_(
                hold.hold_number.is_not(None),
                hold.application_id != LedgerEntryRow.application_id,
                hold.pool != LedgerEntryRow.pool,
                hold.target != LedgerEntryRow.source,
            )
        )
    )
    return list(session.scalars(query))


def overended_holds(session: Session) -> list[LedgerEntryRow]:
    """Holds of which more was settled and released than they held."""
    end = aliased(LedgerEntryRow)
    query = (
        sa.select(LedgerEntryRow)
        .join(end, end.hold_number == LedgerEntryRow.number)
        .group_by(*LedgerEntryRow.__table__.columns)
        .having(sa.func.sum(end.amount) > LedgerEntryRow.amount)
    )
    return list(session.scalars(query))
