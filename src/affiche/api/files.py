# SPDX-License-Identifier: Apache-2.0
"""``/files`` and ``/assets``: finished product pictures and previews of presets, for whoever knows their addresses."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from affiche.errors import AfficheError
from affiche.service.enhancements.results import RESULTS_PATH, THUMBNAILS_PATH, Results
from affiche.service.photoshoots.gallery import PHOTOS_PATH, PREVIEWS_PATH, Gallery

HEADERS: Final = {
    # A picture at an address never changes, and pages of whatever origin may show it.
    "cache-control": "public, max-age=31536000, immutable",
    "cross-origin-resource-policy": "cross-origin",
}


PREVIEW_HEADERS: Final = {
    # A later version of the server may draw another one.
    "cache-control": "public, max-age=86400",
    "cross-origin-resource-policy": "cross-origin",
}


PASSING_HEADERS: Final = HEADERS | {"cache-control": "public, max-age=3600"}
"""Of results that are deleted after a time: caches must not keep them much longer."""


def files_router(results: Results, gallery: Gallery, *, results_stay: bool = True) -> APIRouter:
    """Serves results and their thumbnails, product photos, and previews of presets. ``results_stay`` says that no
    result is ever deleted."""
    of_results = HEADERS if results_stay else PASSING_HEADERS
    router = APIRouter(include_in_schema=False)

    @router.api_route(f"{RESULTS_PATH}/{{token}}.png", methods=["GET", "HEAD"])
    def result(token: str) -> Response:
        return _served(results.result, token, of_results)

    @router.api_route(f"{THUMBNAILS_PATH}/{{token}}.png", methods=["GET", "HEAD"])
    def thumbnail(token: str) -> Response:
        return _served(results.thumbnail, token, of_results)

    @router.api_route(f"{PHOTOS_PATH}/{{public_id}}.png", methods=["GET", "HEAD"])
    def photo(public_id: str) -> Response:
        return _served(lambda token: gallery.photo(_uuid(token)), public_id)

    @router.api_route(f"{PREVIEWS_PATH}/{{preset_id}}.webp", methods=["GET", "HEAD"])
    def preview(request: Request, preset_id: str) -> Response:
        try:
            found = gallery.preview(preset_id)
        except AfficheError as error:
            raise HTTPException(404) from error
        headers = PREVIEW_HEADERS | {"etag": f'"{found.digest}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type="image/webp", headers=headers)

    return router


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise HTTPException(404) from error


def _served(find: Callable[[str], bytes], token: str, headers: Mapping[str, str] = HEADERS) -> Response:
    try:
        return Response(find(token), media_type="image/png", headers=headers)
    except AfficheError as error:
        raise HTTPException(404) from error
