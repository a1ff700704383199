# SPDX-License-Identifier: Apache-2.0
"""Reading and writing notification channels."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from affiche.store.tables import ChannelRow


def channels(session: Session, application_id: UUID, *, active_only: bool = False) -> list[ChannelRow]:
    """An application's channels, oldest first."""
    query = sa.select(ChannelRow).where(ChannelRow.application_id == application_id)
    if active_only:
        query = query.where(ChannelRow.is_active.is_(True))
    return list(session.scalars(query.order_by(ChannelRow.created_at, ChannelRow.id)))


def channel(session: Session, application_id: UUID, channel_id: UUID) -> ChannelRow | None:
    """The channel, if it is the application's own."""
    query = sa.select(ChannelRow).where(ChannelRow.id == channel_id, ChannelRow.application_id == application_id)
    return session.scalars(query).one_or_none()


def has_active_channel(session: Session, application_id: UUID) -> bool:
    query = sa.select(ChannelRow.id).where(ChannelRow.application_id == application_id, ChannelRow.is_active.is_(True))
    return session.scalars(query.limit(1)).first() is not None
