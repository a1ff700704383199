# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/product-photo-jobs``, and the lists of operations and presets: edition 2 of the API, on the same engine."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from affiche.api.enhancement.answers import EnhancementRoute, answer, request_id_of
from affiche.api.enhancement.enhancements import (
    ACCEPTED,
    OK,
    REPLAYED,
    accepted_json,
    draft_of,
    presets_json,
    summary_json,
)
from affiche.api.enhancement.errors import InvalidJobId, JobNotFound, TooManyActiveJobs, limit_headers
from affiche.api.enhancement.ids import canonical_uuid
from affiche.api.enhancement.reception import Reception, read_object
from affiche.api.enhancement.schemas import JobBody, idempotency_key, job_query
from affiche.service.enhancements.enhancements import Enhancements
from affiche.service.enhancements.errors import EnhancementNotFound, TooManyActiveEnhancements
from affiche.service.enhancements.values import OPERATIONS
from affiche.service.enhancements.views import enhancement_json

RESOURCE: Final = "product-photo-jobs"
PATH: Final = f"/api/v1/{RESOURCE}"
OPERATIONS_PATH: Final = "/api/v1/product-photo-operations"
PRESETS_PATH: Final = "/api/v1/product-photo-presets"
_Found = TypeVar("_Found")


class JobController:
    """What edition 1 calls an enhancement is a job here."""

    def __init__(self, reception: Reception, enhancements: Enhancements, price: int) -> None:
        self._reception = reception
        self._enhancements = enhancements
        self._price = price

    def router(self) -> APIRouter:
        router = APIRouter(route_class=EnhancementRoute, include_in_schema=False)
        router.add_api_route(OPERATIONS_PATH, self.operations, methods=["GET"])
        router.add_api_route(PRESETS_PATH, self.presets, methods=["GET"])
        router.add_api_route(PATH, self.create, methods=["POST"])
        router.add_api_route(PATH, self.list, methods=["GET"])
        router.add_api_route(f"{PATH}/{{job_id}}", self.status, methods=["GET"])
        return router

    async def operations(self, request: Request) -> Response:
        allowance = await self._reception.stranger(request)
        listed = [
            {
                "id": each.operation_id,
                "name": each.name,
                "credits_per_image": self._price,
                "description": each.description,
            }
            for each in OPERATIONS
        ]
        return answer(request, {"operations": listed}, OK, limit_headers(allowance))

    async def presets(self, request: Request) -> Response:
        allowance = await self._reception.stranger(request)
        return answer(request, presets_json(), OK, limit_headers(allowance))

    async def create(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.creating(holder)
        key = idempotency_key(request.headers.getlist("idempotency-key"))
        content = await read_object(request)
        body = JobBody.of(content)
        draft = draft_of(RESOURCE, key, request_id_of(request), content, body, body.treatment)
        accepted = await _as_job(lambda: self._enhancements.create(holder, draft))
        headers = limit_headers(allowance) | (REPLAYED if accepted.replayed else {})
        status = OK if accepted.replayed else ACCEPTED
        return answer(request, accepted_json(accepted, "job"), status, headers)

    async def list(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.looking(holder)
        query = job_query(request.query_params)
        more = replace(query, limit=query.limit + 1)
        found = await to_thread.run_sync(self._enhancements.list, holder, RESOURCE, more)
        shown = found[: query.limit]
        cursor = f"{shown[-1].created:%Y-%m-%dT%H:%M:%S.%fZ}" if len(found) > query.limit else None
        body = {"jobs": [summary_json(view) for view in shown]}
        return answer(request, body, OK, limit_headers(allowance), last={"next_cursor": cursor})

    async def status(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.looking(holder)
        job_id = _job_id(request.path_params["job_id"])
        view = await _as_job(lambda: self._enhancements.find(holder, RESOURCE, job_id))
        return answer(request, {"job": enhancement_json(view)}, OK, limit_headers(allowance))


async def _as_job(ask: Callable[[], _Found]) -> _Found:
    """What ``ask`` gives, with the errors that this edition has its own codes for."""
    try:
        return await to_thread.run_sync(ask)
    except EnhancementNotFound as error:
        raise JobNotFound from error
    except TooManyActiveEnhancements as error:
        raise TooManyActiveJobs from error


def _job_id(text: str) -> UUID:
    value = canonical_uuid(text)
    if value is None:
        raise InvalidJobId
    return value
