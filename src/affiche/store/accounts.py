# SPDX-License-Identifier: Apache-2.0
"""Reading and writing applications, their credentials and refresh tokens."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from affiche.store.base import Moment
from affiche.store.tables import ApplicationRow, CredentialRow, RefreshTokenRow


def applications(session: Session) -> list[ApplicationRow]:
    """Oldest first."""
    query = sa.select(ApplicationRow).order_by(ApplicationRow.created_at, ApplicationRow.id)
    return list(session.scalars(query))


def lock_application(session: Session, application_id: UUID) -> ApplicationRow | None:
    """Take the application for this transaction, by a write that changes nothing."""
    query = sa.update(ApplicationRow).where(ApplicationRow.id == application_id).values(name=ApplicationRow.name)
    return session.scalars(query.returning(ApplicationRow)).one_or_none()


def make_if_missing(session: Session, application_id: UUID, name: str, now: datetime) -> None:
    """Make an application under an id that is known before; whoever comes second finds it made."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    query = insert(ApplicationRow).values(id=application_id, name=name, created_at=now, standing="good")
    session.execute(query.on_conflict_do_nothing(index_elements=[ApplicationRow.id]))


def set_standing(session: Session, application_id: UUID, standing: str) -> ApplicationRow | None:
    query = sa.update(ApplicationRow).where(ApplicationRow.id == application_id).values(standing=standing)
    return session.scalars(query.returning(ApplicationRow)).one_or_none()


def credential_of(session: Session, application_id: UUID) -> CredentialRow | None:
    """The valid credential of an application that is not disabled."""
    return session.scalars(_valid().where(CredentialRow.application_id == application_id)).one_or_none()


def credential_with_key(session: Session, api_key_hash: str) -> CredentialRow | None:
    """The valid credential with this key, if its application is not disabled."""
    return session.scalars(_valid().where(CredentialRow.api_key_hash == api_key_hash)).one_or_none()


def _valid() -> sa.Select[CredentialRow]:
    return (
        sa.select(CredentialRow)
        .join(ApplicationRow, ApplicationRow.id == CredentialRow.application_id)
        .where(CredentialRow.revoked_at.is_(None), ApplicationRow.disabled_at.is_(None))
    )


def revoke_credentials(session: Session, application_id: UUID, now: datetime) -> None:
    session.execute(
        sa.update(CredentialRow)
        .where(CredentialRow.application_id == application_id, CredentialRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def disable_application(session: Session, application_id: UUID, now: datetime) -> bool:
    """Whether there is such an application. The first time counts."""
    result = session.execute(
        sa.update(ApplicationRow)
        .where(ApplicationRow.id == application_id)
        .values(disabled_at=sa.func.coalesce(ApplicationRow.disabled_at, sa.literal(now, Moment())))
        .returning(ApplicationRow.id)
    )
    return result.one_or_none() is not None


def use_refresh_token(
    session: Session, credential_id: UUID, token_hash: str, now: datetime, used_since: datetime
) -> bool:
    """Mark a token as used; True if it was valid: not expired, and unused or first used after ``used_since``."""
    result = session.execute(
        sa.update(RefreshTokenRow)
        .where(
            RefreshTokenRow.token_hash == token_hash,
            RefreshTokenRow.credential_id == credential_id,
            RefreshTokenRow.expires_at > now,
            sa.or_(RefreshTokenRow.used_at.is_(None), RefreshTokenRow.used_at >= used_since),
        )
        .values(used_at=sa.func.coalesce(RefreshTokenRow.used_at, sa.literal(now, Moment())))
        .returning(RefreshTokenRow.token_hash)
    )
    return result.one_or_none() is not None


def forget_refresh_tokens(session: Session, expired_before: datetime) -> None:
    session.execute(sa.delete(RefreshTokenRow).where(RefreshTokenRow.expires_at < expired_before))
