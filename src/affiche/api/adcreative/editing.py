# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/Image/Editing``: change tasks of a complete process and draw them again."""

from typing import Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from structlog.contextvars import bind_contextvars

from affiche.api.adcreative import schemas
from affiche.api.adcreative.answers import JsonAnswer, route_class
from affiche.api.adcreative.binding import Binder, Naming
from affiche.api.adcreative.openapi import Operation
from affiche.api.adcreative.reception import Reception
from affiche.images.colour import Colour
from affiche.service.accounts.values import Caller
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.creatives.creatives import Creatives
from affiche.service.creatives.errors import TaskNotFound, TasksNotEditable
from affiche.service.creatives.values import EditCreatives
from affiche.service.processes.progress import Progress

EDIT: Final = Operation(
    "POST",
    "/api/v1/Image/Editing/AdCreativesByTasks",
    "Editing/AdCreativesByTasks",
    "Edit chosen creatives of a complete process",
    form=(
        schemas.APPLICATION_ID,
        schemas.USER_ID,
        schemas.TASK_IDS,
        schemas.NEW_HEADLINE,
        schemas.NEW_PUNCHLINE,
        schemas.NEW_ACTION,
        schemas.DESCRIPTION,
        schemas.ICON,
        schemas.FONT,
        schemas.NEW_COLOUR1,
        schemas.NEW_COLOUR2,
        schemas.COLOUR3,
        schemas.NEW_MAX_BYTES,
        schemas.NEW_LOGO,
        schemas.NEW_PHOTO,
    ),
    component="Progress",
    wrong={"taskIds": ["The TaskIds field is required."]},
    raises=(
        NoActiveChannel(UUID(schemas.APPLICATION)),
        TaskNotFound(UUID(schemas.TASK)),
        TasksNotEditable("The tasks belong to a process that is still running; edit them when it is complete."),
    ),
)
OPERATIONS: Final = (EDIT,)


class EditingController:
    def __init__(self, reception: Reception, creatives: Creatives, *, preserve_references: bool) -> None:
        self._reception = reception
        self._creatives = creatives
        self._preserve = preserve_references

    def router(self) -> APIRouter:
        router = APIRouter(route_class=route_class(preserve_references=self._preserve), tags=["Editing"])
        EDIT.add_to(router, self.edit)
        return router

    async def edit(self, request: Request) -> JsonAnswer:
        async with self._reception.form(request, Naming.CAMEL_KEYS) as (caller, binder):
            progress = await to_thread.run_sync(self._edit, caller, binder)
        bind_contextvars(process_id=str(progress.process_id))
        return JsonAnswer(schemas.progress_body(progress))

    def _edit(self, caller: Caller, binder: Binder) -> Progress:
        wanted = edit_request(binder)
        with binder.translating():
            return self._creatives.edit(caller, wanted)


def edit_request(binder: Binder) -> EditCreatives:
    """Read every field of AdCreativesByTasks. Raises `Refused` with all that is wrong."""
    binder.take(schemas.APPLICATION_ID)
    wanted = EditCreatives(
        user_id=binder.take(schemas.USER_ID),
        task_ids=binder.take_guids(schemas.TASK_IDS),
        headline=binder.take(schemas.NEW_HEADLINE),
        punchline=binder.take(schemas.NEW_PUNCHLINE),
        action=binder.take(schemas.NEW_ACTION),
        description=binder.take(schemas.DESCRIPTION),
        icon=binder.take(schemas.ICON),
        font=binder.take(schemas.FONT),
        colour1=_colour(binder.take(schemas.NEW_COLOUR1)),
        colour2=_colour(binder.take(schemas.NEW_COLOUR2)),
        colour3=_colour(binder.take(schemas.COLOUR3)),
        max_bytes=binder.take(schemas.NEW_MAX_BYTES),
        logo=binder.take_picture(schemas.NEW_LOGO),
        photo=binder.take_picture(schemas.NEW_PHOTO),
    )
    binder.refuse_if_wrong()
    return wanted


def _colour(text: str | None) -> Colour | None:
    return Colour.from_hex(text) if text else None
