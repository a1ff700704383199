# SPDX-License-Identifier: Apache-2.0
"""The HTTP application over use cases that only remember what they were asked, so that the wire alone is under test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import cv2
import numpy as np
import pytest
from starlette.testclient import TestClient

from affiche.api.app import create_app
from affiche.images.encode import ImageFormat
from affiche.service.accounts.errors import NotAuthenticated, WrongJwtKey
from affiche.service.accounts.keys import KeyCheck
from affiche.service.accounts.tokens import Tokens
from affiche.service.accounts.values import Caller, IssuedTokens
from affiche.service.assembly import Services
from affiche.service.channels.channels import Channels
from affiche.service.channels.errors import ChannelNotFound, NoActiveChannel
from affiche.service.channels.values import Channel, ChannelDraft
from affiche.service.creatives.creatives import Creatives
from affiche.service.creatives.downloads import check_order
from affiche.service.creatives.errors import ImageContentNotFound, NoRunningProcess, ProcessNotFound, ScoreNotFound
from affiche.service.creatives.values import DownloadedImage, DownloadOrder, EditCreatives, ScoredTask, StartCreatives
from affiche.service.limits.requests import RequestLimits
from affiche.service.limits.values import RequestRates
from affiche.service.processes.progress import Progress
from affiche.settings import Settings

APPLICATION = UUID("71392f1c-e98c-4355-819a-96b793b70ea1")
USER = UUID("ab51fc3d-c2eb-4260-a7c5-c9a8d73db7fe")
PROCESS = UUID("1a95650c-ee4b-4ac9-98f6-e094e82ee1c8")
TASKS = (UUID("29bc5c5c-bea1-4ea2-8470-2cca008d0b93"), UUID("47bda5e5-8638-42cb-adac-3e7d67ee8c03"))
HEADERS = {"Authorization": "Bearer token", "x-api-key": "key", "x-api-secret": "secret"}


def progress(state: int = 1) -> Progress:
    done = len(TASKS) if state == 5 else 0
    return Progress(
        "ImageGenerationProgress",
        state,
        APPLICATION,
        USER,
        PROCESS,
        len(TASKS),
        done,
        50 * done,
        dict.fromkeys(TASKS, state),
        1,
        2,
        True,
        "",
    )


class FakeTokens(Tokens):
    def __init__(self) -> None:
        pass

    def issue(self, application_id: UUID, jwt_private_key: str) -> IssuedTokens:
        if jwt_private_key != "right":
            raise WrongJwtKey(application_id)
        expires = datetime(2031, 3, 4, 9, 15, 20, 104512, tzinfo=UTC)
        return IssuedTokens(application_id, "a.b.c", expires, "refresh=", expires + timedelta(days=7))

    def refresh(self, application_id: UUID, jwt_private_key: str, refresh_token: str) -> IssuedTokens:
        return self.issue(application_id, jwt_private_key)

    def authenticate(self, access_token: str | None, api_key: str | None, api_secret: str | None) -> Caller:
        if (access_token, api_key, api_secret) != ("token", "key", "secret"):
            raise NotAuthenticated
        return Caller(APPLICATION)


class FakeChannels(Channels):
    def __init__(self) -> None:
        self.stored: dict[UUID, Channel] = {}

    def create(self, caller: Caller, draft: ChannelDraft) -> Channel:
        return self._put(caller, uuid4(), draft)

    def update(self, caller: Caller, channel_id: UUID, draft: ChannelDraft) -> Channel:
        if channel_id not in self.stored:
            raise ChannelNotFound(caller.application_id, channel_id)
        return self._put(caller, channel_id, draft)

    def delete(self, caller: Caller, channel_id: UUID) -> None:
        if self.stored.pop(channel_id, None) is None:
            raise ChannelNotFound(caller.application_id, channel_id)

    def all(self, caller: Caller) -> list[Channel]:
        return list(self.stored.values())

    def active(self, caller: Caller) -> list[Channel]:
        found = [channel for channel in self.stored.values() if channel.is_active]
        if not found:
            raise NoActiveChannel(caller.application_id)
        return found

    def _put(self, caller: Caller, channel_id: UUID, draft: ChannelDraft) -> Channel:
        self.stored[channel_id] = Channel(
            channel_id,
            caller.application_id,
            draft.kind,
            draft.target,
            draft.is_active,
            draft.include_image_data,
            datetime(2031, 1, 1, tzinfo=UTC),
        )
        return self.stored[channel_id]


@dataclass
class FakeCreatives(Creatives):
    """``failure`` is raised by every call when it is set; pictures are read at once, as their files go away."""

    failure: Exception | None = None
    started: list[StartCreatives] = field(default_factory=list)
    edited: list[EditCreatives] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    downloads: list[DownloadOrder] = field(default_factory=list)
    detailed: list[bool] = field(default_factory=list)
    found: list[Progress] = field(default_factory=list)

    def start(self, caller: Caller, request: StartCreatives) -> Progress:
        self._fail()
        self.started.append(request)
        self.pictures += [request.photo.read(), request.logo.read()]
        return progress()

    def edit(self, caller: Caller, request: EditCreatives) -> Progress:
        self._fail()
        self.edited.append(request)
        return progress()

    def check_user(
        self, caller: Caller, user_id: UUID, process_id: UUID | None = None, *, details: bool = False
    ) -> list[Progress]:
        self._fail()
        self.detailed.append(details)
        if not self.found:
            raise ProcessNotFound(user_id, process_id)
        return self.found

    def check_application(self, caller: Caller, *, details: bool = False) -> list[Progress]:
        self._fail()
        self.detailed.append(details)
        if not self.found:
            raise NoRunningProcess(caller.application_id)
        return self.found

    def download(self, caller: Caller, order: DownloadOrder) -> DownloadedImage:
        self._fail()
        check_order(order)
        if order.task_id not in TASKS:
            raise ImageContentNotFound
        self.downloads.append(order)
        kind = order.format or ImageFormat.PNG
        return DownloadedImage(b"pixels", kind.content_type, f"{order.task_id}{kind.suffix}")

    def score(self, caller: Caller, process_id: UUID, task_id: UUID) -> ScoredTask:
        self._fail()
        if task_id not in TASKS:
            raise ScoreNotFound("There is no finished creative with this task and process.")
        return ScoredTask(process_id, task_id, {"score": 87.5, "parts": []}, 0.41)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


class FakeEnhancements:
    """Not asked here: `tests.unit.api.test_enhancement_routes` has the real ones."""

    results = None


class FakePhotoshoots:
    """Not asked here."""

    gallery = None


@dataclass
class FakeServices:
    tokens: FakeTokens = field(default_factory=FakeTokens)
    channels: FakeChannels = field(default_factory=FakeChannels)
    creatives: FakeCreatives = field(default_factory=FakeCreatives)
    key_check: KeyCheck = field(default_factory=lambda: cast(KeyCheck, None))
    limits: RequestLimits = field(default_factory=lambda: RequestLimits("memory://", RequestRates()))
    enhancements: FakeEnhancements = field(default_factory=FakeEnhancements)
    photoshoots: FakePhotoshoots = field(default_factory=FakePhotoshoots)
    faults: dict[str, str] = field(default_factory=dict)

    def check(self) -> dict[str, str]:
        return self.faults


def picture(suffix: str = ".png", width: int = 40, height: int = 30) -> bytes:
    """A small real picture with some structure in it."""
    rows = np.arange(width * height * 3, dtype=np.uint32) % 251
    encoded, data = cv2.imencode(suffix, rows.astype(np.uint8).reshape(height, width, 3))
    assert encoded
    return data.tobytes()


def _brief(**changes: str | None) -> dict[str, str]:
    texts: dict[str, str | None] = {
        "actionText": "Learn More",
        "applicationId": str(APPLICATION),
        "color1Hex": "#fc2c2c",
        "color2Hex": "#002c2c",
        "mainHeadline": "Introducing Our Latest Product",
        "punchline": "Revolutionizing the industry.",
        "renderKind": "1",
        "renderType": "2",
        "userId": str(USER),
        "description": "A stunning new way to showcase your brand.",
        "buttonIconClass": "fa-solid fa-angle-right",
        "fontIdentifier": "null",
        "color3Hex": "#cccccc",
    }
    return {name: value for name, value in (texts | changes).items() if value is not None}


def _pictures(**changes: bytes | None) -> dict[str, tuple[str, bytes, str]]:
    contents: dict[str, bytes | None] = {"backgroundImage": picture(".jpg"), "brandImage": picture()}
    return {
        name: (f"{name}.bin", data, "application/octet-stream")
        for name, data in (contents | changes).items()
        if data is not None
    }


@pytest.fixture
def brief() -> Callable[..., dict[str, str]]:
    """Makes the texts of the documented sample; a change to None leaves the field out."""
    return _brief


@pytest.fixture
def pictures() -> Callable[..., dict[str, tuple[str, bytes, str]]]:
    """Makes the two files of a form; a change to None leaves the file out."""
    return _pictures


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def client(settings: Settings, services: FakeServices) -> Iterator[TestClient]:
    with TestClient(create_app(settings, cast(Services, services)), raise_server_exceptions=False) as opened:
        opened.headers.update(HEADERS)
        yield opened
