# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/NotificationChannel``: where an application wants to hear about its tasks (contract, section 7.2)."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request

from affiche.api.adcreative import fields, schemas
from affiche.api.adcreative.answers import JsonAnswer, route_class
from affiche.api.adcreative.binding import Binder
from affiche.api.adcreative.fields import Field, not_listed, not_valid
from affiche.api.adcreative.openapi import Operation
from affiche.api.adcreative.reception import Reception
from affiche.service.accounts.values import Caller
from affiche.service.channels.channels import Channels
from affiche.service.channels.errors import ChannelNotFound, NoActiveChannel
from affiche.service.channels.values import Channel, ChannelDraft, ChannelKind, RabbitTarget, Target, WebhookTarget

PATH: Final = "/api/v1/NotificationChannel"
CHANNEL: Final = "10e8c6a8-5fc8-452c-a01c-53c87ac9aac5"
KIND_NAMES: Final = {kind.name.lower(): kind for kind in ChannelKind if kind}


def _parse_kind(raw: str, label: str) -> ChannelKind:
    text = raw.strip().lower()
    if text in KIND_NAMES:
        return KIND_NAMES[text]
    if not text.isdecimal():
        raise not_valid(raw)
    if text not in {str(int(kind)) for kind in KIND_NAMES.values()}:
        raise not_listed(raw)
    return ChannelKind(int(text))


def _parse_port(raw: str, label: str) -> int:
    port = fields.parse_integer(raw, label)
    if not 1 <= port <= 65535:
        raise not_listed(raw)
    return port


CHANNEL_ID: Final = fields.guid("id", "The channel.", CHANNEL)
KIND: Final = Field(
    "notificationChannel",
    _parse_kind,
    {"oneOf": [{"type": "integer", "enum": [1, 2]}, {"type": "string", "enum": ["WebHook", "RabbitMq"]}]},
    True,
    ChannelKind.UNSET,
    "1 or WebHook, 2 or RabbitMq.",
    1,
)
IS_ACTIVE: Final = fields.boolean("isActive", "Whether notifications are sent here.", default=True)
INCLUDE_IMAGE: Final = fields.boolean("includeImageData", "Whether images travel in notifications.", default=False)
URL: Final = fields.text("configuration.webHookUrl", 2048, "Absolute http(s) URL.", "https://example.com/affiche")
HOST: Final = fields.text("configuration.hostName", 255, "The broker's host.", "rabbitmq.example.com")
QUEUE: Final = fields.text("configuration.queueName", 255, "The queue to bind.", "creatives")
PORT: Final = Field(
    "configuration.port", _parse_port, {"type": "integer", "default": 5672}, False, 5672, "The broker's port.", 5672
)
USER_NAME: Final = fields.optional_text("configuration.userName", 255, "Default guest.", "guest")
PASSWORD: Final = fields.optional_text("configuration.password", 1024, "Write-only; absent in an update: unchanged.")
VIRTUAL_HOST: Final = fields.optional_text("configuration.virtualHost", 255, "Default /.", "/")
USE_SSL: Final = fields.boolean("configuration.useSsl", "Whether to connect by TLS.", default=False)

DRAFT: Final = (
    schemas.APPLICATION_ID,
    KIND,
    IS_ACTIVE,
    INCLUDE_IMAGE,
    replace(URL, required=False),
    replace(HOST, required=False),
    PORT,
    USER_NAME,
    PASSWORD,
    VIRTUAL_HOST,
    replace(QUEUE, required=False),
    USE_SSL,
)
WRONG: Final = {"Configuration.WebHookUrl": ["The WebHookUrl field is required."]}
WRONG_QUERY: Final = {"applicationId": ["The applicationId field is required."]}
NOT_FOUND: Final = ChannelNotFound(UUID(schemas.APPLICATION), UUID(CHANNEL))

CREATE: Final = Operation(
    "POST",
    PATH,
    "NotificationChannel/Create",
    "Register a channel",
    json=DRAFT,
    component="Channel",
    wrong=WRONG,
    aliases=(f"{PATH}/Create",),
)
UPDATE: Final = Operation(
    "PUT",
    PATH,
    "NotificationChannel/Update",
    "Replace a channel",
    json=(CHANNEL_ID, *DRAFT),
    component="Channel",
    wrong=WRONG,
    raises=(NOT_FOUND,),
    aliases=(f"{PATH}/Update", f"{PATH}/Update/{{id}}", f"{PATH}/{{id}}"),
)
DELETE: Final = Operation(
    "DELETE",
    PATH,
    "NotificationChannel/Delete",
    "Remove a channel",
    query=(schemas.APPLICATION_ID, CHANNEL_ID),
    component="Success",
    wrong=WRONG_QUERY,
    raises=(NOT_FOUND,),
    aliases=(f"{PATH}/Delete", f"{PATH}/Delete/{{id}}", f"{PATH}/{{id}}"),
)
ALL: Final = Operation(
    "GET",
    f"{PATH}/All",
    "NotificationChannel/All",
    "List the channels",
    query=(schemas.APPLICATION_ID,),
    component="ChannelList",
    wrong=WRONG_QUERY,
)
ACTIVE: Final = Operation(
    "GET",
    f"{PATH}/Active",
    "Active",
    "List the active channels",
    query=(schemas.APPLICATION_ID,),
    component="ChannelList",
    wrong=WRONG_QUERY,
    raises=(NoActiveChannel(UUID(schemas.APPLICATION)),),
)
OPERATIONS: Final = (CREATE, UPDATE, DELETE, ALL, ACTIVE)


class NotificationChannelController:
    def __init__(self, reception: Reception, channels: Channels, *, preserve_references: bool) -> None:
        self._reception = reception
        self._channels = channels
        self._preserve = preserve_references

    def router(self) -> APIRouter:
        router = APIRouter(route_class=route_class(preserve_references=self._preserve), tags=["NotificationChannel"])
        CREATE.add_to(router, self.create)
        UPDATE.add_to(router, self.update)
        DELETE.add_to(router, self.delete)
        ALL.add_to(router, self.all)
        ACTIVE.add_to(router, self.active)
        return router

    async def create(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.json(request)
        draft = read_draft(binder)
        with binder.translating():
            channel = await to_thread.run_sync(self._channels.create, caller, draft)
        return JsonAnswer(schemas.channel_body(channel))

    async def update(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.json(request)
        channel_id = binder.take(CHANNEL_ID)
        draft = read_draft(binder)
        with binder.translating():
            channel = await to_thread.run_sync(self._channels.update, caller, channel_id, draft)
        return JsonAnswer(schemas.channel_body(channel))

    async def delete(self, request: Request) -> JsonAnswer:
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        channel_id = binder.take(CHANNEL_ID)
        binder.refuse_if_wrong()
        await to_thread.run_sync(self._channels.delete, caller, channel_id)
        return JsonAnswer(schemas.SUCCESS)

    async def all(self, request: Request) -> JsonAnswer:
        caller = await self._own_application(request)
        return _listed(await to_thread.run_sync(self._channels.all, caller))

    async def active(self, request: Request) -> JsonAnswer:
        caller = await self._own_application(request)
        return _listed(await to_thread.run_sync(self._channels.active, caller))

    async def _own_application(self, request: Request) -> Caller:
        caller, binder = await self._reception.query(request)
        binder.take(schemas.APPLICATION_ID)
        binder.refuse_if_wrong()
        return caller


def _listed(channels: list[Channel]) -> JsonAnswer:
    return JsonAnswer([schemas.channel_body(channel) for channel in channels])


def read_draft(binder: Binder) -> ChannelDraft:
    """Read a channel's fields; which of ``configuration`` are required depends on the kind. Raises `Refused`."""
    binder.take(schemas.APPLICATION_ID)
    kind = binder.take(KIND)
    is_active, include_image = binder.take(IS_ACTIVE), binder.take(INCLUDE_IMAGE)
    target: Target | None = None
    with binder.translating():
        if kind is ChannelKind.WEBHOOK:
            url = binder.take(URL)
            target = WebhookTarget(url) if url else None
        elif kind is ChannelKind.RABBITMQ:
            target = _read_rabbit(binder)
    binder.refuse_if_wrong()
    assert target is not None  # every way to have none was refused
    return ChannelDraft(target, is_active, include_image)


def _read_rabbit(binder: Binder) -> RabbitTarget | None:
    host, queue = binder.take(HOST), binder.take(QUEUE)
    port, use_tls = binder.take(PORT), binder.take(USE_SSL)
    user, password = binder.take(USER_NAME) or "guest", binder.take(PASSWORD)
    virtual_host = binder.take(VIRTUAL_HOST) or "/"
    if not host or not queue:
        return None
    return RabbitTarget(host, queue, port, user, password, virtual_host, use_tls)
