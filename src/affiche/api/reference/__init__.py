# SPDX-License-Identifier: Apache-2.0
"""``/docs`` and ``/docs/enhancement``: the references of the two APIs, drawn in the browser from their OpenAPI
documents by files that we serve ourselves, so that they work on a machine without internet.
"""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

POLICY: Final = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"


def reference_router() -> APIRouter:
    """Serves the page and its two files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    async def page() -> Response:
        return _file("page.html", "text/html")

    @router.get("/docs/enhancement")
    async def enhancement() -> Response:
        return _file("page.html", "text/html", {"/openapi.json": "/openapi/enhancement.json"})

    @router.get("/docs/page.css")
    async def style() -> Response:
        return _file("page.css", "text/css")

    @router.get("/docs/page.js")
    async def script() -> Response:
        return _file("page.js", "text/javascript")

    return router


def _file(name: str, media_type: str, changes: Mapping[str, str] = MappingProxyType({})) -> Response:
    content = files(__name__).joinpath(name).read_text(encoding="utf-8")
    for old, new in changes.items():
        content = content.replace(old, new)
    return Response(content, media_type=media_type, headers={"content-security-policy": POLICY})
