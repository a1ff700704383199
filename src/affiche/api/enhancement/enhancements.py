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
from affiche.api.enhancement.reception import Reception, read_object
from affiche.api.enhancement.schemas import EnhancementBody, digest, idempotency_key
from affiche.service.enhancements.enhancements import Enhancements
from affiche.service.enhancements.values import PRESETS, Accepted, Draft
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
        presets = [{"id": each.preset_id, "name": each.name, "description": each.description} for each in PRESETS]
        return answer(request, {"presets": presets}, OK, limit_headers(allowance))

    async def create(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.creating(holder)
        key = idempotency_key(request.headers.getlist("idempotency-key"))
        content = await read_object(request)
        body = EnhancementBody.of(content)
        draft = Draft(
            RESOURCE,
            key,
            digest(content),
            request_id_of(request),
            body.sources,
            body.treatment,
            body.preservation,
            body.instructions or "",
            body.webhook_url,
        )
        accepted = await to_thread.run_sync(self._enhancements.create, holder, draft)
        headers = limit_headers(allowance) | (REPLAYED if accepted.replayed else {})
        return answer(request, accepted_json(accepted), OK if accepted.replayed else ACCEPTED, headers)

    async def status(self, request: Request) -> Response:
        holder = await self._reception.holder(request)
        allowance = await self._reception.looking(holder)
        enhancement_id = _uuid(request.path_params["enhancement_id"])
        view = await to_thread.run_sync(self._enhancements.find, holder, RESOURCE, enhancement_id)
        return answer(request, {"enhancement": enhancement_json(view)}, OK, limit_headers(allowance))


def accepted_json(accepted: Accepted) -> dict[str, Any]:
    """The answer to a creation, fresh or replayed."""
    view = accepted.enhancement
    return {
        "enhancement": {
            "id": str(view.enhancement_id),
            "status": view.status.value,
            "total_items": view.total_items,
            "credits_reserved": view.credits_reserved,
            "sandbox": view.sandbox,
        },
        "remaining_paid_credits": accepted.remaining_credits,
    }


def _uuid(text: str) -> UUID:
    """Written as UUIDs are, with hyphens. Raises `InvalidEnhancementId`."""
    try:
        value = UUID(text)
    except ValueError as error:
        raise InvalidEnhancementId from error
    if str(value) != text.lower():
        raise InvalidEnhancementId
    return value
