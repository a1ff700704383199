# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/Image/ProductGeneration``: cut a product out, set it into scenes, follow and fetch the pictures."""

from functools import partial
from typing import Final
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from structlog.contextvars import bind_contextvars

from affiche.api.adcreative import photoshoot_fields as own
from affiche.api.adcreative import schemas
from affiche.api.adcreative.answers import JsonAnswer, PhotoshootRoute
from affiche.api.adcreative.binding import Binder, Naming, megabytes
from affiche.api.adcreative.openapi import IMAGE, Operation
from affiche.api.adcreative.reception import Reception
from affiche.creative.formats import RenderKind
from affiche.service.accounts.values import Caller
from affiche.service.photoshoots.errors import (
    AssetNotFound,
    BackgroundNotRemoved,
    NoCredits,
    NoRunningPhotoshoot,
    PhotoNotFound,
    PhotoshootNotFound,
    ReceiptNotFound,
)
from affiche.service.photoshoots.photoshoots import Photoshoots
from affiche.service.photoshoots.values import PhotoOrder, PhotoshootProgress, Recommended, StartPhotoshoot
from affiche.studio.presets import PRESETS

PATH: Final = "/api/v1/Image/ProductGeneration"
LOOKS_AT_ONCE: Final = 4
"""Photos that wait to be looked at; more wait without a thread, which other requests need."""
LIMIT_MB: Final = 22
_WRONG_PROCESS: Final = {
    "imageProductGeneratorProcessId": ["The value '1a95650c-ee4b-4ac9-98f6-e094e82ee1c81' is not valid."]
}

PRESET_KEYS: Final = Operation(
    "GET",
    f"{PATH}/PresetKeys",
    "ProductGeneration/PresetKeys",
    "The scenes of the studio",
    query=(schemas.APPLICATION_ID, schemas.USER_ID),
    component="PresetList",
    wrong={"userId": ["The userId field is required."]},
    photoshoot=True,
)
RECOMMENDATIONS: Final = Operation(
    "POST",
    f"{PATH}/Recommendations",
    "ProductGeneration/Recommendations",
    "Cut a product out of its photo, name it and recommend scenes",
    form=(schemas.APPLICATION_ID, schemas.USER_ID, own.PRODUCT),
    component="Recommendations",
    wrong={"productImage": ["The productImage field is required.", *own.PRODUCT.if_missing]},
    raises=(BackgroundNotRemoved.too_large(LIMIT_MB), BackgroundNotRemoved.unknown_foreground()),
    photoshoot=True,
)
START: Final = Operation(
    "POST",
    f"{PATH}/AdCreative",
    "ProductGeneration/AdCreative",
    "Start a photoshoot: a picture for every prompt",
    form=(
        schemas.APPLICATION_ID,
        schemas.USER_ID,
        schemas.RENDER_KIND,
        own.ASSET_ID,
        own.PROMPTS,
        own.PRODUCT_NAME,
        own.PRODUCT_DESCRIPTION,
        own.DISABLE_SAFE_MARGIN,
        own.USE_SAME_STYLE,
    ),
    component="StartedPhotoshoot",
    wrong={"PromptObjectsString": ["The PromptObjectsString field is required."]},
    raises=(AssetNotFound(UUID(own.ASSET)),),
    photoshoot=True,
)
CHECK_USER: Final = Operation(
    "GET",
    f"{PATH}/CheckUserProgress",
    "ProductGeneration/CheckUserProgress",
    "How far a photoshoot of a user is",
    query=(schemas.USER_ID, own.PHOTOSHOOT_ID, own.DETAILS),
    component="PhotoshootList",
    wrong={"imageProductGeneratorProcessId": ["The imageProductGeneratorProcessId field is required."]},
    raises=(PhotoshootNotFound(UUID(schemas.USER), UUID(schemas.PROCESS)),),
    photoshoot=True,
)
CHECK_APPLICATION: Final = Operation(
    "GET",
    f"{PATH}/CheckApplicationAllProgresses",
    "ProductGeneration/CheckApplicationAllProgresses",
    "How far all running and lately finished photoshoots of the application are",
    query=(schemas.APPLICATION_ID, own.DETAILS),
    component="PhotoshootList",
    wrong={"applicationId": ["The applicationId field is required."]},
    raises=(NoRunningPhotoshoot(UUID(schemas.APPLICATION)),),
    photoshoot=True,
)
DOWNLOAD: Final = Operation(
    "GET",
    f"{PATH}/Download",
    "ProductGeneration/Download",
    "Fetch a finished picture; on metered servers it is paid for when it is first fetched",
    query=(
        schemas.APPLICATION_ID,
        own.PHOTO_TASK_ID,
        own.PHOTOSHOOT_ID,
        schemas.LOW_RESOLUTION,
        own.PHOTO_FORMAT,
    ),
    component=IMAGE,
    content_types=tuple(format.kind.content_type for format in own.FORMATS.values()),
    wrong=_WRONG_PROCESS,
    raises=(PhotoNotFound(), NoCredits(UUID(schemas.APPLICATION), ever_had=False)),
    photoshoot=True,
)
_OF_TASK: Final = (schemas.APPLICATION_ID, own.PHOTO_TASK_ID, own.PHOTOSHOOT_ID)
RECEIPT: Final = Operation(
    "GET",
    f"{PATH}/Receipt",
    "ProductGeneration/Receipt",
    "Ours: what a finished picture follows from, and how far its product is from its cut-out",
    query=_OF_TASK,
    component="PhotoReceipt",
    wrong=_WRONG_PROCESS,
    raises=(ReceiptNotFound(),),
    photoshoot=True,
)
DIFFERENCE_MAP: Final = Operation(
    "GET",
    f"{PATH}/Receipt/DifferenceMap",
    "ProductGeneration/DifferenceMap",
    "Ours: the product of a finished picture in grey, with colours where it differs from its cut-out",
    query=_OF_TASK,
    component=IMAGE,
    content_types=("image/png",),
    wrong=_WRONG_PROCESS,
    raises=(ReceiptNotFound(),),
    photoshoot=True,
)
OPERATIONS: Final = (
    PRESET_KEYS,
    RECOMMENDATIONS,
    START,
    CHECK_USER,
    CHECK_APPLICATION,
    DOWNLOAD,
    RECEIPT,
    DIFFERENCE_MAP,
)


class ProductGenerationController:
    def __init__(self, reception: Reception, photoshoots: Photoshoots) -> None:
        self._reception = reception
        self._photoshoots = photoshoots
        self._looking = CapacityLimiter(LOOKS_AT_ONCE)

    def router(self) -> APIRouter:
        router = APIRouter(route_class=PhotoshootRoute, tags=["ProductGeneration"])
        PRESET_KEYS.add_to(router, self.preset_keys)
        RECOMMENDATIONS.add_to(router, self.recommendations)
        START.add_to(router, self.start)
        CHECK_USER.add_to(router, self.check_user)
        CHECK_APPLICATION.add_to(router, self.check_application)
        DOWNLOAD.add_to(router, self.download)
        RECEIPT.add_to(router, self.receipt)
        DIFFERENCE_MAP.add_to(router, self.difference_map)
        return router

    async def preset_keys(self, request: Request) -> JsonAnswer:
        _, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        binder.take(schemas.USER_ID)
        binder.refuse_if_wrong()
        return JsonAnswer(own.presets_body(PRESETS.values(), self._photoshoots.addresses))

    async def recommendations(self, request: Request) -> JsonAnswer:
        too_large = BackgroundNotRemoved.too_large(megabytes(self._reception.limits.file_bytes))
        async with self._reception.form(request, Naming.CAMEL, too_large) as (caller, binder):
            found = await to_thread.run_sync(self._recommend, caller, binder, limiter=self._looking)
        return JsonAnswer(own.recommended_body(found))

    def _recommend(self, caller: Caller, binder: Binder) -> Recommended:
        binder.take(schemas.APPLICATION_ID)
        user, photo = binder.take(schemas.USER_ID), binder.take_picture(own.PRODUCT)
        binder.refuse_if_wrong()
        assert photo is not None  # required, so that a missing one was refused
        with binder.translating():
            return self._photoshoots.recommend(caller, user, photo)

    async def start(self, request: Request) -> JsonAnswer:
        async with self._reception.form(request, Naming.CAMEL) as (caller, binder):
            started = await to_thread.run_sync(self._start, caller, binder)
        bind_contextvars(process_id=str(started.progress.process_id))
        return JsonAnswer(own.started_body(started))

    def _start(self, caller: Caller, binder: Binder) -> PhotoshootProgress:
        wanted = start_request(binder)
        with binder.translating():
            return self._photoshoots.start(caller, wanted)

    async def check_user(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.query(request)
        user, process = binder.take(schemas.USER_ID), binder.take(own.PHOTOSHOOT_ID)
        details = binder.take(own.DETAILS)
        binder.refuse_if_wrong()
        check = partial(self._photoshoots.check_user, caller, user, process, details=details)
        return JsonAnswer([own.checked_body(await to_thread.run_sync(check))])

    async def check_application(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        details = binder.take(own.DETAILS)
        binder.refuse_if_wrong()
        found = await to_thread.run_sync(partial(self._photoshoots.check_application, caller, details=details))
        return JsonAnswer([own.checked_body(progress) for progress in found])

    async def download(self, request: Request) -> Response:
        caller, process, task, binder = await self._task(request)
        order = PhotoOrder(process, task, binder.take(schemas.LOW_RESOLUTION), binder.take(own.PHOTO_FORMAT))
        binder.refuse_if_wrong()
        image = await to_thread.run_sync(self._photoshoots.download, caller, order)
        disposition = f'attachment; filename="{image.filename}"'
        return Response(image.content, media_type=image.content_type, headers={"content-disposition": disposition})

    async def receipt(self, request: Request) -> JsonAnswer:
        caller, process, task, binder = await self._task(request)
        binder.refuse_if_wrong()
        found = await to_thread.run_sync(self._photoshoots.receipt, caller, process, task)
        return JsonAnswer({"taskId": str(task), "imageRenderProcessId": str(process)} | found)

    async def difference_map(self, request: Request) -> Response:
        caller, process, task, binder = await self._task(request)
        binder.refuse_if_wrong()
        content = await to_thread.run_sync(self._photoshoots.difference_map, caller, process, task)
        disposition = f'attachment; filename="{task}-difference.png"'
        return Response(content, media_type="image/png", headers={"content-disposition": disposition})

    async def _task(self, request: Request) -> tuple[Caller, UUID, UUID, Binder]:
        """Who asks for which task of which photoshoot; the ids may be used only after `Binder.refuse_if_wrong`."""
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        task, process = binder.take(own.PHOTO_TASK_ID), binder.take(own.PHOTOSHOOT_ID)
        bind_contextvars(process_id=str(process), task_id=str(task))
        return caller, process, task, binder


def start_request(binder: Binder) -> StartPhotoshoot:
    """Read every field of AdCreative. Raises `Refused` with all that is wrong."""
    binder.take(schemas.APPLICATION_ID)
    user, kind = binder.take(schemas.USER_ID), binder.take(schemas.RENDER_KIND)
    asset, prompts = binder.take(own.ASSET_ID), binder.take(own.PROMPTS)
    name, description = binder.take(own.PRODUCT_NAME), binder.take(own.PRODUCT_DESCRIPTION)
    margin_off, personal = binder.take(own.DISABLE_SAFE_MARGIN), binder.take(own.USE_SAME_STYLE)
    binder.refuse_if_wrong()
    return StartPhotoshoot(
        user, asset, prompts, RenderKind(kind), name, description, safe_margin=not margin_off, personal=personal
    )
