# SPDX-License-Identifier: Apache-2.0
"""Making, listing, re-keying and disabling applications."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from affiche.errors import InvalidInput
from affiche.service.accounts.credentials import Credentials
from affiche.service.accounts.errors import UnknownApplication
from affiche.service.accounts.standing import Standing
from affiche.service.accounts.values import Application, NewApplication
from affiche.service.clock import Clock
from affiche.store import accounts
from affiche.store.secrets import SecretBox
from affiche.store.tables import ApplicationRow
from affiche.store.unit_of_work import Store

MAX_NAME_LENGTH: Final = 200


class Applications:
    """Use cases of the operator; nothing here is reachable for clients."""

    def __init__(self, store: Store, box: SecretBox, clock: Clock) -> None:
        self._store = store
        self._box = box
        self._clock = clock

    def create(self, name: str) -> NewApplication:
        """Make an application. Raises `InvalidInput` (field ``name``) for an empty name or one over 200 characters."""
        name = name.strip()
        if not name or len(name) > MAX_NAME_LENGTH:
            raise InvalidInput("name", f"The name must have 1 to {MAX_NAME_LENGTH} characters.")
        row = ApplicationRow(id=uuid4(), name=name, created_at=self._clock())
        with self._store.transaction() as session:
            session.add(row)
            session.flush()
            return self._with_new_credentials(session, row, row.created_at)

    def list(self) -> list[Application]:
        """All applications, oldest first."""
        with self._store.transaction() as session:
            rows = accounts.applications(session)
        return [_shown(row) for row in rows]

    def set_standing(self, application_id: UUID, standing: Standing) -> Application:
        """Decide what the application's API keys may do, at once. Raises `UnknownApplication`."""
        with self._store.transaction() as session:
            row = accounts.set_standing(session, application_id, standing)
            if row is None:
                raise UnknownApplication(application_id)
            return _shown(row)

    def rotate(self, application_id: UUID) -> NewApplication:
        """Replace all three credentials; every token issued before stops working. Raises `UnknownApplication`."""
        now = self._clock()
        with self._store.transaction() as session:
            row = accounts.lock_application(session, application_id)
            if row is None:
                raise UnknownApplication(application_id)
            accounts.revoke_credentials(session, application_id, now)
            return self._with_new_credentials(session, row, now)

    def disable(self, application_id: UUID) -> None:
        """Lock an application out, at once and for good. Raises `UnknownApplication`."""
        with self._store.transaction() as session:
            if not accounts.disable_application(session, application_id, self._clock()):
                raise UnknownApplication(application_id)

    def _with_new_credentials(self, session: Session, row: ApplicationRow, now: datetime) -> NewApplication:
        fresh = Credentials.fresh()
        session.add(fresh.row(row.id, self._box, now))
        return NewApplication(row.id, row.name, fresh.api_key, fresh.api_secret, fresh.jwt_private_key)


def _shown(row: ApplicationRow) -> Application:
    return Application(row.id, row.name, row.created_at, row.disabled_at is not None, Standing(row.standing))
