# SPDX-License-Identifier: Apache-2.0
"""How the dialect answers: JSON with a request id, whatever happens."""

import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from affiche import logs
from affiche.api.enhancement.errors import STATUS, MethodNotAllowed, NotServed, Unexpected, envelope, headers_of
from affiche.errors import AfficheError

REQUEST_ID: Final = "X-Request-Id"
CLIENT_GONE: Final = 499
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_CHARACTERS: Final = 24
_LONGEST_CORRELATION: Final = 160
log = logs.logger(__name__)


def request_id_of(request: Request) -> str:
    """Ours for this request, made when it is first asked for; the client's own is only logged."""
    if not hasattr(request.state, "request_id"):
        made = "req_" + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_CHARACTERS))
        request.state.request_id = made
        told = {"request_id": made}
        correlation = request.headers.get(REQUEST_ID, "")[:_LONGEST_CORRELATION]
        structlog.contextvars.bind_contextvars(**told | ({"client_request_id": correlation} if correlation else {}))
    return str(request.state.request_id)


def answer(
    request: Request,
    body: dict[str, Any],
    status: int,
    headers: dict[str, str],
    last: dict[str, Any] | None = None,
) -> Response:
    """``body`` with the request id behind it and in a header; ``last`` comes behind that."""
    request_id = request_id_of(request)
    return JSONResponse(body | {"request_id": request_id} | (last or {}), status, {REQUEST_ID: request_id} | headers)


def refusal(request: Request, error: AfficheError) -> Response:
    """An error of the dialect in its envelope."""
    request_id = request_id_of(request)
    headers = {REQUEST_ID: request_id} | headers_of(error, time.time())
    return JSONResponse(envelope(error, request_id), STATUS[type(error)], headers)


async def unserved(request: Request, error: Exception) -> Response:
    """404 and 405 of the framework, for paths of this dialect."""
    assert isinstance(error, HTTPException)
    refused = refusal(request, MethodNotAllowed() if error.status_code == 405 else NotServed())
    refused.headers.update(error.headers or {})
    return refused


class EnhancementRoute(APIRoute):
    """A route whose exceptions are answered in the dialect."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        handler: Callable[[Request], Awaitable[Response]] = super().get_route_handler()

        async def answered(request: Request) -> Response:
            request_id_of(request)
            try:
                return await handler(request)
            except ClientDisconnect:
                return Response(status_code=CLIENT_GONE)
            except AfficheError as error:
                if type(error) in STATUS:
                    return refusal(request, error)
                log.error("request_failed", operation=self.name, exc_info=error)
            except Exception as error:
                log.error("request_failed", operation=self.name, exc_info=error)
            return refusal(request, Unexpected())

        return answered
