# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/Image/Generation``: start creatives, follow them, fetch them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from structlog.contextvars import bind_contextvars

from affiche.api.adcreative import schemas
from affiche.api.adcreative.answers import JsonAnswer, route_class
from affiche.api.adcreative.binding import Binder, Naming
from affiche.api.adcreative.fields import Field, WrongValue
from affiche.api.adcreative.openapi import Operation
from affiche.api.adcreative.reception import Reception
from affiche.api.adcreative.references import Json, preserve
from affiche.creative.brief import DEFAULT_ICON, Brief
from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat
from affiche.service.accounts.values import Caller
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.creatives.creatives import Creatives
from affiche.service.creatives.errors import ImageContentNotFound, NoRunningProcess, ProcessNotFound, ScoreNotFound
from affiche.service.creatives.values import DownloadOrder, StartCreatives
from affiche.service.processes.progress import Progress

PATH: Final = "/api/v1/Image/Generation"
FileFormat = ImageFormat | DocumentKind
FORMATS: Final[Mapping[str, FileFormat]] = {each.value: each for kinds in (ImageFormat, DocumentKind) for each in kinds}
FORMAT_NAMES: Final[Mapping[str, FileFormat]] = {**FORMATS, "jpg": ImageFormat.JPEG}
FILES_AT_ONCE: Final = 4
"""Downloads that wait for a file to be made; more wait without a thread, which other requests need."""


def _parse_format(raw: str, label: str) -> FileFormat:
    try:
        return FORMAT_NAMES[raw.strip().lower()]
    except KeyError as error:
        known = ", ".join(sorted(FORMATS))
        raise WrongValue(f"The value '{raw[:200]}' is not valid. Use one of {known}.") from error


FILE_FORMAT: Final[Field[FileFormat | None]] = Field(
    "format",
    _parse_format,
    {"type": "string", "enum": sorted(FORMATS)},
    False,
    None,
    "Ours: another kind of picture (avif, jpeg, png, webp), or the design as a document (pdf, psd, svg); without it "
    "the stored file is sent byte for byte.",
)
DOWNLOAD_MAX_BYTES: Final = replace(
    schemas.MAX_BYTES, description="Ours: the picture has at most so many bytes; without format it becomes PNG or JPEG."
)

START: Final = Operation(
    "POST",
    f"{PATH}/AdCreativesByKind",
    "AdCreativesByKind",
    "Start ad creatives in one or several sizes",
    form=(
        schemas.APPLICATION_ID,
        schemas.USER_ID,
        schemas.RENDER_KIND,
        schemas.RENDER_TYPE,
        schemas.HEADLINE,
        schemas.PUNCHLINE,
        schemas.ACTION,
        schemas.DESCRIPTION,
        schemas.ICON,
        schemas.FONT,
        schemas.COLOUR1,
        schemas.COLOUR2,
        schemas.COLOUR3,
        schemas.MAX_BYTES,
        schemas.LOGO,
        schemas.PHOTO,
    ),
    component="Progress",
    wrong={
        "Color1Hex": ["The Color1Hex field is required."],
        "BrandImage": ["The BrandImage field is required."],
    },
    raises=(NoActiveChannel(UUID(schemas.APPLICATION)),),
)
CHECK_USER: Final = Operation(
    "GET",
    f"{PATH}/CheckUserProgress",
    "CheckUserProgress",
    "How far the processes of one user are",
    query=(schemas.USER_ID, schemas.PROCESS_FILTER, schemas.DETAILS),
    component="ProgressList",
    preserved=True,
    wrong={"userId": ["The userId field is required."]},
    raises=(ProcessNotFound(UUID(schemas.USER), None),),
)
CHECK_APPLICATION: Final = Operation(
    "GET",
    f"{PATH}/CheckApplicationAllProgresses",
    "CheckApplicationAllProgresses",
    "How far all running and lately finished processes of the application are",
    query=(schemas.APPLICATION_ID, schemas.DETAILS),
    component="ProgressList",
    wrong={"applicationId": ["The applicationId field is required."]},
    raises=(NoRunningProcess(UUID(schemas.APPLICATION)),),
)
DOWNLOAD: Final = Operation(
    "GET",
    f"{PATH}/Download",
    "Generation/Download",
    "Fetch a finished creative",
    query=(
        schemas.APPLICATION_ID,
        schemas.TASK_ID,
        schemas.PROCESS_ID,
        schemas.LOW_RESOLUTION,
        FILE_FORMAT,
        DOWNLOAD_MAX_BYTES,
    ),
    component="Image",
    wrong={"taskId": ["The value '29bc5c5c-bea1-4ea2-8470-2cca008d0b9' is not valid."]},
    raises=(ImageContentNotFound(),),
)
SCORE: Final = Operation(
    "GET",
    f"{PATH}/Score",
    "Generation/Score",
    "Ours: how a finished creative was judged, part by part",
    query=(
        schemas.APPLICATION_ID,
        replace(schemas.TASK_ID, description="The task whose score is wanted."),
        schemas.PROCESS_ID,
    ),
    component="Score",
    wrong={"taskId": ["The taskId field is required."]},
    raises=(ScoreNotFound("There is no finished creative with this task and process."),),
)
OPERATIONS: Final = (START, CHECK_USER, CHECK_APPLICATION, DOWNLOAD, SCORE)


class GenerationController:
    def __init__(self, reception: Reception, creatives: Creatives, *, preserve_references: bool) -> None:
        self._reception = reception
        self._creatives = creatives
        self._preserve = preserve_references
        self._making = CapacityLimiter(FILES_AT_ONCE)

    def router(self) -> APIRouter:
        router = APIRouter(route_class=route_class(preserve_references=self._preserve), tags=["Generation"])
        START.add_to(router, self.start)
        CHECK_USER.add_to(router, self.check_user)
        CHECK_APPLICATION.add_to(router, self.check_application)
        DOWNLOAD.add_to(router, self.download)
        SCORE.add_to(router, self.score)
        return router

    async def start(self, request: Request) -> JsonAnswer:
        async with self._reception.form(request, Naming.PASCAL) as (caller, binder):
            progress = await to_thread.run_sync(self._start, caller, binder)
        bind_contextvars(process_id=str(progress.process_id))
        return JsonAnswer(schemas.progress_body(progress))

    def _start(self, caller: Caller, binder: Binder) -> Progress:
        wanted = start_request(binder)
        with binder.translating():
            return self._creatives.start(caller, wanted)

    async def check_user(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.query(request)
        user, process = binder.take(schemas.USER_ID), binder.take(schemas.PROCESS_FILTER)
        details = binder.take(schemas.DETAILS)
        binder.refuse_if_wrong()
        check = partial(self._creatives.check_user, caller, user, process, details=details)
        found = await to_thread.run_sync(check)
        body: Json = [schemas.progress_body(progress) for progress in found]
        return JsonAnswer(preserve(body) if self._preserve else body)

    async def check_application(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        details = binder.take(schemas.DETAILS)
        binder.refuse_if_wrong()
        found = await to_thread.run_sync(partial(self._creatives.check_application, caller, details=details))
        return JsonAnswer([schemas.progress_body(progress) for progress in found])

    async def download(self, request: Request) -> Response:
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        task, process = binder.take(schemas.TASK_ID), binder.take(schemas.PROCESS_ID)
        order = DownloadOrder(
            process,
            task,
            binder.take(schemas.LOW_RESOLUTION),
            binder.take(FILE_FORMAT),
            binder.take(DOWNLOAD_MAX_BYTES),
        )
        binder.refuse_if_wrong()
        bind_contextvars(process_id=str(process), task_id=str(task))
        is_made = isinstance(order.format, DocumentKind) or order.max_bytes is not None
        with binder.translating():
            image = await to_thread.run_sync(
                self._creatives.download, caller, order, limiter=self._making if is_made else None
            )
        disposition = f'attachment; filename="{image.filename}"'
        return Response(image.content, media_type=image.content_type, headers={"content-disposition": disposition})

    async def score(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        task, process = binder.take(schemas.TASK_ID), binder.take(schemas.PROCESS_ID)
        binder.refuse_if_wrong()
        bind_contextvars(process_id=str(process), task_id=str(task))
        return JsonAnswer(schemas.score_body(await to_thread.run_sync(self._creatives.score, caller, process, task)))


def start_request(binder: Binder) -> StartCreatives:
    """Read every field of AdCreativesByKind. Raises `Refused` with all that is wrong."""
    binder.take(schemas.APPLICATION_ID)
    user = binder.take(schemas.USER_ID)
    kind, render_type = binder.take(schemas.RENDER_KIND), binder.take(schemas.RENDER_TYPE)
    headline, punchline = binder.take(schemas.HEADLINE), binder.take(schemas.PUNCHLINE)
    action, description = binder.take(schemas.ACTION), binder.take(schemas.DESCRIPTION)
    icon, font = binder.take(schemas.ICON), binder.take(schemas.FONT)
    colours = [binder.take(schemas.COLOUR1), binder.take(schemas.COLOUR2), binder.take(schemas.COLOUR3)]
    max_bytes = binder.take(schemas.MAX_BYTES)
    logo, photo = binder.take_picture(schemas.LOGO), binder.take_picture(schemas.PHOTO)
    binder.refuse_if_wrong()
    assert logo is not None  # required, so that a missing one was refused
    assert photo is not None
    with binder.translating():
        brief = Brief(
            headline,
            punchline,
            action,
            tuple(Colour.from_hex(text) for text in colours if text),
            description,
            font,
            icon or DEFAULT_ICON,
        )
    return StartCreatives(user, brief, RenderKind(kind), render_type, photo, logo, max_bytes)
