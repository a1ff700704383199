# SPDX-License-Identifier: Apache-2.0
"""The rows of enhancements: a batch of product pictures, and each picture."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from affiche.store.base import Base


class EnhancementRow(Base):
    """A batch as it was asked for, and how far it is. ``resource`` is the kind of batch; with its idempotency key it
    names the request, whose body had the SHA-256 (hex) ``body_digest``. ``wishes`` are what was asked for in fields,
    ``per_source`` the pictures made of each source. ``credits_per_item`` is 0 in the sandbox. ``touched_at`` changes
    with every write to the batch or its items; writing it first is how a transaction takes the batch for itself on both
    databases."""

    __tablename__ = "enhancement"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "environment", "resource", "idempotency_key"),
        sa.Index("ix_enhancement_key_id_created_at", "key_id", "created_at"),
        sa.Index("ix_enhancement_application_id_status", "application_id", "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"))
    environment: Mapped[str] = mapped_column(sa.String(20))
    key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("api_key.id"))
    resource: Mapped[str] = mapped_column(sa.String(40))
    idempotency_key: Mapped[str] = mapped_column(sa.String(160))
    body_digest: Mapped[str] = mapped_column(sa.String(64))
    treatment: Mapped[str] = mapped_column(sa.String(60))
    preservation: Mapped[str] = mapped_column(sa.String(20))
    instructions: Mapped[str] = mapped_column(sa.Text)
    wishes: Mapped[dict[str, Any] | None]
    per_source: Mapped[int] = mapped_column(server_default="1")
    status: Mapped[str] = mapped_column(sa.String(20))
    total_items: Mapped[int]
    credits_per_item: Mapped[int]
    callback_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("callback.id"))
    request_id: Mapped[str] = mapped_column(sa.String(40))
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class EnhancementItemRow(Base):
    """One picture of a batch. ``source_url`` is empty where it is made of words alone. ``token`` is the unguessable
    part of its result's address; None once the result has been deleted. ``notes`` say what of the instructions was not
    honoured, ``receipt`` what the result follows from."""

    __tablename__ = "enhancement_item"
    __table_args__ = (sa.UniqueConstraint("enhancement_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enhancement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enhancement.id"))
    position: Mapped[int]
    source_url: Mapped[str] = mapped_column(sa.Text)
    external_id: Mapped[str | None] = mapped_column(sa.String(255))
    status: Mapped[str] = mapped_column(sa.String(20), index=True)
    token: Mapped[str | None] = mapped_column(sa.String(64))
    error_code: Mapped[str | None] = mapped_column(sa.String(60))
    notes: Mapped[list[str] | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    receipt: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
