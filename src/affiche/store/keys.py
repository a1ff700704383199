# SPDX-License-Identifier: Apache-2.0
"""Reading and writing API keys."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from affiche.store.key_tables import ApiKeyChangeRow, ApiKeyRow
from affiche.store.tables import ApplicationRow


def with_hash(session: Session, key_hash: str) -> tuple[ApiKeyRow, ApplicationRow] | None:
    """The key with this hash, in whatever state, and whose it is."""
    query = (
        sa.select(ApiKeyRow, ApplicationRow)
        .join(ApplicationRow, ApplicationRow.id == ApiKeyRow.application_id)
        .where(ApiKeyRow.key_hash == key_hash)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


def undeleted(session: Session, application_id: UUID | None = None) -> list[ApiKeyRow]:
    """Keys in the list, oldest first; of one application or of all."""
    query = sa.select(ApiKeyRow).where(ApiKeyRow.deleted_at.is_(None)).order_by(ApiKeyRow.created_at, ApiKeyRow.id)
    if application_id is not None:
        query = query.where(ApiKeyRow.application_id == application_id)
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def count_changes(session: Session, application_id: UUID, since: datetime, change: str | None = None) -> int:
    """How much was done to an application's keys since then; only such a ``change`` if one is named."""
    query = sa.select(sa.func.count()).where(
        ApiKeyChangeRow.application_id == application_id, ApiKeyChangeRow.at > since
    )
    return session.scalars(query if change is None else query.where(ApiKeyChangeRow.change == change)).one()
