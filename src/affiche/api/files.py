# SPDX-License-Identifier: Apache-2.0
"""``/files``: finished product pictures, for whoever knows their addresses."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from affiche.errors import AfficheError
from affiche.service.enhancements.results import RESULTS_PATH, THUMBNAILS_PATH, Results

HEADERS: Final = {
    # A picture at an address never changes, and pages of whatever origin may show it.
    "cache-control": "public, max-age=31536000, immutable",
    "cross-origin-resource-policy": "cross-origin",
}


def files_router(results: Results) -> APIRouter:
    """Serves results and their thumbnails."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(f"{RESULTS_PATH}/{{token}}.png", methods=["GET", "HEAD"])
    def result(token: str) -> Response:
        return _served(results.result, token)

    @router.api_route(f"{THUMBNAILS_PATH}/{{token}}.png", methods=["GET", "HEAD"])
    def thumbnail(token: str) -> Response:
        return _served(results.thumbnail, token)

    return router


def _served(find: Callable[[str], bytes], token: str) -> Response:
    try:
        return Response(find(token), media_type="image/png", headers=HEADERS)
    except AfficheError as error:
        raise HTTPException(404) from error
