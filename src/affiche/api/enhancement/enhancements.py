# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/product-image-enhancements`` and the list of presets."""

from typing import Any, Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from affiche.api.enhancement.answers import EnhancementRoute, answer, request_id_of
from affiche.api.enhancement.errors import InvalidEnhancementId, limit_headers
from affiche.api.enhancement.ids import canonical_uuid
from affiche.api.enhancement.reception import Reception, read_object
from affiche.api.enhancement.schemas import CreateBody, EnhancementBody, digest, idempotency_key
from affiche.service.enhancements.enhancements import Enhancements
from affiche.service.enhancements.values import PRESETS, Accepted, Draft, EnhancementView
from affiche.service.enhancements.views import enhancement_json

RESOURCE: Final = "product-image-enhancements"
PATH: Final = f"/api/v1/{RESOURCE}"
PRESETS_PATH: Final = "/api/v1/product-image-enhancement-presets"
REPLAYED: Final = {"Idempotent-Replayed": "true"}
ACCEPTED: Final = 202
OK: Final = 200


class EnhancementController:
    """Edition 1 of the API."""

    def __init__(self, reception: Reception, enhancements: Enhancements) -> None:
        self._reception = reception
        self._enhancements = enhancements

    def router(self) -> APIRouter:
        router = APIRouter(route_class=EnhancementRoute, include_in_schema=False)
        router.add_api_route(PRESETS_PATH, self.presets, methods=["GET"])
        router.add_api_route(PATH, self.create, methods=["POST"])
        router.add_api_route(f"{PATH}/{{enhancement_id}}", self.status, methods=["GET"])
        return router

    async def presets(self, request: Request) -> Response:
        allowance = await self._reception.stranger(request)
        return answer(request, presets_json(), OK, limit_headers(allowance))

    async def create(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.creating(holder)
        key = idempotency_key(request.headers.getlist("idempotency-key"))
        content = await read_object(request)
        body = EnhancementBody.of(content)
        draft = draft_of(RESOURCE, key, request_id_of(request), content, body, body.treatment)
        accepted = await to_thread.run_sync(self._enhancements.create, holder, draft)
        headers = limit_headers(allowance) | (REPLAYED if accepted.replayed else {})
        return answer(request, accepted_json(accepted, "enhancement"), OK if accepted.replayed else ACCEPTED, headers)

    async def status(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.looking(holder)
        enhancement_id = _enhancement_id(request.path_params["enhancement_id"])
        view = await to_thread.run_sync(self._enhancements.find, holder, RESOURCE, enhancement_id)
        return answer(request, {"enhancement": enhancement_json(view)}, OK, limit_headers(allowance))


def draft_of(
    resource: str, key: str, request_id: str, content: dict[str, Any], body: CreateBody, treatment: str
) -> Draft:
    """What a request to create asks for, in whichever edition."""
    return Draft(
        resource,
        key,
        digest(content),
        request_id,
        body.sources,
        treatment,
        body.preservation,
        body.instructions or "",
        body.webhook_url,
    )


def presets_json() -> dict[str, Any]:
    return {"presets": [{"id": each.preset_id, "name": each.name, "description": each.description} for each in PRESETS]}


def accepted_json(accepted: Accepted, noun: str) -> dict[str, Any]:
    """The answer to a creation, fresh or replayed; ``noun`` is what the edition calls a batch."""
    return {noun: summary_json(accepted.enhancement), "remaining_paid_credits": accepted.remaining_credits}


def summary_json(view: EnhancementView) -> dict[str, Any]:
    """A batch without its items, as creations and lists tell it."""
    return {
        "id": str(view.enhancement_id),
        "status": view.status.value,
        "total_items": view.total_items,
        "credits_reserved": view.credits_reserved,
        "sandbox": view.sandbox,
    }


def _enhancement_id(text: str) -> UUID:
    value = canonical_uuid(text)
    if value is None:
        raise InvalidEnhancementId
    return value
