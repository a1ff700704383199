# SPDX-License-Identifier: Apache-2.0
"""The access token: an HS256 JWT with the claims ApplicationId, jti, iat, nbf, exp, iss and aud."""

import math
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

ISSUER: Final = "affiche"
AUDIENCE: Final = "affiche-api"
_ALGORITHM: Final = "HS256"


def sign(application_id: UUID, key: str, issued: datetime, expires: datetime) -> str:
    """A token signed with the bytes of ``key`` as text. Its times are whole seconds; ``exp`` is rounded up."""
    claims = {
        "ApplicationId": str(application_id),
        "jti": str(uuid4()),
        "iat": int(issued.timestamp()),
        "nbf": int(issued.timestamp()),
        "exp": math.ceil(expires.timestamp()),
        "iss": ISSUER,
        "aud": AUDIENCE,
    }
    return jwt.encode({"alg": _ALGORITHM, "typ": "JWT"}, claims, OctKey.import_key(key))


def read(token: str, key: str, now: datetime) -> UUID | None:
    """The application that the token was issued to; None for a broken, foreign, early or expired token."""
    try:
        claims = jwt.decode(token, OctKey.import_key(key), algorithms=[_ALGORITHM]).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            nbf={"essential": True},
            exp={"essential": True},
        ).validate(claims)
        return UUID(claims["ApplicationId"])
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        return None
