# SPDX-License-Identifier: Apache-2.0
"""Counts and times requests, and prints all metrics at ``/metrics``."""

import time

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affiche.metrics import API_REQUESTS, API_SECONDS, exposition


def metrics_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    def metrics() -> Response:
        return Response(exposition(), media_type=CONTENT_TYPE_LATEST)

    return router


class MetricsMiddleware:
    """Label values come from the routing table, never from the client: a path that no route serves counts as ``none``,
    whatever its method.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            route = getattr(scope.get("route"), "path", None) or "none"
            method = scope["method"] if route != "none" else "any"
            API_REQUESTS.labels(method, route, str(status)).inc()
            API_SECONDS.labels(method, route).observe(time.perf_counter() - started)
