# SPDX-License-Identifier: Apache-2.0
"""Reading and writing events, deliveries and attempts."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from affiche.store.notification_tables import AttemptRow, CallbackRow, DeliveryRow, EventRow
from affiche.store.tables import ChannelRow


def has_event(session: Session, key: str) -> bool:
    return session.scalars(sa.select(EventRow.id).where(EventRow.key == key)).first() is not None


def delivery_with_target(
    session: Session, delivery_id: UUID
) -> tuple[DeliveryRow, EventRow, ChannelRow | CallbackRow | None] | None:
    """A delivery, its event, and its channel or callback if that still exists."""
    delivery = session.get(DeliveryRow, delivery_id)
    event = session.get(EventRow, delivery.event_id) if delivery else None
    if delivery is None or event is None:
        return None
    target = session.get(ChannelRow, delivery.channel_id) or session.get(CallbackRow, delivery.channel_id)
    return delivery, event, target


def remember_callback(session: Session, row: CallbackRow) -> None:
    """Write a callback unless it is known."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    query = insert(CallbackRow).values(id=row.id, application_id=row.application_id, url=row.url, secret=row.secret)
    session.execute(query.on_conflict_do_nothing(index_elements=[CallbackRow.id]))


def end_attempt(session: Session, delivery_id: UUID, number: int, state: str) -> DeliveryRow | None:
    """Count attempt ``number`` as ended and hold the delivery for this transaction; None unless it is the next one of a
    delivery that is in ``state``."""
    query = (
        sa.update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id, DeliveryRow.attempts == number - 1, DeliveryRow.state == state)
        .values(attempts=number)
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


def has_deliveries(session: Session, event_id: UUID) -> bool:
    return (
        session.scalars(sa.select(DeliveryRow.id).where(DeliveryRow.event_id == event_id).limit(1)).first() is not None
    )


def reopen(session: Session, event_id: UUID, state: str) -> list[DeliveryRow]:
    """Put those deliveries of an event that have ended back into ``state``, as if none had failed; gives them."""
    query = (
        sa.update(DeliveryRow)
        .where(DeliveryRow.event_id == event_id, DeliveryRow.state != state)
        .values(state=state, failures=0, ended_at=None)
        .returning(DeliveryRow)
    )
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def waiting(session: Session, state: str, before: datetime, after_id: UUID | None, most: int) -> list[DeliveryRow]:
    """Deliveries in ``state`` of events from before then, by id, beginning after ``after_id``."""
    query = (
        sa.select(DeliveryRow)
        .join(EventRow, EventRow.id == DeliveryRow.event_id)
        .where(DeliveryRow.state == state, EventRow.created_at < before)
        .order_by(DeliveryRow.id)
        .limit(most)
    )
    return list(session.scalars(query if after_id is None else query.where(DeliveryRow.id > after_id)))


def forget_before(session: Session, moment: datetime, most: int) -> int:
    """Delete events from before then whose deliveries have all ended; gives how many."""
    underway = sa.exists().where(DeliveryRow.event_id == EventRow.id, DeliveryRow.ended_at.is_(None))
    old = list(session.scalars(sa.select(EventRow.id).where(EventRow.created_at < moment, ~underway).limit(most)))
    if old:
        theirs = sa.select(DeliveryRow.id).where(DeliveryRow.event_id.in_(old))
        session.execute(sa.delete(AttemptRow).where(AttemptRow.delivery_id.in_(theirs)))
        session.execute(sa.delete(DeliveryRow).where(DeliveryRow.event_id.in_(old)))
        session.execute(sa.delete(EventRow).where(EventRow.id.in_(old)))
    return len(old)
