# SPDX-License-Identifier: Apache-2.0
"""Response headers that every answer carries, whoever makes it."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}
UNLESS_GIVEN: Final = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Adds the headers of the two tables; a route may set its own value for those in ``UNLESS_GIVEN``.

    Answers hold credentials, private pictures or their ids, so nothing is cached unless a route says so.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers[name] = value
                for name, value in UNLESS_GIVEN.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)
