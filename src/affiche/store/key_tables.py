# SPDX-License-Identifier: Apache-2.0
"""The rows of API keys and of what was done to them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from affiche.store.base import Base


class ApiKeyRow(Base):
    """A key that an account's programs carry. ``key_hash`` is the SHA-256 (hex) of the whole key, which is known to its
    owner alone; ``hint`` is how it begins and ends."""

    __tablename__ = "api_key"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    environment: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(200))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hint: Mapped[str] = mapped_column(sa.String(40))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class ApiKeyChangeRow(Base):
    """One thing that was done to a key, in the order of ``number``."""

    __tablename__ = "api_key_change"
    __table_args__ = (sa.Index("ix_api_key_change_application_id_at", "application_id", "at"),)

    number: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("api_key.id"))
    application_id: Mapped[UUID]
    change: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime]
