# SPDX-License-Identifier: Apache-2.0
"""The HTTP application, put together. Nothing but assembly happens here."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from affiche.api.adcreative import authorization, editing, generation, notification_channel, product_generation
from affiche.api.adcreative.authorization import AuthorizationController
from affiche.api.adcreative.editing import EditingController
from affiche.api.adcreative.forms import FormLimits
from affiche.api.adcreative.generation import GenerationController
from affiche.api.adcreative.notification_channel import NotificationChannelController
from affiche.api.adcreative.openapi import describe, paths_of
from affiche.api.adcreative.paths import AnyCasePathMiddleware
from affiche.api.adcreative.photoshoot_fields import PRODUCT
from affiche.api.adcreative.product_generation import ProductGenerationController
from affiche.api.adcreative.reception import Reception
from affiche.api.adcreative.schemas import LOGO, PHOTO
from affiche.api.enhancement.answers import unserved as enhancement_unserved
from affiche.api.enhancement.editions import IMAGE_ENDPOINTS
from affiche.api.enhancement.enhancements import enhancements_router
from affiche.api.enhancement.images import JOBS_PATH, images_router
from affiche.api.enhancement.intake import Intake
from affiche.api.enhancement.openapi import document_router
from affiche.api.enhancement.photo_jobs import photo_jobs_router
from affiche.api.enhancement.reception import Reception as KeyReception
from affiche.api.faults import FaultMiddleware, unserved
from affiche.api.files import files_router
from affiche.api.headers import SecurityHeadersMiddleware
from affiche.api.health import health_router
from affiche.api.metrics import MetricsMiddleware, metrics_router
from affiche.api.reference import reference_router
from affiche.api.request_log import RequestLogMiddleware
from affiche.api.tracing import TraceMiddleware
from affiche.service.assembly import Services
from affiche.settings import Settings

ENHANCEMENT_PATHS = ("/api/v1/product-", JOBS_PATH, *(endpoint.path for endpoint in IMAGE_ENDPOINTS))
"""How the paths of the enhancement dialect begin."""

OPERATIONS = (
    *authorization.OPERATIONS,
    *notification_channel.OPERATIONS,
    *generation.OPERATIONS,
    *editing.OPERATIONS,
    *product_generation.OPERATIONS,
)


def create_app(settings: Settings, services: Services | None = None) -> FastAPI:
    """The application over ``services``, which it does not close; without them it opens its own and closes those."""
    owned = services is None
    chosen = services or Services.open(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            if owned:
                chosen.close()

    app = FastAPI(
        title="Affiche",
        description="Ad creatives from a brief, a photo and a logo. Compatible with clients of the AdCreative.ai API.",
        version=_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False},
        exception_handlers={HTTPException: _unserved},
        middleware=[
            Middleware(TraceMiddleware),
            Middleware(RequestLogMiddleware),
            Middleware(SecurityHeadersMiddleware),
            Middleware(MetricsMiddleware),
            Middleware(FaultMiddleware),
            Middleware(AnyCasePathMiddleware, prefix="/api/v1/", paths=paths_of(OPERATIONS), kept=ENHANCEMENT_PATHS),
        ],
    )
    _mount_adcreative(app, settings, chosen)
    _mount_enhancement(app, settings, chosen)
    app.include_router(_files(settings, chosen))
    for router in (health_router(chosen.check), metrics_router(), reference_router()):
        app.include_router(router)
    app.openapi = _described(app.openapi, settings)  # type: ignore[method-assign]
    return app


def _files(settings: Settings, services: Services) -> APIRouter:
    stay = settings.result_retention_days == 0
    return files_router(services.enhancements.results, services.photoshoots.gallery, results_stay=stay)


def _mount_adcreative(app: FastAPI, settings: Settings, services: Services) -> None:
    preserved = settings.preserve_references
    limits = FormLimits((LOGO.name, PHOTO.name), settings.max_upload_bytes, settings.incoming)
    reception = Reception(services.tokens, limits)
    photo_limits = FormLimits((PRODUCT.name,), settings.max_upload_bytes, settings.incoming)
    controllers = (
        AuthorizationController(services.tokens, preserve_references=preserved),
        NotificationChannelController(reception, services.channels, preserve_references=preserved),
        GenerationController(reception, services.creatives, preserve_references=preserved),
        EditingController(reception, services.creatives, preserve_references=preserved),
        ProductGenerationController(Reception(services.tokens, photo_limits), services.photoshoots),
    )
    for controller in controllers:
        app.include_router(controller.router())


def _mount_enhancement(app: FastAPI, settings: Settings, services: Services) -> None:
    intake = Intake(KeyReception(services.key_check, services.limits), services.enhancements)
    app.include_router(enhancements_router(intake))
    app.include_router(photo_jobs_router(intake, settings.credits_per_image))
    app.include_router(images_router(intake))
    app.include_router(document_router(_version(), settings.url))


async def _unserved(request: Request, error: Exception) -> Response:
    """What no route serves, in the dialect that the path belongs to."""
    if request.url.path.startswith(ENHANCEMENT_PATHS):
        return await enhancement_unserved(request, error)
    return await unserved(request, error)


def _described(generate: Callable[[], dict[str, Any]], settings: Settings) -> Callable[[], dict[str, Any]]:
    def openapi() -> dict[str, Any]:
        document = generate()
        describe(document, OPERATIONS, preserve_references=settings.preserve_references)
        return document

    return openapi


def _version() -> str:
    try:
        return version("affiche")
    except PackageNotFoundError:  # running from a source tree
        return "0"
