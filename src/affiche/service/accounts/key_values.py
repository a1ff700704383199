# SPDX-License-Identifier: Apache-2.0
"""API keys as values."""

import secrets
import string
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from affiche.service.accounts.standing import Standing

_ALPHABET: Final = string.digits + string.ascii_letters
_RANDOM_CHARACTERS: Final = 32
_HINT_CHARACTERS: Final = 4


class Environment(StrEnum):
    """Where a key works. What one environment made, the other never sees."""

    SANDBOX = "sandbox"
    LIVE = "live"

    @property
    def prefix(self) -> str:
        """How keys of the environment begin."""
        return "aigen_test_" if self is Environment.SANDBOX else "aigen_live_"

    def fresh_key(self) -> str:
        """The prefix and 32 random characters: 190 bits."""
        return self.prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_CHARACTERS))


class KeyState(StrEnum):
    """What a key in the list is good for."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as its operator sees it; ``hint`` is how it begins and ends."""

    key_id: UUID
    application_id: UUID
    environment: Environment
    name: str
    hint: str
    state: KeyState
    created: datetime
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key with its text, which only this object ever shows."""

    about: ApiKey
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Who is asking, after authentication. ``signing_secret`` is the hex SHA-256 of the key, which both sides know."""

    application_id: UUID
    key_id: UUID
    environment: Environment
    standing: Standing
    signing_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyCaps:
    """How many keys an account may have active and how often they may change; None means that nothing is counted."""

    active: int | None = None
    created_per_hour: int | None = None
    created_per_day: int | None = None
    changed_per_hour: int | None = None


VENDOR_CAPS: Final = KeyCaps(active=5, created_per_hour=5, created_per_day=20, changed_per_hour=10)


def hint_of(key: str, environment: Environment) -> str:
    return f"{environment.prefix}...{key[-_HINT_CHARACTERS:]}"
