# SPDX-License-Identifier: Apache-2.0
"""Reading and writing events, deliveries and attempts."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from affiche.store.notification_tables import AttemptRow, DeliveryRow, EventRow
from affiche.store.tables import ChannelRow


def has_event(session: Session, key: str) -> bool:
    return session.scalars(sa.select(EventRow.id).where(EventRow.key == key)).first() is not None


def delivery_with_target(session: Session, delivery_id: UUID) -> tuple[DeliveryRow, EventRow, ChannelRow | None] | None:
    """A delivery, its event, and its channel if that still exists."""
    delivery = session.get(DeliveryRow, delivery_id)
    event = session.get(EventRow, delivery.event_id) if delivery else None
    if delivery is None or event is None:
        return None
    return delivery, event, session.get(ChannelRow, delivery.channel_id)


def lock_delivery(session: Session, delivery_id: UUID, attempts: int, state: str) -> DeliveryRow | None:
    """Take the delivery for this transaction, if it is still in ``state`` with ``attempts`` ended."""
    query = (
        sa.update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id, DeliveryRow.attempts == attempts, DeliveryRow.state == state)
        .values(attempts=attempts + 1)
        .returning(DeliveryRow)
    )
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def deliveries(
    session: Session, application_id: UUID | None, state: str | None, most: int
) -> list[tuple[EventRow, DeliveryRow, AttemptRow | None]]:
    """Deliveries with their events and last attempts, newest first."""
    last = sa.and_(AttemptRow.delivery_id == DeliveryRow.id, AttemptRow.number == DeliveryRow.attempts)
    query = (
        sa.select(EventRow, DeliveryRow, AttemptRow)
        .join(DeliveryRow, DeliveryRow.event_id == EventRow.id)
        .join(AttemptRow, last, isouter=True)
        .order_by(EventRow.created_at.desc(), EventRow.id)
        .limit(most)
    )
    if application_id is not None:
        query = query.where(EventRow.application_id == application_id)
    if state is not None:
        query = query.where(DeliveryRow.state == state)
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def deliveries_of_event(session: Session, event_id: UUID) -> list[DeliveryRow]:
    return list(session.scalars(sa.select(DeliveryRow).where(DeliveryRow.event_id == event_id)))


def forget_before(session: Session, moment: datetime) -> int:
    """Delete events older than ``moment`` whose deliveries have all ended; gives how many."""
    waiting = sa.exists().where(DeliveryRow.event_id == EventRow.id, DeliveryRow.ended_at.is_(None))
    old = list(session.scalars(sa.select(EventRow.id).where(EventRow.created_at < moment, ~waiting).limit(1000)))
    mine = sa.select(DeliveryRow.id).where(DeliveryRow.event_id.in_(old))
    session.execute(sa.delete(AttemptRow).where(AttemptRow.delivery_id.in_(mine)))
    session.execute(sa.delete(DeliveryRow).where(DeliveryRow.event_id.in_(old)))
    session.execute(sa.delete(EventRow).where(EventRow.id.in_(old)))
    return len(old)
