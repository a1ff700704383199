# SPDX-License-Identifier: Apache-2.0
"""Fresh credentials and how they are kept."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Self
from uuid import UUID, uuid4

from affiche.store.secrets import SecretBox, digest
from affiche.store.tables import CredentialRow

_KEY_BYTES: Final = 16
_SECRET_BYTES: Final = 32
_JWT_KEY_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key of 32, a secret of 64 and a JWT key of 128 hex digits, in the clear: shown once and never stored."""

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    jwt_private_key: str = field(repr=False)

    @classmethod
    def fresh(cls) -> Self:
        return cls(secrets.token_hex(_KEY_BYTES), secrets.token_hex(_SECRET_BYTES), secrets.token_hex(_JWT_KEY_BYTES))

    def row(self, application_id: UUID, box: SecretBox, now: datetime) -> CredentialRow:
        """What is stored of them: digests, and the JWT key sealed because tokens are signed with it."""
        return CredentialRow(
            id=uuid4(),
            application_id=application_id,
            api_key_hash=digest(self.api_key),
            api_secret_hash=digest(self.api_secret),
            jwt_key_hash=digest(self.jwt_private_key),
            jwt_key_sealed=box.seal(self.jwt_private_key, seal_purpose(application_id)),
            created_at=now,
        )


def seal_purpose(application_id: UUID) -> str:
    """Binds a sealed JWT key to its application."""
    return f"jwt-key:{application_id}"
