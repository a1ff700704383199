# SPDX-License-Identifier: Apache-2.0
"""Edition 2 of the API: ``/api/v1/product-photo-jobs``, and the lists of operations and presets."""

from typing import Any, Final

from fastapi import APIRouter

from affiche.api.enhancement.answers import EnhancementRoute
from affiche.api.enhancement.editions import PHOTO_JOBS, presets_json
from affiche.api.enhancement.intake import BATCH_ID, Intake
from affiche.api.enhancement.schemas import job_query
from affiche.service.enhancements.values import OPERATIONS

OPERATIONS_PATH: Final = "/api/v1/product-photo-operations"
PRESETS_PATH: Final = "/api/v1/product-photo-presets"


def photo_jobs_router(intake: Intake, price: int) -> APIRouter:
    """``price`` is what each picture costs, in credits."""
    router = APIRouter(route_class=EnhancementRoute, include_in_schema=False)
    path, resource, edition = PHOTO_JOBS.path, PHOTO_JOBS.resource, PHOTO_JOBS.edition
    pages = intake.listing(edition, resource, lambda request: job_query(request.query_params))
    router.add_api_route(OPERATIONS_PATH, intake.public(lambda: _operations_json(price)), methods=["GET"])
    router.add_api_route(PRESETS_PATH, intake.public(presets_json), methods=["GET"])
    router.add_api_route(path, intake.creation(PHOTO_JOBS), methods=["POST"])
    router.add_api_route(path, pages, methods=["GET"])
    router.add_api_route(f"{path}/{{{BATCH_ID}}}", intake.status(edition, resource), methods=["GET"])
    return router


def _operations_json(price: int) -> dict[str, Any]:
    listed = [
        {"id": each.operation_id, "name": each.name, "credits_per_image": price, "description": each.description}
        for each in OPERATIONS
    ]
    return {"operations": listed}
