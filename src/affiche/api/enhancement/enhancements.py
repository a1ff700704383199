# SPDX-License-Identifier: Apache-2.0
"""Edition 1 of the API: ``/api/v1/product-image-enhancements`` and the list of presets."""

from typing import Final

from fastapi import APIRouter

from affiche.api.enhancement.answers import EnhancementRoute
from affiche.api.enhancement.editions import ENHANCEMENTS, presets_json
from affiche.api.enhancement.intake import BATCH_ID, Intake

PRESETS_PATH: Final = "/api/v1/product-image-enhancement-presets"


def enhancements_router(intake: Intake) -> APIRouter:
    router = APIRouter(route_class=EnhancementRoute, include_in_schema=False)
    path, resource, edition = ENHANCEMENTS.path, ENHANCEMENTS.resource, ENHANCEMENTS.edition
    router.add_api_route(PRESETS_PATH, intake.public(presets_json), methods=["GET"])
    router.add_api_route(path, intake.creation(ENHANCEMENTS), methods=["POST"])
    router.add_api_route(f"{path}/{{{BATCH_ID}}}", intake.status(edition, resource), methods=["GET"])
    return router
