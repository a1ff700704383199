# SPDX-License-Identifier: Apache-2.0
"""What happens to every request first: who is asking, may they ask, what do they send."""

from dataclasses import dataclass
from typing import Any, Final

import structlog
from anyio import to_thread
from starlette.requests import Request

from affiche.api.enhancement.errors import InvalidPayload
from affiche.api.enhancement.schemas import parsed
from affiche.service.accounts.key_errors import KeyRefused
from affiche.service.accounts.key_values import KeyHolder
from affiche.service.accounts.keys import KeyCheck
from affiche.service.limits.requests import RequestLimits
from affiche.service.limits.values import Allowance

MAX_BODY_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reception:
    """``keys`` knows who is asking, ``limits`` how often they may."""

    keys: KeyCheck
    limits: RequestLimits

    async def holder(self, request: Request) -> KeyHolder:
        """Who is asking. Raises what `KeyCheck.holder` raises; strangers who ask too often get `RateLimitExceeded`."""
        try:
            holder = await to_thread.run_sync(self.keys.holder, request.headers.get("authorization"))
        except KeyRefused:
            await self.stranger(request)
            raise
        structlog.contextvars.bind_contextvars(application_id=str(holder.application_id), key_id=str(holder.key_id))
        return holder

    async def stranger(self, request: Request) -> Allowance | None:
        """Count a request that proves nobody. Raises `RateLimitExceeded`, `RateLimitUnavailable`."""
        address = request.client.host if request.client else "unknown"
        return await to_thread.run_sync(self.limits.count_unauthenticated, address)

    async def creating(self, holder: KeyHolder) -> Allowance | None:
        """Count a request to create. Raises as `stranger` does."""
        return await to_thread.run_sync(self.limits.count_create, str(holder.key_id))

    async def looking(self, holder: KeyHolder) -> Allowance | None:
        """Count a look. Raises as `stranger` does."""
        return await to_thread.run_sync(self.limits.count_status, str(holder.key_id))


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises `InvalidPayload`, also as soon as more than a mebibyte has come."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise InvalidPayload
    return parsed(bytes(content))
