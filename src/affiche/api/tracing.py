# SPDX-License-Identifier: Apache-2.0
"""W3C Trace Context (level 1): every request gets a trace id, taken from ``traceparent`` where the client sent one.

The trace id stands in error bodies, in the ``traceresponse`` header and in every log line of the request, so that a
person who reports an error hands over what the operator needs to find it.
"""

import re
import secrets
from dataclasses import dataclass
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TRACEPARENT: Final = re.compile(
    r"^(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<parent>[0-9a-f]{16})-[0-9a-f]{2}(?P<rest>-.*)?$"
)
SCOPE_KEY: Final = "affiche.trace"


@dataclass(frozen=True, slots=True)
class TraceContext:
    """One request's place in a trace: ``trace_id`` is 32 hex digits, ``span_id`` 16; both lower case."""

    trace_id: str
    span_id: str

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-00"


def continue_trace(traceparent: str | None) -> TraceContext:
    """The context of a request: the sender's trace id with a span of our own, or a new trace when the header is
    absent or not valid (wrong form, version ff, an id of only zeros), as the recommendation asks.
    """
    return TraceContext(_sender_trace(traceparent) or secrets.token_hex(16), secrets.token_hex(8))


def _sender_trace(traceparent: str | None) -> str | None:
    match = TRACEPARENT.match(traceparent.strip()) if traceparent else None
    if match is None or match["version"] == "ff" or not int(match["trace"], 16) or not int(match["parent"], 16):
        return None
    if match["version"] == "00" and match["rest"]:
        return None
    return match["trace"]


def trace_of(connection: HTTPConnection) -> TraceContext:
    """The context that `TraceMiddleware` gave to this request."""
    context = connection.scope[SCOPE_KEY]
    assert isinstance(context, TraceContext)
    return context


class TraceMiddleware:
    """Opens a trace context per request, binds its id to the log lines and returns it as ``traceresponse``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trace = continue_trace(Headers(scope=scope).get("traceparent"))
        scope[SCOPE_KEY] = trace

        async def send_traced(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["traceresponse"] = str(trace)
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(trace_id=trace.trace_id)
        await self.app(scope, receive, send_traced)
