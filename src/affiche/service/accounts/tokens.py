# SPDX-License-Identifier: Apache-2.0
"""Issuing, refreshing and checking tokens."""

from uuid import UUID

from affiche.service.accounts.values import Caller, IssuedTokens


class Tokens:
    """Access tokens are HS256 JWTs signed with the application's own key; refresh tokens are opaque."""

    def issue(self, application_id: UUID, jwt_private_key: str) -> IssuedTokens:
        """Raises `WrongJwtKey`."""
        raise NotImplementedError

    def refresh(self, application_id: UUID, jwt_private_key: str, refresh_token: str) -> IssuedTokens:
        """Trade a refresh token for new tokens. Raises `WrongJwtKey` or `WrongRefreshToken`."""
        raise NotImplementedError

    def authenticate(self, access_token: str | None, api_key: str | None, api_secret: str | None) -> Caller:
        """Who holds these credentials. ``access_token`` comes without the word Bearer. Raises `NotAuthenticated`."""
        raise NotImplementedError
