# SPDX-License-Identifier: Apache-2.0
"""What no dialect answers: paths and methods that nobody serves, and faults outside the dialects' own routes."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affiche import logs
from affiche.api.tracing import trace_of

log = logs.logger(__name__)


async def unserved(request: Request, error: Exception) -> Response:
    """404 and 405 as problem details (RFC 9457) with the trace id."""
    assert isinstance(error, HTTPException)
    path = request.url.path
    title = f"{path} does not answer {request.method}." if error.status_code == 405 else f"Nothing is served at {path}."
    return _problem(request, error.status_code, title, dict(error.headers or {}))


def _problem(request: Request, status: int, title: str, headers: dict[str, str] | None = None) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "traceId": str(trace_of(request))}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


class FaultMiddleware:
    """Answers an exception that nothing else caught with 500 and logs it under the same trace id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            request = Request(scope)
            log.exception("request_failed", path=request.url.path)
            await _problem(request, 500, "An unexpected error occurred.")(scope, receive, send)
