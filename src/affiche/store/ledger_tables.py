# SPDX-License-Identifier: Apache-2.0
"""The rows of the credit ledger: entries that are only ever added, and the balance that follows from them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from affiche.store.base import Base

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # what SQLite counts up by itself


class LedgerEntryRow(Base):
    """``amount`` credits that moved from the account ``source`` to the account ``target``, so that every row is both of
    its entries and the books balance by construction. The database refuses to change or to delete one.

    ``key`` names the effect and keeps it from happening twice. An entry that ends a part of a hold names that hold by
    its ``hold_number``. Numbers of one application and pool rise in the order of what happened.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.Index("ix_ledger_entry_application_id_pool_number", "application_id", "pool", "number"),
    )

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"))
    pool: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[str] = mapped_column(sa.String(20))
    source: Mapped[str] = mapped_column(sa.String(20))
    target: Mapped[str] = mapped_column(sa.String(20))
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    hold_number: Mapped[int | None] = mapped_column(_NUMBER, sa.ForeignKey("ledger_entry.number"), index=True)
    note: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]


class CreditBalanceRow(Base):
    """What the entries of an application and pool sum up to. Writing it first is how a transaction takes the
    application's credits for itself on both databases. The pool ``open`` may give more than was put in."""

    __tablename__ = "credit_balance"
    __table_args__ = (
        sa.CheckConstraint("available >= 0 or pool = 'open'", name="available"),
        sa.CheckConstraint("held >= 0", name="held"),
    )

    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), primary_key=True)
    pool: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    granted: Mapped[int] = mapped_column(sa.BigInteger)
    available: Mapped[int] = mapped_column(sa.BigInteger)
    held: Mapped[int] = mapped_column(sa.BigInteger)
    spent: Mapped[int] = mapped_column(sa.BigInteger)
