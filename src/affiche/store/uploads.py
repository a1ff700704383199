# SPDX-License-Identifier: Apache-2.0
"""Which blobs are in use: clients' pictures, and files that nothing refers to any more."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from affiche.store.tables import AssetRow, DiscardedBlobRow, TaskRow, UploadRow


def upload_key(digest: str) -> str:
    """The blob key of a client's picture."""
    return f"uploads/{digest[:2]}/{digest}"


def record_use(session: Session, digest: str, size: int, now: datetime) -> None:
    """Make or renew the row of a picture and take its blob off the list of what may be deleted."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    query = insert(UploadRow).values(digest=digest, size=size, used_at=now)
    session.execute(query.on_conflict_do_update(index_elements=[UploadRow.digest], set_={"used_at": now}))
    session.execute(sa.delete(DiscardedBlobRow).where(DiscardedBlobRow.key == upload_key(digest)))


def discard_unused(session: Session, used_before: datetime, now: datetime) -> int:
    """Delete the rows of pictures that no task and no asset refers to and no request brought since then, and discard
    their blobs. Returns how many."""
    drawn = sa.exists().where(sa.or_(TaskRow.photo_digest == UploadRow.digest, TaskRow.logo_digest == UploadRow.digest))
    kept = sa.exists().where(AssetRow.digest == UploadRow.digest)
    unused = sa.delete(UploadRow).where(UploadRow.used_at < used_before, ~drawn, ~kept).returning(UploadRow.digest)
    digests = list(session.scalars(unused))
    discard(session, [upload_key(digest) for digest in digests], now)
    return len(digests)


def discard(session: Session, keys: Iterable[str], now: datetime) -> None:
    """Note blobs that nothing refers to; they may be deleted after a grace time."""
    session.add_all(DiscardedBlobRow(key=key, since=now) for key in keys)


def take_discarded(session: Session, before: datetime, limit: int) -> list[str]:
    """Up to ``limit`` keys of blobs to delete now. Delete them before the transaction ends: until then whoever wants
    to use such a key again waits in `record_use`."""
    oldest = sa.select(DiscardedBlobRow.key).where(DiscardedBlobRow.since < before).limit(limit)
    query = sa.delete(DiscardedBlobRow).where(DiscardedBlobRow.key.in_(oldest)).returning(DiscardedBlobRow.key)
    return list(session.scalars(query))
