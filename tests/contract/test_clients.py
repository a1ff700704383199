# SPDX-License-Identifier: Apache-2.0
"""The typed clients against a real server: what they need to know of each API is what it does."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
import numpy as np
import pytest

from affiche.cli.demonstration.ear import Ear
from affiche.cli.demonstration.ear import listening as hearing
from affiche.client import (
    AdCreativeClient,
    ApiError,
    Credentials,
    EnhancementClient,
    Event,
    PhotoshootClient,
    Picture,
    Scene,
    Texts,
    verified,
)
from affiche.images.encode import ImageFormat, encode
from affiche.images.probe import probe
from affiche.service.accounts.key_values import Environment
from tests.contract.conftest import Integrator, LiveServer, until

TEXTS = Texts("Find your quiet place", "Small lodges, wide skies.", "Book now", ("#1f4e5f", "#f2a154"))


def credentials_of(made: Integrator) -> Credentials:
    return Credentials(made.application_id, made.api_key, made.api_secret, made.jwt_private_key)


@pytest.fixture(scope="module")
def client(server: LiveServer, integrator_of: Any) -> Iterator[AdCreativeClient]:
    with AdCreativeClient(server.url, credentials_of(integrator_of("Client"))) as opened:
        yield opened


def test_creatives_from_the_order_to_a_change(
    server: LiveServer, client: AdCreativeClient, photo: bytes, logo: bytes
) -> None:
    with pytest.raises(ApiError, match="No active notification channel") as caught:
        client.start(TEXTS, photo, logo)
    assert caught.value.status == 404
    assert list(caught.value.problems) == ["engine: Active", "business: Active"]
    assert client.register_webhook(server.hook)
    order = client.start(TEXTS, photo, logo, render_kind=64)
    assert (len(order.tasks), order.has_ended) == (5, False)
    done = client.wait(order, seconds=120, every=0.1)
    assert (done.finished, done.progress, done.is_successful) == (tuple(order.tasks), 100, True)
    assert done in client.running()
    first = done.finished[0]
    header = probe(client.download(done, first))
    assert (header.width, header.height) == (728, 90)
    assert probe(client.download(done, first, low_resolution=True)).kind == "jpeg"
    assert probe(client.download(done, first, file_format="webp")).kind == "webp"
    assert client.download(done, first, file_format="pdf").startswith(b"%PDF")
    changed = client.edit(done, [first], Texts(headline="Stay a little longer"))
    assert (changed.process_id, sorted(changed.tasks.values())) == (done.process_id, [1, 5, 5, 5, 5])
    before = client.download(done, done.finished[1])
    again = client.wait(changed, seconds=120, every=0.1)
    assert client.download(again, done.finished[1]) == before
    assert len(again.finished) == 5


def test_a_token_that_the_server_does_not_take_is_renewed(client: AdCreativeClient) -> None:
    client.running()
    client._exchange.http.headers["Authorization"] = "Bearer stale"
    assert client.running()


def test_wrong_credentials_are_told(server: LiveServer, integrator_of: Any) -> None:
    good = credentials_of(integrator_of("Careless"))
    for wrong in (
        Credentials(good.application_id, good.api_key, "wrong", good.jwt_private_key),
        Credentials(good.application_id, "wrong", good.api_secret, good.jwt_private_key),
    ):
        with AdCreativeClient(server.url, wrong) as client, pytest.raises(ApiError) as caught:
            client.running()
        assert (caught.value.status, list(caught.value.problems)) == (401, ["business:"])
    with AdCreativeClient(server.url, Credentials(good.application_id, "", "", "f0" * 64)) as client:
        with pytest.raises(ApiError) as caught:
            client.running()
        assert (caught.value.status, bool(caught.value.request_id)) == (400, True)


def test_a_photoshoot_from_the_snapshot_to_its_receipt(server: LiveServer, integrator_of: Any, snapshot: bytes) -> None:
    ear, credentials = Ear(), credentials_of(integrator_of("Photographer"))
    with PhotoshootClient(server.url, credentials) as client, hearing(ear) as hook:
        with pytest.raises(ApiError, match="unknown_foreground") as caught:
            client.recommend(blank_jpeg())
        assert caught.value.status == 400
        client.register_webhook(hook)
        found = client.recommend(snapshot)
        assert (len(found.prompts), len(found.preset_ids)) == (4, 6)
        scenes = [Scene(preset_id="white_background"), Scene(words="on white marble", native="auf weißem Marmor")]
        order = client.start(found.asset_id, scenes, name=found.name, description=found.description, safe_margin=False)
        assert (len(order.tasks), order.has_ended, order.is_successful) == (2, False, False)
        done = client.wait(order, seconds=120, every=0.1)
        assert (list(done.tasks), done.progress, done.is_successful) == (list(order.tasks), 100, True)
        first = client.download(done, done.finished[0])
        assert (probe(first).kind, probe(first).width, probe(first).height) == ("png", 1200, 628)
        assert httpx2.get(done.pictures[0].url or "").content == first
        assert probe(client.download(done, done.finished[0], file_format="jpeg")).kind == "jpeg"
        assert probe(client.download(done, done.finished[0], low_resolution=True, file_format="jpeg")).width <= 512
        assert client.download(done, done.finished[1], file_format="pdf").startswith(b"%PDF-1.6")
        assert client.receipt(done, done.finished[0])["result"] == hashlib.sha256(first).hexdigest()
        assert ear.wait_for(2, 20)
    assert (ear.tasks, ear.failures, ear.ended) == (set(done.finished), {}, {done.process_id})


def blank_jpeg() -> bytes:
    """A picture of nothing."""
    return encode(np.full((400, 400, 4), 220, np.uint8), ImageFormat.JPEG)


@contextmanager
def listening(key: str) -> Iterator[tuple[str, list[Event]]]:
    """A webhook that believes only what is signed with ``key``."""
    heard: list[Event] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            heard.append(verified(key, dict(self.headers), body, time.time()))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as outside:
        threading.Thread(target=outside.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{outside.server_port}/hook", heard
        outside.shutdown()


def test_a_batch_from_its_creation_to_verified_webhooks(server: LiveServer) -> None:
    key = server.services.keys.create(Environment.SANDBOX, "Client").key
    pictures = [Picture("https://x.example/1.jpg", "sku_1"), Picture("https://x.example/2.jpg", "fail:provider_error")]
    with EnhancementClient(server.url, key) as client, listening(key) as (hook, heard):
        assert "marketplace_clean_catalog" in client.presets()
        made = client.create(pictures, webhook_url=hook, idempotency_key="client-0001")
        assert client.create(pictures, webhook_url=hook, idempotency_key="client-0001").batch_id == made.batch_id
        done = client.wait(made.batch_id, seconds=60, every=0.1)
        assert (done.status, done.sandbox) == ("partially_completed", True)
        assert [item.error_code for item in done.items] == [None, "provider_error"]
        with pytest.raises(ApiError) as caught:
            client.create(pictures[:1], idempotency_key="client-0001")
        assert caught.value.api_code == "idempotency_conflict"
        until(lambda: len(heard) == 3, "the webhook is told")
    assert sorted(event.kind for event in heard) == [
        "enhancement.item.completed",
        "enhancement.item.failed",
        "enhancement.partially_completed",
    ]
    result = done.items[0].result_url
    assert result is not None
    assert probe(httpx2.get(result.replace(server.settings.url, server.url)).content).kind == "png"
