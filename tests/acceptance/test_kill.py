# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of a process: afterwards every task has ended once and every event was told."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import simplejpeg

from affiche.images.png import png_rgba
from affiche.jobs.leases import process_start
from affiche.samples import sample_logo, sample_photo
from affiche.settings import Settings

TASKS = 50
PATIENCE = 90.0
BRIEF = {
    "mainHeadline": "Breathe in the mountains",
    "punchline": "A weekend that stays with you",
    "actionText": "Book now",
    "color1Hex": "#1A2B3C",
    "color2Hex": "#F4B942",
    "renderKind": "1023",
    "renderType": "2",
}


@dataclass
class Ear:
    """A webhook endpoint that keeps what it hears, with the id that the sender gave to it."""

    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    url: str = ""

    @contextmanager
    def listening(self) -> "Iterator[Ear]":
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                heard.append((self.headers["X-Affiche-Event-Id"], json.loads(body)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.url = f"http://127.0.0.1:{server.server_port}/hook"
            yield self
            server.shutdown()


@dataclass
class Server:
    """The processes of a server on one database, each of which can be killed."""

    settings: Settings
    log: Path
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.settings.url

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        program = [sys.executable, "-m", "affiche", *command]
        return subprocess.run(program, env=self._environment, capture_output=True, text=True, check=True)

    def start(self, part: str) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "affiche", part]
            self.parts[part] = subprocess.Popen(command, env=self._environment, stderr=log, stdout=log)

    def kill(self, part: str) -> None:
        process = self.parts.pop(part)
        process.kill()
        process.wait()

    def end(self) -> None:
        """Ask every part to leave, as Ctrl-C does, and see that it takes less than ten seconds."""
        started = time.monotonic()
        for process in self.parts.values():
            process.send_signal(signal.SIGINT)
        for process in self.parts.values():
            process.wait(15)
        assert time.monotonic() - started < 10

    def wait_until_ready(self) -> None:
        wait_for(lambda: self._answers("/readyz"))

    def _answers(self, path: str) -> bool:
        try:
            return httpx2.get(self.url + path).status_code == 200
        except httpx2.TransportError:
            return False

    @property
    def _environment(self) -> dict[str, str]:
        return dict(os.environ) | self.settings.environment()


@dataclass
class Client:
    """An integrator that talks to the server over HTTP."""

    server: Server
    application: dict[str, str]
    user_id: str = field(default_factory=lambda: str(uuid4()))
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, **request: Any) -> Any:
        answer = httpx2.post(f"{self.server.url}/api/v1/{path}", headers=self.headers, timeout=30, **request)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_in(self) -> None:
        keys = {name: self.application[name] for name in ("applicationId", "jwtPrivateKey")}
        token = self.post("Authorization/GenerateJwtToken", json=keys)["accessToken"]
        names = {"x-api-key": "apiKey", "x-api-secret": "apiSecret"}
        self.headers = {header: self.application[name] for header, name in names.items()}
        self.headers["Authorization"] = f"Bearer {token}"

    def listen_at(self, url: str) -> None:
        channel = {"notificationChannel": 1, "configuration": {"webHookUrl": url}}
        self.post("NotificationChannel", json={"applicationId": self.application["applicationId"]} | channel)

    def generate(self) -> str:
        photo = simplejpeg.encode_jpeg(sample_photo(), 90)
        files = {"backgroundImage": ("p.jpg", photo), "brandImage": ("l.png", png_rgba(sample_logo()))}
        fields = BRIEF | {"applicationId": self.application["applicationId"], "userId": self.user_id}
        process: str = self.post("Image/Generation/AdCreativesByKind", data=fields, files=files)["imageRenderProcessId"]
        return process

    def get(self, action: str, **query: str) -> "httpx2.Response":
        address = f"{self.server.url}/api/v1/Image/Generation/{action}"
        return httpx2.get(address, headers=self.headers, params=query, timeout=30)

    def progress(self, process: str) -> dict[str, Any]:
        answer = self.get("CheckUserProgress", userId=self.user_id, imageRenderProcessId=process)
        (progress,) = answer.json()["$values"]
        return dict(progress)

    def download(self, process: str, task: str) -> bytes:
        names = {"applicationId": self.application["applicationId"], "imageRenderProcessId": process, "taskId": task}
        answer = self.get("Download", **names)
        assert answer.status_code == 200, answer.text
        return answer.content


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def server(database_url: str, make_settings: Callable[..., Settings], tmp_path: Path) -> Iterator[Server]:
    settings = make_settings(database_url=database_url, port=free_port(), lease_seconds=3, allow_private_targets=True)
    made = Server(settings, tmp_path / "server.log")
    yield made
    for part in list(made.parts):
        made.kill(part)
    remarkable = [line for line in made.log.read_text().splitlines() if "info" not in line]
    print("\n".join(remarkable)[-8_000:])  # noqa: T201 - pytest shows it when the test fails


@pytest.fixture
def ear() -> Iterator[Ear]:
    with Ear().listening() as listening:
        yield listening


@pytest.fixture
def client(server: Server, ear: Ear) -> Client:
    server.start("api")
    server.wait_until_ready()
    made = Client(server, json.loads(server.run("apps", "create", "--name", "Tests", "--json").stdout))
    made.sign_in()
    made.listen_at(ear.url)
    return made


@pytest.mark.slow
def test_no_kill_loses_or_doubles_anything(server: Server, client: Client, ear: Ear) -> None:
    server.start("worker")
    process = client.generate()
    wait_for(lambda: client.progress(process)["completedTaskCount"] >= 5)
    children = children_of(server.parts["worker"].pid)
    server.kill("worker")
    before = client.progress(process)["completedTaskCount"]
    assert before < TASKS, "The worker was too fast to be killed in the middle."
    wait_for(lambda: not any(process_start(child) for child in children), 10)

    server.start("worker")
    wait_for(lambda: client.progress(process)["completedTaskCount"] >= min(TASKS, before + 10))
    server.kill("api")
    time.sleep(0.5)
    server.start("api")
    server.wait_until_ready()

    wait_for(lambda: client.progress(process)["progress"] == 100)
    progress = client.progress(process)
    assert (progress["requestRenderState"], progress["isSuccessful"], progress["totalTaskCount"]) == (5, True, TASKS)
    tasks = [task for task in progress["tasks"] if task != "$id"]
    assert {progress["tasks"][task] for task in tasks} == {5}
    for task in tasks:
        assert is_whole(client.download(process, task))
    assert_told_once(ear, tasks)
    assert_nothing_is_half_written(server.settings.home)
    server.end()


def is_whole(picture: bytes) -> bool:
    """Whether a PNG, or the JPEG that a display size may become within its budget of bytes, begins and ends as it must."""
    ends = ((b"\x89PNG", b"IEND\xaeB`\x82"), (b"\xff\xd8\xff", b"\xff\xd9"))
    return any(picture.startswith(first) and picture.endswith(last) for first, last in ends)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def assert_told_once(ear: Ear, tasks: list[str]) -> None:
    """Each task and the end of the process are one event each. A sender that is killed between the sending and its
    record sends again, so the same event may be heard twice, but then with the same id and the same content."""
    wait_for(lambda: len({name for name, _ in ear.heard}) >= TASKS + 1)
    time.sleep(1)
    events = {name: json.dumps(message) for name, message in ear.heard}
    assert len({(name, json.dumps(message)) for name, message in ear.heard}) == len(events) == TASKS + 1
    messages = [json.loads(message) for message in events.values()]
    kinds = Counter(message["MessageType"] for message in messages)
    assert kinds == {"ImageGenerationTaskCompleted": TASKS, "ImageGenerationProgress": 1}
    told = [message["TaskId"] for message in messages if "TaskId" in message]
    assert sorted(told) == sorted(tasks)


def assert_nothing_is_half_written(home: Path) -> None:
    files = [path for path in (home / "files" / "results").rglob("*") if path.is_file()]
    assert len([path for path in files if not path.name.startswith(".draft")]) == 2 * TASKS


@pytest.mark.slow
def test_a_server_survives_the_death_of_its_parts(server: Server, ear: Ear) -> None:
    """``affiche serve`` starts again what was killed."""
    server.start("serve")
    server.wait_until_ready()
    client = Client(server, json.loads(server.run("apps", "create", "--name", "Tests", "--json").stdout))
    client.sign_in()
    client.listen_at(ear.url)
    process = client.generate()
    wait_for(lambda: client.progress(process)["completedTaskCount"] >= 3)
    for child in children_of(server.parts["serve"].pid):
        os.kill(child, signal.SIGKILL)
    time.sleep(0.5)
    server.wait_until_ready()
    wait_for(lambda: client.progress(process)["progress"] == 100)
    progress = client.progress(process)
    assert progress["requestRenderState"] == 5
    assert_told_once(ear, [task for task in progress["tasks"] if task != "$id"])
    server.end()
