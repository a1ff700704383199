# SPDX-License-Identifier: Apache-2.0
"""Products that were cut out of clients' photos."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from affiche.store.tables import AssetRow


def asset(session: Session, application_id: UUID, asset_id: UUID) -> AssetRow | None:
    """The asset, if it is the application's own."""
    query = sa.select(AssetRow).where(AssetRow.id == asset_id, AssetRow.application_id == application_id)
    return session.scalars(query).one_or_none()
