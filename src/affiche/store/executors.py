# SPDX-License-Identifier: Apache-2.0
"""The leases of worker processes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from affiche.store.tables import ExecutorRow


def renew(session: Session, row: ExecutorRow) -> None:
    """Write the lease, also when somebody has removed it meanwhile."""
    session.merge(row)


def others(session: Session, executor_id: str) -> list[ExecutorRow]:
    return list(session.scalars(sa.select(ExecutorRow).where(ExecutorRow.id != executor_id)))


def remove(session: Session, executor_id: str) -> None:
    session.execute(sa.delete(ExecutorRow).where(ExecutorRow.id == executor_id))


def expire(session: Session, executor_id: str, now: datetime) -> None:
    """End a lease early: the process is leaving."""
    session.execute(sa.update(ExecutorRow).where(ExecutorRow.id == executor_id).values(lease_until=now))
