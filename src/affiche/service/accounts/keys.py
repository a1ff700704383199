# SPDX-License-Identifier: Apache-2.0
"""API keys: making them, switching them off, and finding out who holds one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from affiche.errors import InvalidInput
from affiche.service.accounts.applications import MAX_NAME_LENGTH
from affiche.service.accounts.errors import UnknownApplication
from affiche.service.accounts.key_errors import (
    AccountSuspended,
    ApiKeyEnvironmentMismatch,
    ApiKeyExpired,
    ApiKeyInactive,
    ApiKeyRevoked,
    InvalidApiKey,
    MissingApiKey,
    NotReactivable,
    TooManyKeyChanges,
    TooManyKeys,
    UnknownApiKey,
)
from affiche.service.accounts.key_values import ApiKey, Environment, KeyCaps, KeyHolder, KeyState, NewApiKey, hint_of
from affiche.service.accounts.standing import Standing, require_good
from affiche.service.clock import Clock
from affiche.store import accounts, keys
from affiche.store.key_tables import ApiKeyChangeRow, ApiKeyRow
from affiche.store.secrets import digest
from affiche.store.unit_of_work import Store

OWN_ACCOUNT: Final = UUID("a77c4e00-0000-4000-8000-000000000001")
"""The application that keys belong to when none is named: the server's own, made with its first key."""

_OWN_NAME: Final = "This server"
_CREATED: Final = "created"
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_LONGEST_KEY: Final = 200


class ApiKeys:
    """Use cases of the operator, for whom ``caps`` count too; nothing here is reachable for clients."""

    def __init__(self, store: Store, clock: Clock, caps: KeyCaps) -> None:
        self._store = store
        self._clock = clock
        self._caps = caps

    def create(
        self, environment: Environment, name: str, application_id: UUID | None = None, expires: datetime | None = None
    ) -> NewApiKey:
        """Make a key, of the server's own account if no application is named.

        Raises `InvalidInput` (fields ``name``, ``expires``), `UnknownApplication`, `TooManyKeys`, `TooManyKeyChanges`.
        """
        name = name.strip()
        if not name or len(name) > MAX_NAME_LENGTH:
            raise InvalidInput("name", f"The name must have 1 to {MAX_NAME_LENGTH} characters.")
        now = self._clock()
        if expires is not None and expires <= now:
            raise InvalidInput("expires", "The expiry date must lie in the future.")
        key = environment.fresh_key()
        with self._store.transaction() as session:
            owner = self._owner(session, application_id, now)
            self._require_room(session, owner, now)
            self._require_seldom(session, owner, now, creating=True)
            row = ApiKeyRow(
                id=uuid4(),
                application_id=owner,
                environment=environment,
                name=name,
                key_hash=digest(key),
                hint=hint_of(key, environment),
                created_at=now,
                expires_at=expires,
            )
            session.add(row)
            session.flush()
            _note(session, row, _CREATED, now)
        return NewApiKey(_shown(row, now), key)

    def list(self, application_id: UUID | None = None) -> "list[ApiKey]":
        """Keys that are not deleted, oldest first."""
        now = self._clock()
        with self._store.transaction() as session:
            return [_shown(row, now) for row in keys.undeleted(session, application_id)]

    def deactivate(self, key_id: UUID) -> ApiKey:
        """Switch a key off until it is reactivated. Raises `UnknownApiKey`."""
        return self._change(key_id, "deactivated")

    def reactivate(self, key_id: UUID) -> ApiKey:
        """Raises `NotReactivable` for a revoked or expired key, and as `deactivate` and `create` do."""
        now = self._clock()
        with self._store.transaction() as session:
            row = self._locked(session, key_id, now)
            state = state_of(row, now)
            if state in (KeyState.REVOKED, KeyState.EXPIRED):
                raise NotReactivable(key_id, state)
            self._require_seldom(session, row.application_id, now, creating=False)
            if state is KeyState.INACTIVE:
                self._require_room(session, row.application_id, now)
            row.deactivated_at = None
            _note(session, row, "reactivated", now)
        return _shown(row, now)

    def revoke(self, key_id: UUID) -> ApiKey:
        """Switch a key off for good. Raises as `deactivate` does."""
        return self._change(key_id, "revoked")

    def delete(self, key_id: UUID) -> ApiKey:
        """Switch a key off for good and take it out of the list. Raises as `deactivate` does."""
        return self._change(key_id, "deleted")

    def _change(self, key_id: UUID, what: str) -> ApiKey:
        now = self._clock()
        with self._store.transaction() as session:
            row = self._locked(session, key_id, now)
            setattr(row, f"{what}_at", getattr(row, f"{what}_at") or now)
            _note(session, row, what, now)
        return _shown(row, now)

    def _locked(self, session: Session, key_id: UUID, now: datetime) -> ApiKeyRow:
        """The key, with its account taken for this transaction."""
        seen = session.get(ApiKeyRow, key_id)
        if seen is None:
            raise UnknownApiKey(key_id)
        accounts.lock_application(session, seen.application_id)
        session.refresh(seen)
        if seen.deleted_at is not None:
            raise UnknownApiKey(key_id)
        return seen

    def _owner(self, session: Session, application_id: UUID | None, now: datetime) -> UUID:
        if application_id is None:
            accounts.make_if_missing(session, OWN_ACCOUNT, _OWN_NAME, now)
        owner = accounts.lock_application(session, application_id or OWN_ACCOUNT)
        if owner is None:
            raise UnknownApplication(application_id or OWN_ACCOUNT)
        return owner.id

    def _require_room(self, session: Session, application_id: UUID, now: datetime) -> None:
        cap = self._caps.active
        rows = keys.undeleted(session, application_id)
        if cap is not None and sum(state_of(row, now) is KeyState.ACTIVE for row in rows) >= cap:
            raise TooManyKeys(cap)

    def _require_seldom(self, session: Session, application_id: UUID, now: datetime, *, creating: bool) -> None:
        """Every change counts, but switching a key off is never refused: it may be in a thief's hands."""
        rules: list[tuple[str, int | None, timedelta, str | None]] = [
            ("changed", self._caps.changed_per_hour, _HOUR, None)
        ]
        if creating:
            rules.append(("created", self._caps.created_per_hour, _HOUR, _CREATED))
            rules.append(("created", self._caps.created_per_day, _DAY, _CREATED))
        for what, cap, span, change in rules:
            since = now - span
            if cap is not None and keys.count_changes(session, application_id, since, change) >= cap:
                raise TooManyKeyChanges(what, cap, since)


class KeyCheck:
    """Who holds the key of a request. Keys of environments that are not ``served`` are refused."""

    def __init__(self, store: Store, clock: Clock, served: Collection[Environment] = tuple(Environment)) -> None:
        self._store = store
        self._clock = clock
        self._served = frozenset(served)

    def holder(self, authorization: str | None) -> KeyHolder:
        """Read the Authorization header of a request.

        Raises a `KeyRefused` for the key, `ApiKeyEnvironmentMismatch`, or `EmailNotVerified`, `AccountSuspended` or
        `PaymentRiskRestricted` for its account.
        """
        scheme, _, key = (authorization or "").strip().partition(" ")
        key = key.strip()
        if scheme.lower() != "bearer" or not key:
            raise MissingApiKey
        with self._store.transaction() as session:
            found = keys.with_hash(session, digest(key)) if len(key) <= _LONGEST_KEY else None
        if found is None or found[0].deleted_at is not None:
            raise InvalidApiKey
        row, account = found
        _require_active(row, self._clock())
        environment = Environment(row.environment)
        if environment not in self._served or not key.startswith(environment.prefix):
            raise ApiKeyEnvironmentMismatch
        if account.disabled_at is not None:
            raise AccountSuspended
        standing = Standing(account.standing)
        require_good(standing)
        return KeyHolder(account.id, row.id, environment, standing, row.key_hash)


def state_of(row: ApiKeyRow, now: datetime) -> KeyState:
    """What is for good counts before what is for now."""
    if row.revoked_at is not None or row.deleted_at is not None:
        return KeyState.REVOKED
    if row.expires_at is not None and row.expires_at <= now:
        return KeyState.EXPIRED
    return KeyState.ACTIVE if row.deactivated_at is None else KeyState.INACTIVE


def _require_active(row: ApiKeyRow, now: datetime) -> None:
    match state_of(row, now):
        case KeyState.REVOKED:
            raise ApiKeyRevoked
        case KeyState.EXPIRED:
            raise ApiKeyExpired
        case KeyState.INACTIVE:
            raise ApiKeyInactive


def _note(session: Session, row: ApiKeyRow, change: str, now: datetime) -> None:
    session.add(ApiKeyChangeRow(key_id=row.id, application_id=row.application_id, change=change, at=now))


def _shown(row: ApiKeyRow, now: datetime) -> ApiKey:
    return ApiKey(
        row.id,
        row.application_id,
        Environment(row.environment),
        row.name,
        row.hint,
        state_of(row, now),
        row.created_at,
        row.expires_at,
    )
