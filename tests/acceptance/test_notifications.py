# SPDX-License-Identifier: Apache-2.0
"""A running server tells every channel of every task, and once of the end."""

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import aio_pika
import httpx2
import pytest
import simplejpeg

from affiche.cli.demonstration.house import House
from affiche.client import Credentials
from affiche.images.png import png_rgba
from affiche.samples import sample_logo, sample_photo
from tests.requirements import missing

PATIENCE = 60.0
TASK = [
    "MessageType",
    "ApplicationId",
    "UserId",
    "ImageRenderProcessId",
    "TaskId",
    "ImageContentBytes",
    "IsSuccessful",
    "ErrorMessage",
]
PROGRESS = [
    "MessageType",
    "RequestRenderState",
    "ApplicationId",
    "UserId",
    "ImageRenderProcessId",
    "TotalTaskCount",
    "CompletedTaskCount",
    "Progress",
    "Tasks",
    "RenderKind",
    "RenderType",
    "IsSuccessful",
    "ErrorMessage",
]


@dataclass
class Told:
    """One message as a channel got it: the event's id, its kind beside the body, and the body."""

    event_id: str
    kind: str
    body: bytes

    @cached_property
    def message(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Endpoint:
    """A webhook that keeps by path what it hears, with the headers that came along."""

    heard: dict[str, list[Told]] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    @contextmanager
    def listening(self) -> "Iterator[Endpoint]":
        endpoint = self

        class Request(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                told = Told(self.headers["X-Affiche-Event-Id"], json.loads(body)["MessageType"], body)
                endpoint.headers.append({name.lower(): value for name, value in self.headers.items()})
                endpoint.heard.setdefault(self.path, []).append(told)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        with ThreadingHTTPServer(("127.0.0.1", 0), Request) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.url = f"http://127.0.0.1:{server.server_port}"
            yield self
            server.shutdown()


@dataclass
class Integrator:
    """An application that talks HTTP to the running server, and its operator at the command line."""

    house: House
    home: Path
    credentials: Credentials

    @cached_property
    def http(self) -> httpx2.Client:
        keys = {"applicationId": self.credentials.application_id, "jwtPrivateKey": self.credentials.jwt_private_key}
        base = f"{self.house.url}/api/v1"
        token = httpx2.post(f"{base}/Authorization/GenerateJwtToken", json=keys).raise_for_status().json()
        headers = {"x-api-key": self.credentials.api_key, "x-api-secret": self.credentials.api_secret}
        headers["Authorization"] = f"Bearer {token['accessToken']}"
        return httpx2.Client(base_url=base, headers=headers, timeout=60)

    def register(self, kind: str, include_image_data: bool = False, **configuration: object) -> str:
        channel = {"notificationChannel": kind, "includeImageData": include_image_data}
        body = {"applicationId": self.credentials.application_id, **channel, "configuration": configuration}
        return str(self.http.post("/NotificationChannel", json=body).raise_for_status().json()["id"])

    def start(self) -> dict[str, Any]:
        fields = {
            "applicationId": self.credentials.application_id,
            "userId": str(uuid4()),
            "mainHeadline": "Breathe in the mountains",
            "punchline": "A weekend that stays with you",
            "actionText": "Book now",
            "color1Hex": "#1A2B3C",
            "color2Hex": "#F4B942",
            "renderKind": "64",
            "renderType": "2",
        }
        photo = simplejpeg.encode_jpeg(sample_photo(width=900, height=600), 88)
        files = {"backgroundImage": ("p.jpg", photo), "brandImage": ("l.png", png_rgba(sample_logo()))}
        answer = self.http.post("/Image/Generation/AdCreativesByKind", data=fields, files=files)
        return dict(answer.raise_for_status().json())

    def download(self, process: str, task: str) -> bytes:
        names = {"applicationId": self.credentials.application_id, "imageRenderProcessId": process, "taskId": task}
        return self.http.get("/Image/Generation/Download", params=names).raise_for_status().content

    def events(self, *command: str) -> Any:
        """What ``affiche events`` prints."""
        program = [sys.executable, "-m", "affiche", "events", *command, "--json"]
        environment = os.environ | {"AFFICHE_HOME": str(self.home)}
        return json.loads(subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint().listening() as listening:
        yield listening


@pytest.fixture
def integrator(tmp_path: Path) -> Iterator[Integrator]:
    home = tmp_path / "home"
    house = House(home, tmp_path / "server.log", workers=1)
    credentials = house.create_application("Tests")
    with house.serving():
        yield Integrator(house, home, credentials)


@pytest.fixture
def queue() -> Iterator[str]:
    try:
        socket.create_connection(("127.0.0.1", 5672), 2).close()
    except OSError:
        missing("RabbitMQ on 127.0.0.1:5672")
    name = f"affiche-test-{uuid4().hex}"
    yield name
    asyncio.run(_delete(name))


async def _delete(name: str) -> None:
    async with await aio_pika.connect("amqp://guest:guest@127.0.0.1/") as connection:
        await (await connection.channel()).queue_delete(name)


async def _received(name: str, process: str, count: int) -> list[aio_pika.abc.AbstractIncomingMessage]:
    """The queue's messages of one process, until there are ``count``. Other tests use the exchange too."""
    found: list[aio_pika.abc.AbstractIncomingMessage] = []
    deadline = time.monotonic() + PATIENCE
    async with await aio_pika.connect("amqp://guest:guest@127.0.0.1/") as connection:
        queue = await (await connection.channel()).get_queue(name)
        while len(found) < count:
            one = await queue.get(no_ack=True, fail=False)
            if one is None:
                assert time.monotonic() < deadline, "The broker was not told in time."
                await asyncio.sleep(0.05)
            elif json.loads(one.body)["ImageRenderProcessId"] == process:
                found.append(one)
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def assert_told(told: list[Told], started: dict[str, Any], pictures: dict[str, bytes] | None) -> None:
    """One event for each task and one for the end, each with its own id, the contract's properties in its order."""
    tasks = list(started["tasks"])
    assert Counter(one.kind for one in told) == {"ImageGenerationTaskCompleted": 5, "ImageGenerationProgress": 1}
    assert len({one.event_id for one in told}) == 6
    completed = {one.message["TaskId"]: one.message for one in told if one.kind == "ImageGenerationTaskCompleted"}
    assert sorted(completed) == sorted(tasks)
    names = {"ApplicationId": started["applicationId"], "UserId": started["userId"]}
    names["ImageRenderProcessId"] = started["imageRenderProcessId"]
    for task, message in completed.items():
        assert list(message) == TASK
        content = base64.b64encode(pictures[task]).decode() if pictures else None
        assert message == {
            "MessageType": "ImageGenerationTaskCompleted",
            **names,
            "TaskId": task,
            "ImageContentBytes": content,
            "IsSuccessful": True,
            "ErrorMessage": "",
        }
    (progress,) = (one.message for one in told if one.kind == "ImageGenerationProgress")
    assert list(progress) == PROGRESS
    assert progress == {
        "MessageType": "ImageGenerationProgress",
        "RequestRenderState": 5,
        **names,
        "TotalTaskCount": 5,
        "CompletedTaskCount": 5,
        "Progress": 100,
        "Tasks": dict.fromkeys(tasks, 5),
        "RenderKind": 64,
        "RenderType": 2,
        "IsSuccessful": True,
        "ErrorMessage": "",
    }
    assert list(progress["Tasks"]) == tasks


@pytest.mark.slow
def test_every_channel_is_told_of_every_task_and_once_of_the_end(
    integrator: Integrator, endpoint: Endpoint, queue: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    integrator.register("WebHook", webHookUrl=f"http://127.0.0.1:{nobody}/dead")
    integrator.register("WebHook", webHookUrl=f"{endpoint.url}/plain")
    integrator.register("WebHook", include_image_data=True, webHookUrl=f"{endpoint.url}/pictures")
    broker = {"hostName": "127.0.0.1", "port": 5672, "userName": "guest", "password": "guest", "queueName": queue}
    integrator.register("RabbitMq", include_image_data=True, **broker)
    started = integrator.start()
    process = started["imageRenderProcessId"]
    wait_for(lambda: all(len(endpoint.heard.get(path, [])) >= 6 for path in ("/plain", "/pictures")))
    published = asyncio.run(_received(queue, process, 6))

    pictures = {task: integrator.download(process, task) for task in started["tasks"]}
    assert_told(endpoint.heard["/plain"], started, None)
    assert_told(endpoint.heard["/pictures"], started, pictures)
    assert_told([Told(str(one.message_id), str(one.type), one.body) for one in published], started, pictures)
    assert {headers["content-type"] for headers in endpoint.headers} == {"application/json; charset=utf-8"}
    keys = {"ImageGenerationTaskCompleted": "task.completed", "ImageGenerationProgress": "progress.update"}
    for one in published:
        assert (one.routing_key, one.exchange) == (keys[str(one.type)], "image-render.notifications")
        assert (one.content_type, one.delivery_mode) == ("application/json", aio_pika.DeliveryMode.PERSISTENT)

    # A delivery counts once its attempt is recorded, which is after the other side has heard it.
    wait_for(lambda: len(integrator.events("list", "--state", "delivered")) >= 18)
    delivered = integrator.events("list", "--state", "delivered")
    assert Counter(view["channelId"] for view in delivered).most_common()[-1][1] == 6
    assert len(delivered) == 18
    waiting = integrator.events("list", "--state", "pending")
    assert len(waiting) == 6, "the dead endpoint is tried again later"

    again = endpoint.heard["/plain"][0]
    assert integrator.events("redeliver", again.event_id)["queued"] == 3
    wait_for(lambda: len(endpoint.heard["/plain"]) == 7)
    assert endpoint.heard["/plain"][-1] == again
