# SPDX-License-Identifier: Apache-2.0
"""Edition 3 of the API: each kind of work has a path of its own, and all of it is looked up at ``/api/v1/jobs``."""

from typing import Final

from fastapi import APIRouter

from affiche.api.enhancement.answers import EnhancementRoute
from affiche.api.enhancement.editions import IMAGE_ENDPOINTS, IMAGE_JOBS, THIRD
from affiche.api.enhancement.intake import BATCH_ID, Intake

JOBS_PATH: Final = "/api/v1/jobs"


def images_router(intake: Intake) -> APIRouter:
    router = APIRouter(route_class=EnhancementRoute, include_in_schema=False)
    for endpoint in IMAGE_ENDPOINTS:
        router.add_api_route(endpoint.path, intake.creation(endpoint), methods=["POST"])
    router.add_api_route(f"{JOBS_PATH}/{{{BATCH_ID}}}", intake.status(THIRD, IMAGE_JOBS), methods=["GET"])
    return router
