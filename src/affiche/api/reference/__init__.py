# SPDX-License-Identifier: Apache-2.0
"""``/docs``: the API reference, drawn in the browser from ``/openapi.json`` by files that we serve ourselves, so that
it works on a machine without internet.
"""

from importlib.resources import files
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

    @router.get("/docs/page.css")
    async def style() -> Response:
        return _file("page.css", "text/css")

    @router.get("/docs/page.js")
    async def script() -> Response:
        return _file("page.js", "text/javascript")

    return router


def _file(name: str, media_type: str) -> Response:
    content = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return Response(content, media_type=media_type, headers={"content-security-policy": POLICY})
