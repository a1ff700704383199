# SPDX-License-Identifier: Apache-2.0
"""``/healthz``: the process answers. ``/readyz``: so do the database and the storage."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import JSONResponse


def health_router(check: Callable[[], dict[str, str]]) -> APIRouter:
    """``check`` returns what is not ready, by name, with the reason; it may block."""
    router = APIRouter(tags=["Health"])

    @router.get("/healthz", summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="Can requests be served?", responses={503: {"description": "Not ready"}})
    def readyz() -> JSONResponse:
        faults = check()
        return JSONResponse({"status": "unavailable" if faults else "ok"} | faults, 503 if faults else 200)

    return router
