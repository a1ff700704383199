# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of batches: nothing is lost, nothing is charged twice, everybody is told once."""

import hashlib
import hmac
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest

from affiche.samples import sample_logo_png
from affiche.settings import Settings
from tests.acceptance.test_kill import Server, free_port, wait_for
from tests.doubles.rendering import SKETCHER, SLOW

ROOT = Path(__file__).parents[2]
BATCHES = 3
ITEMS = 20
BROKEN = 2
"""So many items of each batch have a source that is not there."""

PRICE = 5
GRANTED = 1000
KILLS = 4
WORKER = f"""
from affiche.jobs.worker import run_worker
from affiche.settings import Settings
run_worker(Settings(), {SKETCHER!r})
"""


class SketchingServer(Server):
    """A server whose workers sketch: what is killed here is the service, not the engine."""

    def start(self, part: str) -> None:
        if part != "worker":
            super().start(part)
            return
        environment = dict(os.environ) | self.settings.environment() | {"PYTHONPATH": str(ROOT)}
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", WORKER]
            self.parts[part] = subprocess.Popen(command, env=environment, stderr=log, stdout=log)


@dataclass
class World:
    """What lies outside the server: pictures at ``url``/1 and so on, and a webhook that verifies what it hears."""

    key: str = ""
    url: str = ""
    heard: list[tuple[str, bytes]] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)

    @contextmanager
    def open(self) -> "Iterator[World]":
        world, picture = self, sample_logo_png()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = "missing" not in self.path
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(picture) if found else 0))
                self.end_headers()
                if found:
                    self.wfile.write(picture)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                world.hear(dict(self.headers), body)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.url = f"http://127.0.0.1:{server.server_port}"
            yield self
            server.shutdown()

    def hear(self, headers: dict[str, str], body: bytes) -> None:
        event_id, moment = headers["X-Aigen-Event-Id"], headers["X-Aigen-Timestamp"]
        secret = hashlib.sha256(self.key.encode()).hexdigest()
        signed = hmac.new(secret.encode(), f"{moment}.{event_id}.".encode() + body, hashlib.sha256).hexdigest()
        if headers["X-Aigen-Signature"] != f"v1={signed}" or abs(time.time() - int(moment)) > 60:
            self.forged.append(event_id)
        self.heard.append((event_id, body))


@dataclass
class Client:
    """Holds a live key of an account with credits."""

    server: Server
    key: str

    def create(self, world: World, number: int) -> str:
        names = [f"{'missing' if item < BROKEN else 'product'}-{item}" for item in range(ITEMS)]
        body = {
            "images": [{"source_url": f"{world.url}/{name}.png", "external_id": name} for name in names],
            "webhook_url": f"{world.url}/hook",
            "instructions": SLOW,
        }
        headers = {"Idempotency-Key": f"batch-{number:04}"}
        made = self._request("POST", "", json=body, headers=headers)
        assert made.status_code in (200, 202), made.text
        return str(made.json()["enhancement"]["id"])

    def find(self, enhancement_id: str) -> dict[str, Any]:
        answer = self._request("GET", f"/{enhancement_id}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["enhancement"])

    def finished(self, enhancement_ids: list[str]) -> int:
        found = [self.find(enhancement_id) for enhancement_id in enhancement_ids]
        return sum(batch["completed_items"] + batch["failed_items"] for batch in found)

    def _request(self, method: str, path: str, **request: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"} | request.pop("headers", {})
        url = f"{self.server.url}/api/v1/product-image-enhancements{path}"
        return httpx2.request(method, url, headers=headers, timeout=30, **request)


@pytest.fixture
def server(database_url: str, make_settings: Callable[..., Settings], tmp_path: Path) -> Iterator[Server]:
    settings = make_settings(
        database_url=database_url,
        port=free_port(),
        lease_seconds=2,
        allow_private_targets=True,
        credits="metered",
    )
    made = SketchingServer(settings, tmp_path / "server.log")
    yield made
    for part in list(made.parts):
        made.kill(part)


@pytest.fixture
def world() -> Iterator[World]:
    with World().open() as opened:
        yield opened


@pytest.fixture
def client(server: Server, world: World) -> Client:
    server.start("api")
    server.wait_until_ready()
    application = json.loads(server.run("apps", "create", "--name", "Tests", "--json").stdout)["applicationId"]
    server.run("credits", "grant", application, str(GRANTED))
    options = ("--environment", "live", "--name", "Tests", "--application", application)
    world.key = json.loads(server.run("keys", "create", *options, "--json").stdout)["key"]
    return Client(server, world.key)


@pytest.mark.slow
def test_no_kill_loses_a_picture_or_charges_it_twice(server: Server, client: Client, world: World) -> None:
    server.start("worker")
    batches = [client.create(world, number) for number in range(BATCHES)]
    total, dice = BATCHES * ITEMS, random.Random(7)
    for _ in range(KILLS):
        reached = client.finished(batches)
        if reached < total:
            wait_for(lambda reached=reached: client.finished(batches) > reached)  # type: ignore[misc]
        time.sleep(dice.uniform(0.0, 0.4))
        server.kill("worker")
        server.start("worker")
    server.kill("api")
    server.start("api")
    server.wait_until_ready()
    wait_for(lambda: client.finished(batches) == total)

    assert [client.create(world, number) for number in range(BATCHES)] == batches, "the same requests again"
    found = [client.find(batch) for batch in batches]
    assert {batch["status"] for batch in found} == {"partially_completed"}
    for batch in found:
        assert (batch["completed_items"], batch["failed_items"]) == (ITEMS - BROKEN, BROKEN)
        assert batch["credits_used"] == (ITEMS - BROKEN) * PRICE
        assert {item["error_code"] for item in batch["items"]} == {None, "source_url_unreachable"}
        for item in batch["items"][BROKEN:]:
            for url in (item["result_url"], item["thumbnail_url"]):
                assert httpx2.get(url).content.startswith(b"\x89PNG")

    audit = json.loads(server.run("ledger", "check", "--json").stdout)
    spent = BATCHES * (ITEMS - BROKEN) * PRICE
    assert audit == {"ok": True, "entries": 1 + BATCHES * (1 + ITEMS), "spent": spent, "held": 0, "findings": []}
    (balance,) = json.loads(server.run("ledger", "show", "--json").stdout)["balances"]
    assert (balance["available"], balance["spent"]) == (GRANTED - spent, spent)
    assert_told_once(world, batches, found)
    server.end()


def assert_told_once(world: World, batches: list[str], found: list[dict[str, Any]]) -> None:
    """A sender that is killed before it has recorded a delivery sends again: the same id, then, and the same bytes."""
    expected = BATCHES * (ITEMS + 1)
    wait_for(lambda: len({event_id for event_id, _ in world.heard}) >= expected)
    assert world.forged == []
    assert len(set(world.heard)) == len({event_id for event_id, _ in world.heard}) == expected
    messages = [json.loads(body) for body in dict(world.heard).values()]
    told = sorted(message["data"]["item"]["id"] for message in messages if "item" in message["data"])
    assert told == sorted(item["id"] for batch in found for item in batch["items"])
    ends = [message["data"]["enhancement"] for message in messages if "enhancement" in message["data"]]
    assert sorted(end["id"] for end in ends) == sorted(batches)
    assert all(end["status"] == "partially_completed" for end in ends)
