# SPDX-License-Identifier: Apache-2.0
"""Reading and writing enhancements and their items."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a batch belongs: what one account did in one environment at one endpoint."""

    application_id: UUID
    environment: str
    resource: str

    @property
    def condition(self) -> sa.ColumnElement[bool]:
        return sa.and_(
            EnhancementRow.application_id == self.application_id,
            EnhancementRow.environment == self.environment,
            EnhancementRow.resource == self.resource,
        )


def lock(session: Session, enhancement_id: UUID, now: datetime) -> EnhancementRow | None:
    """Take a batch for this transaction, by writing when it was touched."""
    query = (
        sa.update(EnhancementRow)
        .where(EnhancementRow.id == enhancement_id)
        .values(touched_at=now)
        .returning(EnhancementRow)
    )
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def with_key(session: Session, scope: Scope, idempotency_key: str) -> EnhancementRow | None:
    query = sa.select(EnhancementRow).where(scope.condition, EnhancementRow.idempotency_key == idempotency_key)
    return session.scalars(query).one_or_none()


def find(session: Session, scope: Scope, enhancement_id: UUID) -> EnhancementRow | None:
    query = sa.select(EnhancementRow).where(scope.condition, EnhancementRow.id == enhancement_id)
    return session.scalars(query).one_or_none()


def made(
    session: Session, scope: Scope, limit: int, before: datetime | None, status: str | None
) -> list[EnhancementRow]:
    """Batches, newest first: at most ``limit``, only those made before then and in this state, if they are named."""
    query = sa.select(EnhancementRow).where(scope.condition).limit(limit)
    if before is not None:
        query = query.where(EnhancementRow.created_at < before)
    if status is not None:
        query = query.where(EnhancementRow.status == status)
    return list(session.scalars(query.order_by(EnhancementRow.created_at.desc(), EnhancementRow.id)))


def items_of(session: Session, enhancement_id: UUID) -> list[EnhancementItemRow]:
    """In the order of the request, fresh from the database."""
    query = (
        sa.select(EnhancementItemRow)
        .where(EnhancementItemRow.enhancement_id == enhancement_id)
        .order_by(EnhancementItemRow.position)
    )
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def item_with_batch(session: Session, item_id: UUID) -> tuple[EnhancementItemRow, EnhancementRow] | None:
    query = (
        sa.select(EnhancementItemRow, EnhancementRow)
        .join(EnhancementRow, EnhancementRow.id == EnhancementItemRow.enhancement_id)
        .where(EnhancementItemRow.id == item_id)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


def change_item(
    session: Session, item_id: UUID, states: Collection[str], changes: dict[str, Any]
) -> EnhancementItemRow | None:
    """Write to an item that is in one of ``states``; None if it is in another."""
    query = (
        sa.update(EnhancementItemRow)
        .where(EnhancementItemRow.id == item_id, EnhancementItemRow.status.in_(states))
        .values(**changes)
        .returning(EnhancementItemRow)
    )
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def count_active(
    session: Session, application_id: UUID, environment: str, states: Collection[str], key_id: UUID | None = None
) -> int:
    """An account's batches in one of ``states``, of all keys of an environment or of one."""
    query = sa.select(sa.func.count()).where(
        EnhancementRow.application_id == application_id,
        EnhancementRow.environment == environment,
        EnhancementRow.status.in_(states),
    )
    return session.scalars(query if key_id is None else query.where(EnhancementRow.key_id == key_id)).one()


def count_images(session: Session, key_id: UUID, since: datetime) -> int:
    """The pictures of all batches that a key has made since then."""
    total = sa.func.coalesce(sa.func.sum(EnhancementRow.total_items), 0)
    query = sa.select(total).where(EnhancementRow.key_id == key_id, EnhancementRow.created_at >= since)
    return int(session.scalars(query).one())


def unfinished(
    session: Session, states: Collection[str], untouched_since: datetime
) -> list[tuple[EnhancementItemRow, EnhancementRow]]:
    """Items in one of ``states`` of batches that nobody has touched since then."""
    query = (
        sa.select(EnhancementItemRow, EnhancementRow)
        .join(EnhancementRow, EnhancementRow.id == EnhancementItemRow.enhancement_id)
        .where(EnhancementItemRow.status.in_(states), EnhancementRow.touched_at < untouched_since)
        .order_by(EnhancementRow.id, EnhancementItemRow.position)
    )
    return [(item, batch) for item, batch in session.execute(query)]


def expired(session: Session, finished_before: datetime, most: int) -> list[EnhancementItemRow]:
    """Items whose result is older than that and still there."""
    query = (
        sa.select(EnhancementItemRow)
        .where(EnhancementItemRow.finished_at < finished_before, EnhancementItemRow.token.is_not(None))
        .limit(most)
    )
    return list(session.scalars(query))


def paid(session: Session) -> list[EnhancementRow]:
    """The batches that cost credits."""
    return list(session.scalars(sa.select(EnhancementRow).where(EnhancementRow.credits_per_item > 0)))


def paid_items(session: Session) -> list[tuple[EnhancementItemRow, EnhancementRow]]:
    """The items of batches that cost credits, with their batches."""
    query = (
        sa.select(EnhancementItemRow, EnhancementRow)
        .join(EnhancementRow, EnhancementRow.id == EnhancementItemRow.enhancement_id)
        .where(EnhancementRow.credits_per_item > 0)
    )
    return [(item, batch) for item, batch in session.execute(query)]
