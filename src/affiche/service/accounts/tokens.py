# SPDX-License-Identifier: Apache-2.0
"""Issuing, refreshing and checking tokens."""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.service.accounts import signing
from affiche.service.accounts.credentials import seal_purpose
from affiche.service.accounts.errors import NotAuthenticated, WrongJwtKey, WrongRefreshToken
from affiche.service.accounts.values import Caller, IssuedTokens
from affiche.service.clock import Clock
from affiche.store import accounts
from affiche.store.secrets import SecretBox, digest, matches
from affiche.store.tables import CredentialRow, RefreshTokenRow
from affiche.store.unit_of_work import Store

_REFRESH_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class TokenTerms:
    """How long tokens live. A refresh token outlives its access token by ``refresh``, and once used it goes on
    working for ``grace``, so that a client may repeat a request whose answer got lost."""

    access: timedelta = timedelta(hours=24)
    refresh: timedelta = timedelta(days=7)
    grace: timedelta = timedelta(seconds=60)
    api_key_only: bool = False


class Tokens:
    """Access tokens are HS256 JWTs signed with the application's own key; refresh tokens are opaque."""

    def __init__(self, store: Store, box: SecretBox, clock: Clock, terms: TokenTerms) -> None:
        self._store = store
        self._box = box
        self._clock = clock
        self._terms = terms

    def issue(self, application_id: UUID, jwt_private_key: str) -> IssuedTokens:
        """Raises `WrongJwtKey`."""
        with self._store.transaction() as session:
            credential = _proven(session, application_id, jwt_private_key)
            return self._issue(session, credential, jwt_private_key)

    def refresh(self, application_id: UUID, jwt_private_key: str, refresh_token: str) -> IssuedTokens:
        """Trade a refresh token for new tokens. Raises `WrongJwtKey` or `WrongRefreshToken`."""
        now = self._clock()
        with self._store.transaction() as session:
            credential = _proven(session, application_id, jwt_private_key)
            grace_began = now - self._terms.grace
            if not accounts.use_refresh_token(session, credential.id, digest(refresh_token), now, grace_began):
                raise WrongRefreshToken
            return self._issue(session, credential, jwt_private_key)

    def authenticate(self, access_token: str | None, api_key: str | None, api_secret: str | None) -> Caller:
        """Who holds these credentials. ``access_token`` comes without the word Bearer. Raises `NotAuthenticated`."""
        if not api_key or not api_secret:
            raise NotAuthenticated
        with self._store.transaction() as session:
            credential = accounts.credential_with_key(session, digest(api_key))
        if credential is None or not matches(api_secret, credential.api_secret_hash):
            raise NotAuthenticated
        if access_token or not self._terms.api_key_only:
            self._check(access_token or "", credential)
        return Caller(credential.application_id)

    def _check(self, token: str, credential: CredentialRow) -> None:
        key = self._box.open(credential.jwt_key_sealed, seal_purpose(credential.application_id))
        if signing.read(token, key, self._clock()) != credential.application_id:
            raise NotAuthenticated

    def _issue(self, session: Session, credential: CredentialRow, jwt_key: str) -> IssuedTokens:
        now = self._clock()
        access_expires = now + self._terms.access
        refresh_expires = access_expires + self._terms.refresh
        refresh_token = base64.b64encode(secrets.token_bytes(_REFRESH_BYTES)).decode()
        session.add(
            RefreshTokenRow(
                token_hash=digest(refresh_token), credential_id=credential.id, expires_at=refresh_expires, used_at=None
            )
        )
        signed = signing.sign(credential.application_id, jwt_key, now, access_expires)
        return IssuedTokens(credential.application_id, signed, access_expires, refresh_token, refresh_expires)


def _proven(session: Session, application_id: UUID, jwt_private_key: str) -> CredentialRow:
    """The application's credential, if the caller knows its JWT key."""
    credential = accounts.credential_of(session, application_id)
    if credential is None or not matches(jwt_private_key, credential.jwt_key_hash):
        raise WrongJwtKey(application_id)
    return credential
