# SPDX-License-Identifier: Apache-2.0
"""The rows of accounts, channels, processes and jobs. Columns say what is stored; the rules live in the service."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from affiche.store.base import Base


class ApplicationRow(Base):
    """An integrator. ``standing`` says what its API keys may do."""

    __tablename__ = "application"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    standing: Mapped[str] = mapped_column(sa.String(40), default="good")


class CredentialRow(Base):
    """One set of keys: SHA-256 digests (hex) and the sealed signing key. At most one per application is unrevoked."""

    __tablename__ = "credential"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    api_key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    api_secret_hash: Mapped[str] = mapped_column(sa.String(64))
    jwt_key_hash: Mapped[str] = mapped_column(sa.String(64))
    jwt_key_sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RefreshTokenRow(Base):
    """A refresh token that was given out; only its SHA-256 digest (hex) is known."""

    __tablename__ = "refresh_token"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    credential_id: Mapped[UUID] = mapped_column(sa.ForeignKey("credential.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class ChannelRow(Base):
    """A notification channel. ``configuration`` holds what is public, ``password_sealed`` the broker's password."""

    __tablename__ = "channel"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    kind: Mapped[int]
    is_active: Mapped[bool]
    include_image_data: Mapped[bool]
    configuration: Mapped[dict[str, Any]]
    password_sealed: Mapped[bytes | None]
    created_at: Mapped[datetime]


class UploadRow(Base):
    """A client's picture, or what was cut out of one, by the SHA-256 (hex) of its bytes. ``used_at`` is the last time
    that a request brought it."""

    __tablename__ = "upload"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int]
    used_at: Mapped[datetime] = mapped_column(index=True)


class AssetRow(Base):
    """A product that was cut out of a client's photo, to be named in later requests: a PNG with alpha, ``width`` x
    ``height`` px, that lies with the uploads under its ``digest``. ``confidence`` 0..1 is the cutter's own."""

    __tablename__ = "asset"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    user_id: Mapped[UUID]
    digest: Mapped[str] = mapped_column(sa.ForeignKey("upload.digest"), index=True)
    width: Mapped[int]
    height: Mapped[int]
    confidence: Mapped[float] = mapped_column(sa.Double())
    created_at: Mapped[datetime]


class ProcessRow(Base):
    """A request for creatives or product photos, as its ``message_family`` says. Its state and progress are worked out
    from its tasks.

    ``generation`` counts the runs: 1 for the start, one more for each edit. ``touched_at`` changes with every write to
    the process or its tasks; writing it first is how a transaction takes the process for itself on both databases.
    """

    __tablename__ = "process"
    __table_args__ = (
        sa.Index("ix_process_application_id_created_at", "application_id", "created_at"),
        sa.Index("ix_process_application_id_user_id", "application_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"))
    user_id: Mapped[UUID]
    message_family: Mapped[str] = mapped_column(sa.String(50))
    render_kind: Mapped[int]
    render_type: Mapped[int]
    variants: Mapped[int]
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    generation: Mapped[int]
    download_count: Mapped[int]
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]


class TaskRow(Base):
    """One picture of a process: what to draw (``format_kind``, ``variant``, ``brief``, pictures), under which
    generation of the process it was last queued, and what came of it. A creative has a photo and a logo; a product
    photo has its cut-out for a photo, no logo, and a ``public_id``, under which anybody may fetch it. ``max_bytes`` is
    what the client allows for the file, if it said so. The result's columns are set when it is done: ``encoding`` says
    how the file met a budget, ``score`` and ``diversity`` judge the design, ``receipt`` names everything that the file
    follows from. Large ones are only read where they are asked for."""

    __tablename__ = "task"
    __table_args__ = (sa.UniqueConstraint("process_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    process_id: Mapped[UUID] = mapped_column(sa.ForeignKey("process.id"))
    position: Mapped[int]
    format_kind: Mapped[int]
    variant: Mapped[int]
    brief: Mapped[dict[str, Any]]
    photo_digest: Mapped[str] = mapped_column(sa.ForeignKey("upload.digest"), index=True)
    logo_digest: Mapped[str | None] = mapped_column(sa.ForeignKey("upload.digest"), index=True)
    public_id: Mapped[UUID | None] = mapped_column(unique=True)
    max_bytes: Mapped[int | None]
    generation: Mapped[int]
    state: Mapped[int]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    error_message: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    size: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    dropped: Mapped[list[str] | None]
    content_type: Mapped[str | None] = mapped_column(sa.String(40))
    encoding: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    score: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    diversity: Mapped[float | None] = mapped_column(sa.Double())
    receipt: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    download_count: Mapped[int]


class DiscardedBlobRow(Base):
    """A blob that nothing refers to since ``since``; the upkeep deletes it after a grace time."""

    __tablename__ = "discarded_blob"

    key: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)


class ExecutorRow(Base):
    """A worker process that claims jobs, alive until ``lease_until`` unless it renews. ``host`` names the machine and
    its process table, so that ``pid`` and ``pid_started`` can prove on the same host that it is gone."""

    __tablename__ = "executor"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    host: Mapped[str] = mapped_column(sa.String(200))
    pid: Mapped[int]
    pid_started: Mapped[int] = mapped_column(sa.BigInteger)
    lease_until: Mapped[datetime]
