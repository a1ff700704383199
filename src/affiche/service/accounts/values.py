# SPDX-License-Identifier: Apache-2.0
"""What the account use cases give and take."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from affiche.service.accounts.errors import NotAuthenticated
from affiche.service.accounts.standing import Standing


@dataclass(frozen=True, slots=True)
class Application:
    """An integrator. ``disabled`` applications keep their data and can do nothing; ``standing`` says what the others'
    API keys may do."""

    application_id: UUID
    name: str
    created: datetime
    disabled: bool
    standing: Standing = Standing.GOOD


@dataclass(frozen=True, slots=True)
class NewApplication:
    """An application with the credentials that only this object ever shows."""

    application_id: UUID
    name: str
    api_key: str
    api_secret: str = field(repr=False)
    jwt_private_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """A pair of tokens with their expiry times (aware, UTC)."""

    application_id: UUID
    access_token: str = field(repr=False)
    access_expires: datetime
    refresh_token: str = field(repr=False)
    refresh_expires: datetime


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking, after authentication."""

    application_id: UUID

    def require(self, application_id: UUID) -> None:
        """Raise `NotAuthenticated` unless the request names the caller's own application."""
        if application_id != self.application_id:
            raise NotAuthenticated
