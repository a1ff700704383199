# SPDX-License-Identifier: Apache-2.0
"""One log line per answered request, with the trace id and, once known, application, process and task."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affiche import logs

log = logs.logger(__name__)
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class RequestLogMiddleware:
    """Logs method, path, status and milliseconds. The query stays out: it may hold what is not meant for logs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in QUIET:
            await self.app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            milliseconds = round(1000 * (time.perf_counter() - started), 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status, milliseconds=milliseconds)
