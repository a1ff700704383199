# SPDX-License-Identifier: Apache-2.0
"""What differs between the editions of the API: what they call a batch, how they tell of it, and their own errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from affiche.api.enhancement.errors import InvalidEnhancementId, InvalidJobId, JobNotFound, TooManyActiveJobs
from affiche.api.enhancement.image_schemas import CreateSceneBody, EditBody, GenerateBody, RemoveBackgroundBody
from affiche.api.enhancement.schemas import CreateBody, EnhancementBody, JobBody
from affiche.errors import AfficheError
from affiche.service.enhancements.errors import EnhancementNotFound, TooManyActiveEnhancements
from affiche.service.enhancements.values import PRESETS, EnhancementView, ItemStatus, ItemView
from affiche.service.enhancements.views import enhancement_json, moment


@dataclass(frozen=True, slots=True)
class Edition:
    """``summary`` is what a creation tells of a batch under ``noun``, ``report`` the body of a status answer.

    ``invalid_id`` is raised for ids that are none, and ``errors`` has the edition's own errors for those of the use
    cases.
    """

    noun: str
    summary: Callable[[EnhancementView], dict[str, Any]]
    report: Callable[[EnhancementView], dict[str, Any]]
    invalid_id: type[AfficheError]
    errors: Mapping[type[AfficheError], type[AfficheError]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path that takes batches. Idempotency keys and ids of batches belong to a ``resource``."""

    path: str
    resource: str
    body: type[CreateBody]
    edition: Edition


def summary_json(view: EnhancementView) -> dict[str, Any]:
    """A batch without its items, as creations and lists tell it."""
    return {
        "id": str(view.enhancement_id),
        "status": view.status.value,
        "total_items": view.total_items,
        "credits_reserved": view.credits_reserved,
        "sandbox": view.sandbox,
    }


def image_job_json(view: EnhancementView) -> dict[str, Any]:
    """A batch as edition 3 has it, its results left out."""
    return {
        "id": str(view.enhancement_id),
        "status": view.status.value,
        "sandbox": view.sandbox,
        "total_results": view.total_items,
        "credits_reserved": view.credits_reserved,
        "created_at": moment(view.created),
        "completed_results": view.count(ItemStatus.COMPLETED),
        "failed_results": view.count(ItemStatus.FAILED),
        "updated_at": moment(view.updated),
        "completed_at": moment(view.completed),
    }


def result_json(item: ItemView) -> dict[str, Any]:
    """One result of an edition 3 job; ``notes`` only if there are any."""
    told = {
        "id": str(item.item_id),
        "external_id": item.external_id,
        "status": item.status.value,
        "source_url": item.source_url or None,
        "result_url": item.result_url,
        "thumbnail_url": item.thumbnail_url,
        "error_code": item.error_code,
        "error_message": item.error_message,
        "credits_reserved": item.credits_reserved,
        "credits_used": item.credits_used,
    }
    return told | ({"notes": list(item.notes)} if item.notes else {})


def _image_report(view: EnhancementView) -> dict[str, Any]:
    return {"job": image_job_json(view), "results": [result_json(item) for item in view.items]}


def presets_json() -> dict[str, Any]:
    return {"presets": [{"id": each.preset_id, "name": each.name, "description": each.description} for each in PRESETS]}


_JOB_ERRORS: Final[Mapping[type[AfficheError], type[AfficheError]]] = {
    EnhancementNotFound: JobNotFound,
    TooManyActiveEnhancements: TooManyActiveJobs,
}
FIRST: Final = Edition(
    "enhancement", summary_json, lambda view: {"enhancement": enhancement_json(view)}, InvalidEnhancementId
)
SECOND: Final = Edition("job", summary_json, lambda view: {"job": enhancement_json(view)}, InvalidJobId, _JOB_ERRORS)

ENHANCEMENTS: Final = Endpoint(
    "/api/v1/product-image-enhancements", "product-image-enhancements", EnhancementBody, FIRST
)
PHOTO_JOBS: Final = Endpoint("/api/v1/product-photo-jobs", "product-photo-jobs", JobBody, SECOND)
THIRD: Final = Edition("job", image_job_json, _image_report, InvalidJobId, _JOB_ERRORS)

IMAGE_JOBS: Final = "image-jobs"
"""The one resource of edition 3: jobs of all its endpoints."""

REMOVE_BACKGROUND: Final = Endpoint("/api/v1/remove-background", IMAGE_JOBS, RemoveBackgroundBody, THIRD)
EDIT: Final = Endpoint("/api/v1/image/edit", IMAGE_JOBS, EditBody, THIRD)
CREATE_SCENE: Final = Endpoint("/api/v1/scene/create", IMAGE_JOBS, CreateSceneBody, THIRD)
GENERATE: Final = Endpoint("/api/v1/image/generate", IMAGE_JOBS, GenerateBody, THIRD)
IMAGE_ENDPOINTS: Final = (REMOVE_BACKGROUND, EDIT, CREATE_SCENE, GENERATE)
