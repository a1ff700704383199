# SPDX-License-Identifier: Apache-2.0
"""A notification channel: where an application wants to hear about its tasks."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from affiche.errors import InvalidInput

MAX_URL_LENGTH: Final = 2048


class ChannelKind(IntEnum):
    """The contract's NotificationChannel numbers."""

    UNSET = 0
    WEBHOOK = 1
    RABBITMQ = 2


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """An absolute http(s) URL. Raises `InvalidInput` (field ``web_hook_url``)."""

    url: str

    def __post_init__(self) -> None:
        if len(self.url) > MAX_URL_LENGTH:
            raise InvalidInput("web_hook_url", f"The webHookUrl has more than {MAX_URL_LENGTH} characters.")
        try:
            parts = urlsplit(self.url)
            parts.port  # noqa: B018 - reading it checks it
        except ValueError as error:
            raise InvalidInput("web_hook_url", "The webHookUrl is not a URL; write http(s)://host/path.") from error
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise InvalidInput("web_hook_url", "The webHookUrl must be an absolute http or https URL.")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class RabbitTarget:
    """A broker and the queue to bind there. ``password`` None in an update means: keep the stored one."""

    host: str
    queue: str
    port: int = 5672
    user: str = "guest"
    password: str | None = field(default=None, repr=False)
    virtual_host: str = "/"
    use_tls: bool = False

    def __post_init__(self) -> None:
        if not self.host.strip() or len(self.host) > 255:
            raise InvalidInput("host_name", "The hostName is empty or longer than 255 characters.")
        if not self.queue.strip() or len(self.queue.encode()) > 255:
            raise InvalidInput("queue_name", "The queueName is empty or longer than 255 bytes.")
        if not 1 <= self.port <= 65535:
            raise InvalidInput("port", "The port must be between 1 and 65535.")


Target = WebhookTarget | RabbitTarget


@dataclass(frozen=True, slots=True)
class ChannelDraft:
    """What a client may choose about a channel; its kind follows from the target."""

    target: Target
    is_active: bool = True
    include_image_data: bool = False

    @property
    def kind(self) -> ChannelKind:
        return ChannelKind.WEBHOOK if isinstance(self.target, WebhookTarget) else ChannelKind.RABBITMQ


@dataclass(frozen=True, slots=True)
class Channel:
    """A stored channel. A RabbitMQ target comes without its password: that is write-only."""

    channel_id: UUID
    application_id: UUID
    kind: ChannelKind
    target: Target
    is_active: bool
    include_image_data: bool
    created: datetime
