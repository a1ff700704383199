# SPDX-License-Identifier: Apache-2.0
"""A real server for the contract tests: HTTP on a free port, the embedded database, a worker that draws."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import httpx2
import pytest
import simplejpeg
import sqlalchemy as sa

from affiche.api.app import create_app
from affiche.api.server import HttpServer
from affiche.images.png import png_rgba
from affiche.samples import sample_logo, sample_photo, sample_snapshot_jpeg
from affiche.service.assembly import Services
from affiche.settings import Settings

PATIENCE = 120.0
FORMS = {
    "GUID": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "TRACE": re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00"),
    "TEXT": re.compile(r".+"),
    "MOMENT": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"),
}


class Ear(BaseHTTPRequestHandler):
    """Answers every notification with 200 and keeps its body."""

    heard: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class LiveServer:
    url: str
    settings: Settings
    services: Services
    hook: str
    worker: subprocess.Popen[bytes]


@dataclass
class Integrator:
    """An application with its credentials and an authenticated client."""

    server: LiveServer
    application_id: str
    api_key: str
    api_secret: str
    jwt_private_key: str

    @cached_property
    def headers(self) -> dict[str, str]:
        body = {"applicationId": self.application_id, "jwtPrivateKey": self.jwt_private_key}
        answer = httpx2.post(f"{self.server.url}/api/v1/Authorization/GenerateJwtToken", json=body)
        token = answer.raise_for_status().json()["accessToken"]
        return {"Authorization": f"Bearer {token}", "x-api-key": self.api_key, "x-api-secret": self.api_secret}

    @cached_property
    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.server.url, headers=self.headers, timeout=60)

    def register_channel(self) -> None:
        body = {
            "applicationId": self.application_id,
            "notificationChannel": "WebHook",
            "configuration": {"webHookUrl": self.server.hook},
        }
        self.client.post("/api/v1/NotificationChannel", json=body).raise_for_status()


@dataclass
class Started:
    """A process as its start response told it."""

    application: str
    user: str
    process: str
    tasks: list[str] = field(default_factory=list)

    def query(self, task: str) -> dict[str, str]:
        """The parameters of a download."""
        return {"applicationId": self.application, "taskId": task, "imageRenderProcessId": self.process}

    def photo_query(self, task: str) -> dict[str, str]:
        """The parameters of a photo's download and receipt."""
        return {"applicationId": self.application, "taskId": task, "imageProductGeneratorProcessId": self.process}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, allow_private_targets=True, workers=1, log_format="console", log_level="warning")
    ear = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    port = free_port()
    settings = settings.model_copy(update={"port": port})
    with Services.open(settings) as services:
        http = HttpServer(create_app(settings, services), "127.0.0.1", port)
        thread = threading.Thread(target=http.run, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{http.port}"
        until(lambda: http.started, "the server starts")
        with working(settings) as worker:
            until(lambda: _is_settled(services), "the worker has done the upkeep that it begins with")
            yield LiveServer(url, settings, services, f"http://127.0.0.1:{ear.server_port}/hook", worker)
        http.stop()
        thread.join(15)
    ear.shutdown()


def _is_settled(services: Services) -> bool:
    """Whether the first upkeep is over: before that rows come into being that no request has made."""
    with services.foundation.store.engine.connect() as connection:
        ended = sa.text(
            "SELECT count(*) FROM workflow_status WHERE workflow_uuid LIKE 'upkeep:%' AND status = 'SUCCESS'"
        )
        return bool(connection.execute(ended).scalar())


@contextmanager
def working(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AFFICHE_")}
    environment = own | settings.environment()
    code = "from affiche.jobs.worker import run_worker; from affiche.settings import Settings; run_worker(Settings())"
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as worker:
        try:
            yield worker
        finally:
            worker.terminate()
            worker.wait(20)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def until(reached: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s in vain until {what}"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def integrator_of(server: LiveServer) -> Callable[[str], Integrator]:
    def make(name: str) -> Integrator:
        made = server.services.applications.create(name)
        return Integrator(server, str(made.application_id), made.api_key, made.api_secret, made.jwt_private_key)

    return make


@pytest.fixture(scope="session")
def integrator(integrator_of: Callable[[str], Integrator]) -> Integrator:
    """Application A, with a channel."""
    made = integrator_of("A")
    made.register_channel()
    return made


@pytest.fixture(scope="session")
def other(integrator_of: Callable[[str], Integrator]) -> Integrator:
    """Application B, with a channel."""
    made = integrator_of("B")
    made.register_channel()
    return made


@pytest.fixture(scope="session")
def stranger(integrator_of: Callable[[str], Integrator]) -> Integrator:
    """An application without a channel, signed in."""
    made = integrator_of("stranger")
    assert made.headers
    return made


@pytest.fixture
def newcomer(integrator_of: Callable[[str], Integrator]) -> Integrator:
    """An application that never did anything."""
    return integrator_of("newcomer")


@pytest.fixture(scope="session")
def photo() -> bytes:
    return bytes(simplejpeg.encode_jpeg(sample_photo(width=900, height=600), 88, "RGB"))


@pytest.fixture(scope="session")
def logo() -> bytes:
    return png_rgba(sample_logo())


@pytest.fixture(scope="session")
def brief() -> Callable[..., dict[str, str]]:
    """Makes the texts of the documented sample for an application; a change to None leaves a field out."""

    def make(integrator: Integrator, **changes: str | None) -> dict[str, str]:
        texts: dict[str, str | None] = {
            "actionText": "Learn More",
            "applicationId": integrator.application_id,
            "color1Hex": "#fc2c2c",
            "color2Hex": "#002c2c",
            "mainHeadline": "Introducing Our Latest Product",
            "punchline": "Revolutionizing the industry.",
            "renderKind": "1",
            "renderType": "2",
            "userId": str(uuid4()),
            "description": "A stunning new way to showcase your brand.",
            "buttonIconClass": "fa-solid fa-angle-right",
            "fontIdentifier": "null",
            "color3Hex": "#cccccc",
        }
        return {name: value for name, value in (texts | changes).items() if value is not None}

    return make


@pytest.fixture(scope="session")
def pictures(photo: bytes, logo: bytes) -> Callable[..., dict[str, tuple[str, bytes, str]]]:
    """Makes the files of a form: both, or only the named ones."""

    def make(*names: str) -> dict[str, tuple[str, bytes, str]]:
        files = {"backgroundImage": ("p.jpg", photo, "image/jpeg"), "brandImage": ("l.png", logo, "image/png")}
        return {name: file for name, file in files.items() if not names or name in names}

    return make


@pytest.fixture(scope="session")
def start(
    brief: Callable[..., dict[str, str]], pictures: Callable[..., dict[str, tuple[str, bytes, str]]]
) -> Callable[..., Started]:
    """Starts a process for a new user."""

    def post(integrator: Integrator, **changes: str | None) -> Started:
        answer = integrator.client.post(
            "/api/v1/Image/Generation/AdCreativesByKind", data=brief(integrator, **changes), files=pictures()
        )
        assert answer.status_code == 200, answer.text
        body = answer.json()
        return Started(integrator.application_id, body["userId"], body["imageRenderProcessId"], list(body["tasks"]))

    return post


@pytest.fixture(scope="session")
def wait() -> Callable[[Integrator, Started], Started]:
    """Follows a process until all of its tasks are done."""

    def follow(integrator: Integrator, started: Started) -> Started:
        found: dict[str, Any] = {}

        def complete() -> bool:
            assert integrator.server.worker.poll() is None, "the worker has died"
            query = {"userId": started.user, "imageRenderProcessId": started.process}
            answer = integrator.client.get("/api/v1/Image/Generation/CheckUserProgress", params=query)
            found.update(answer.json()["$values"][0])
            return bool(found["progress"] == 100)

        until(complete, "the process is complete")
        states = {task: state for task, state in found["tasks"].items() if task != "$id"}
        assert set(states.values()) == {5}, found["errorMessage"]
        return Started(started.application, started.user, started.process, list(states))

    return follow


@pytest.fixture(scope="session")
def finished(integrator: Integrator, start: Callable[..., Started], wait: Callable[..., Started]) -> Started:
    """A complete process of application A."""
    return wait(integrator, start(integrator))


@pytest.fixture(scope="session")
def snapshot() -> bytes:
    return sample_snapshot_jpeg()


@pytest.fixture(scope="session")
def asset(integrator: Integrator, snapshot: bytes) -> str:
    """A product of application A that was cut out."""
    answer = integrator.client.post(
        "/api/v1/Image/ProductGeneration/Recommendations",
        data={"applicationId": integrator.application_id, "userId": str(uuid4())},
        files={"productImage": ("bottle.jpg", snapshot, "image/jpeg")},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["backgroundRemovedImageAssetId"])


@pytest.fixture(scope="session")
def shoot(asset: str) -> Callable[..., httpx2.Response]:
    """Orders a photoshoot; a change to None leaves a field out."""

    def post(integrator: Integrator, prompts: list[dict[str, Any]], **changes: str | None) -> httpx2.Response:
        texts: dict[str, str | None] = {
            "applicationId": integrator.application_id,
            "userId": str(uuid4()),
            "renderKind": "4",
            "productImageAssetId": asset,
            "PromptObjectsString": json.dumps(prompts),
            "productName": "bottle",
            "productDescription": "A green glass bottle with an ivory label.",
            "DisableSafeMargin": "true",
            "UseSameStyleReferenceImage": "",
        }
        given = {name: value for name, value in (texts | changes).items() if value is not None}
        return integrator.client.post("/api/v1/Image/ProductGeneration/AdCreative", data=given)

    return post


@pytest.fixture(scope="session")
def photographed(integrator: Integrator) -> Callable[[httpx2.Response], Started]:
    """Follows an ordered photoshoot until every picture has ended."""

    def follow(answer: httpx2.Response) -> Started:
        assert answer.status_code == 200, answer.text
        body = answer.json()
        made = Started(body["applicationId"], body["userId"], body["imageRenderProcessId"], list(body["tasks"]))
        query = {"userId": made.user, "imageProductGeneratorProcessId": made.process}

        def complete() -> bool:
            assert integrator.server.worker.poll() is None, "the worker has died"
            checked = integrator.client.get("/api/v1/Image/ProductGeneration/CheckUserProgress", params=query)
            return bool(checked.json()[0]["progress"] == 100)

        until(complete, "the photoshoot is complete")
        return made

    return follow


@pytest.fixture(scope="session")
def shot(
    integrator: Integrator,
    shoot: Callable[..., httpx2.Response],
    photographed: Callable[[httpx2.Response], Started],
) -> Started:
    """A complete photoshoot of application A: a preset twice, and a prompt in words."""
    preset = {"tag": "preset", "preset": "on_platform_natural_beige_background"}
    words = {"tag": "custom", "prompt": "on a marble table, soft morning light", "nativeLanguagePrompt": None}
    return photographed(shoot(integrator, [preset, preset, words]))


@pytest.fixture(scope="session")
def matches() -> Callable[[str, Any], None]:
    """Compares a JSON text with an expected body: same properties in the same order, same values; the words of
    `FORMS` stand for any text of that form."""

    def compare(text: str, expected: Any) -> None:
        _compare(json.loads(text, object_pairs_hook=tuple), expected, "$")

    return compare


def _compare(found: Any, expected: Any, place: str) -> None:
    if isinstance(expected, dict):
        assert isinstance(found, tuple), f"{place} is not an object"
        assert [name for name, _ in found] == list(expected), f"the properties of {place}"
        for name, value in found:
            _compare(value, expected[name], f"{place}.{name}")
    elif isinstance(expected, list):
        assert isinstance(found, list) and len(found) == len(expected), f"{place} is {found!r}"
        for index, (value, wanted) in enumerate(zip(found, expected, strict=True)):
            _compare(value, wanted, f"{place}[{index}]")
    elif isinstance(expected, str) and expected in FORMS:
        assert isinstance(found, str) and FORMS[expected].fullmatch(found), f"{place} is {found!r}"
    else:
        assert type(found) is type(expected) and found == expected, f"{place} is {found!r}, not {expected!r}"


@pytest.fixture
def incoming(server: LiveServer) -> Callable[[], list[Path]]:
    """Lists the files of uploads that are not over."""
    return lambda: sorted(server.settings.incoming.iterdir()) if server.settings.incoming.exists() else []
