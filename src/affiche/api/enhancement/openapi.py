# SPDX-License-Identifier: Apache-2.0
"""The dialect described in OpenAPI 3.1: bodies from their models, every error with its example."""

from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from affiche.api.enhancement import enhancements, images, photo_jobs
from affiche.api.enhancement.components import COMPONENTS, EXAMPLES, REQUEST
from affiche.api.enhancement.editions import (
    CREATE_SCENE,
    EDIT,
    ENHANCEMENTS,
    GENERATE,
    IMAGE_ENDPOINTS,
    PHOTO_JOBS,
    REMOVE_BACKGROUND,
    Endpoint,
)
from affiche.api.enhancement.errors import (
    STATUS,
    InvalidEnhancementId,
    InvalidIdempotencyKey,
    InvalidJobId,
    InvalidPayload,
    JobNotFound,
    TooManyActiveJobs,
    Unexpected,
    envelope,
)
from affiche.api.enhancement.intake import BATCH_ID
from affiche.api.enhancement.schemas import DEFAULT_LIMIT, MAX_LIMIT, CreateBody
from affiche.errors import AfficheError
from affiche.service.accounts import key_errors
from affiche.service.credits.errors import AccessNotEnabled, InsufficientCredits
from affiche.service.enhancements.errors import (
    ContentPolicyViolation,
    EnhancementNotFound,
    IdempotencyConflict,
    InvalidWebhookUrl,
    QueueUnavailable,
    TooManyActiveEnhancements,
    UnsupportedPrompt,
)
from affiche.service.enhancements.values import Status
from affiche.service.limits.errors import RateLimitExceeded, RateLimitUnavailable
from affiche.service.limits.values import Allowance

DOCUMENT_PATH: Final = "/openapi/enhancement.json"
_JSON: Final = "application/json"
_REASONS: Final = {
    200: "Success",
    202: "Accepted",
    400: "Bad request",
    401: "Not authenticated",
    402: "Not enough credits",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    422: "Refused",
    429: "Too much",
    500: "Unexpected error",
    503: "Unavailable",
}
_LIMITS: Final[tuple[AfficheError, ...]] = (RateLimitExceeded(Allowance(5, 0, 0.0)), RateLimitUnavailable())
_KEYS: Final[tuple[AfficheError, ...]] = (
    key_errors.MissingApiKey(),
    key_errors.InvalidApiKey(),
    key_errors.ApiKeyExpired(),
    key_errors.ApiKeyInactive(),
    key_errors.ApiKeyRevoked(),
    key_errors.ApiKeyEnvironmentMismatch(),
    key_errors.EmailNotVerified(),
    key_errors.AccountSuspended(),
    key_errors.PaymentRiskRestricted(),
)
_CREATING: Final[tuple[AfficheError, ...]] = (
    InvalidIdempotencyKey(),
    InvalidPayload(),
    InvalidWebhookUrl(),
    ContentPolicyViolation(),
    IdempotencyConflict(),
    AccessNotEnabled(),
    InsufficientCredits(),
    QueueUnavailable(),
)
_UNDRAWABLE: Final = UnsupportedPrompt(
    "The studio can draw 0% of this prompt, which is less than 35%. It cannot show 'elephant'. Name a "
    "surface, a backdrop, a light or a season, for example 'on a marble table, soft morning light'."
)
_KEY_HEADER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Names the request; the same again finds the same batch.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]+$", "minLength": 8, "maxLength": 160},
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: ``component`` is what it answers, ``body`` what it takes, ``raises`` how it may fail, beside what
    keys and limits do."""

    method: str
    path: str
    name: str
    tag: str
    summary: str
    component: str
    raises: tuple[AfficheError, ...] = ()
    body: type[CreateBody] | None = None
    public: bool = False
    parameters: tuple[dict[str, Any], ...] = field(default=())

    def described(self) -> dict[str, Any]:
        described: dict[str, Any] = {
            "operationId": self.name,
            "tags": [self.tag],
            "summary": self.summary,
            "security": [] if self.public else [{"bearer": []}],
        }
        parameters = [*self.parameters, *([_KEY_HEADER] if self.body else [])]
        if parameters:
            described["parameters"] = parameters
        if self.body is not None:
            schema = {"$ref": f"#/components/schemas/{self.body.__name__}"}
            described["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
        return described | {"responses": self._responses()}

    def _responses(self) -> dict[str, Any]:
        success = {"schema": _reference(self.component), "examples": {"success": {"value": EXAMPLES[self.component]}}}
        answers: dict[str, Any] = {"200": {"description": _REASONS[200], "content": {_JSON: success}}}
        if self.body is not None:
            answers["200"]["description"] = "The same request came before"
            answers["202"] = {"description": _REASONS[202], "content": {_JSON: success}}
        failures = (() if self.public else _KEYS) + self.raises + _LIMITS + (Unexpected(),)
        for error in failures:
            status = STATUS[type(error)]
            content = {_JSON: {"schema": _reference("Error"), "examples": {}}}
            answer = answers.setdefault(str(status), {"description": _REASONS[status], "content": content})
            answer["content"][_JSON]["examples"][error.code] = {"value": envelope(error, REQUEST)}
        return answers


def _reference(component: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{component}"}


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


_ID: Final = {"name": BATCH_ID, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_FIRST: Final = "Enhancements"
_SECOND: Final = "Product photo jobs"
_THIRD: Final = "Images"
_WITHIN: Final[dict[str, Any]] = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
_LISTING: Final = (
    _query(
        "limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    ),
    _query("cursor", "The next_cursor of the page before.", {"type": "string", "format": "date-time"}),
    _query("status", "Only such jobs.", {"type": "string", "enum": [each.value for each in Status]}),
)


def _image_job(endpoint: Endpoint, name: str, summary: str, *more: AfficheError) -> Operation:
    raises = (*_CREATING, TooManyActiveJobs(), *more)
    return Operation("post", endpoint.path, name, _THIRD, summary, "AcceptedImageJob", raises, endpoint.body)


OPERATIONS: Final = (
    Operation("get", enhancements.PRESETS_PATH, "listPresets", _FIRST, "List the presets", "Presets", public=True),
    Operation(
        "post",
        ENHANCEMENTS.path,
        "createEnhancement",
        _FIRST,
        "Send a batch of pictures",
        "AcceptedEnhancement",
        (*_CREATING, TooManyActiveEnhancements()),
        ENHANCEMENTS.body,
    ),
    Operation(
        "get",
        f"{ENHANCEMENTS.path}/{{{BATCH_ID}}}",
        "getEnhancement",
        _FIRST,
        "How far is a batch?",
        "Enhancement",
        (InvalidEnhancementId(), EnhancementNotFound()),
        parameters=(_ID,),
    ),
    Operation(
        "get", photo_jobs.OPERATIONS_PATH, "listOperations", _SECOND, "List the operations", "Operations", public=True
    ),
    Operation("get", photo_jobs.PRESETS_PATH, "listPhotoPresets", _SECOND, "List the presets", "Presets", public=True),
    Operation(
        "post",
        PHOTO_JOBS.path,
        "createJob",
        _SECOND,
        "Send a job",
        "AcceptedJob",
        (*_CREATING, TooManyActiveJobs()),
        PHOTO_JOBS.body,
    ),
    Operation(
        "get",
        PHOTO_JOBS.path,
        "listJobs",
        _SECOND,
        "List jobs",
        "Jobs",
        (InvalidPayload(),),
        parameters=_LISTING,
    ),
    Operation(
        "get",
        f"{PHOTO_JOBS.path}/{{{BATCH_ID}}}",
        "getJob",
        _SECOND,
        "How far is a job?",
        "Job",
        (InvalidJobId(), JobNotFound()),
        parameters=(_ID,),
    ),
    _image_job(REMOVE_BACKGROUND, "removeBackground", "Free products of their backgrounds"),
    _image_job(EDIT, "editImages", "Change light, colour, background and shadow"),
    _image_job(CREATE_SCENE, "createScene", "Set a product into a scene", _UNDRAWABLE),
    _image_job(GENERATE, "generateImages", "Picture a scene", _UNDRAWABLE),
    Operation(
        "get",
        f"{images.JOBS_PATH}/{{{BATCH_ID}}}",
        "getImageJob",
        _THIRD,
        "How far is a job?",
        "ImageJobReport",
        (InvalidJobId(), JobNotFound()),
        parameters=(_ID,),
    ),
)


_BODIES: Final = tuple(endpoint.body for endpoint in (ENHANCEMENTS, PHOTO_JOBS, *IMAGE_ENDPOINTS))


def document(version: str, url: str) -> dict[str, Any]:
    """The whole description of a server at ``url``."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = operation.described()
    schemas = dict(COMPONENTS)
    for body in _BODIES:
        schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {}) | {body.__name__: schema}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Affiche: product photos in batches",
            "version": version,
            "description": "Compatible with clients of the AI Gen Studio API.",
        },
        "servers": [{"url": url}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "aigen_live_..."}},
        },
    }


def document_router(version: str, url: str) -> APIRouter:
    """Serves the description."""
    router = APIRouter(include_in_schema=False)

    @router.get(DOCUMENT_PATH)
    async def described() -> Response:
        return JSONResponse(document(version, url))

    return router
