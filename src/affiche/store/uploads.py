# SPDX-License-Identifier: Apache-2.0
"""Which blobs are in use: clients' pictures, and files that nothing refers to any more."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from affiche.store.tables import DiscardedBlobRow, TaskRow, UploadRow


def upload_key(digest: str) -> str:
    """The blob key of a client's picture."""
    return f"uploads/{digest[:2]}/{digest}"


def record_use(session: Session, digest: str, size: int, now: datetime) -> None:
    """Make or renew the row of a picture; from here until the commit it cannot be forgotten."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    query = insert(UploadRow).values(digest=digest, size=size, used_at=now)
    session.execute(query.on_conflict_do_update(index_elements=[UploadRow.digest], set_={"used_at": now}))


def forget_unused(session: Session, used_before: datetime) -> None:
    """Delete the rows of pictures that no task refers to and no request brought since then."""
    wanted = sa.exists().where(
        sa.or_(TaskRow.photo_digest == UploadRow.digest, TaskRow.logo_digest == UploadRow.digest)
    )
    session.execute(sa.delete(UploadRow).where(UploadRow.used_at < used_before, ~wanted))


def known(session: Session, digests: Collection[str]) -> set[str]:
    """Those of the digests that have a row."""
    return set(session.scalars(sa.select(UploadRow.digest).where(UploadRow.digest.in_(digests))))


def discard(session: Session, keys: Iterable[str], now: datetime) -> None:
    """Note blobs that may be deleted after the grace time."""
    session.add_all(DiscardedBlobRow(key=key, since=now) for key in keys)


def discarded(session: Session, before: datetime, limit: int) -> list[str]:
    query = sa.select(DiscardedBlobRow.key).where(DiscardedBlobRow.since < before)
    return list(session.scalars(query.order_by(DiscardedBlobRow.since).limit(limit)))


def forget_discarded(session: Session, keys: Collection[str]) -> None:
    session.execute(sa.delete(DiscardedBlobRow).where(DiscardedBlobRow.key.in_(keys)))
