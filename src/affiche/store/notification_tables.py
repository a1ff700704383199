# SPDX-License-Identifier: Apache-2.0
"""The rows of notifications: an event, its delivery to each channel or callback, each attempt."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from affiche.store.base import Base


class EventRow(Base):
    """Something that clients are told. ``body`` is the message as it is sent, without picture; ``image_key`` is the
    blob whose bytes channels with picture data get. ``key`` keeps an event from being recorded twice."""

    __tablename__ = "event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    process_id: Mapped[UUID] = mapped_column(index=True)
    message_type: Mapped[str] = mapped_column(sa.String(80))
    routing_key: Mapped[str] = mapped_column(sa.String(80))
    body: Mapped[str] = mapped_column(sa.Text)
    image_key: Mapped[str | None] = mapped_column(sa.String(300))
    created_at: Mapped[datetime] = mapped_column(index=True)


class CallbackRow(Base):
    """A webhook that came with requests instead of being registered. ``secret`` is what its messages are signed with,
    kept because the key that it was made of may be gone before the last attempt."""

    __tablename__ = "callback"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    url: Mapped[str] = mapped_column(sa.Text)
    secret: Mapped[str] = mapped_column(sa.String(64))


class DeliveryRow(Base):
    """An event on its way to one channel or callback, whose id is ``channel_id``. ``attempts`` counts all that have
    ended, ``failures`` those that failed since the schedule began, which it does anew when the event is sent again."""

    __tablename__ = "delivery"
    __table_args__ = (sa.UniqueConstraint("event_id", "channel_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id"))
    channel_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(sa.String(20), index=True)
    attempts: Mapped[int]
    failures: Mapped[int]
    ended_at: Mapped[datetime | None]


class AttemptRow(Base):
    """One try: the HTTP status (None for brokers and failures), the first 2,048 characters of the answer, or why there
    was none."""

    __tablename__ = "attempt"

    delivery_id: Mapped[UUID] = mapped_column(sa.ForeignKey("delivery.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    status: Mapped[int | None]
    answer: Mapped[str] = mapped_column(sa.Text)
    fault: Mapped[str] = mapped_column(sa.Text)
