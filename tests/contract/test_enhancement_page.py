# SPDX-License-Identifier: Apache-2.0
"""The enhancement contract over a real server with a real worker: what happens around the engine."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx2
import numpy as np
import pytest

from affiche.images.decode import decode_photo
from affiche.images.png import png_rgba
from affiche.samples import sample_logo_png
from affiche.samples.tabletop import Product, Stage, tabletop
from affiche.service.accounts.key_values import Environment
from tests.contract.conftest import LiveServer, until

PATH = "/api/v1/product-image-enhancements"
TERMINAL = {"completed", "partially_completed", "failed", "cancelled"}


@cache
def mug() -> bytes:
    rgb = tabletop(Product.MUG, Stage.SHADOW).rgb
    return png_rgba(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]))


class Outside(BaseHTTPRequestHandler):
    """Pictures that are not as they should be, and a webhook that remembers."""

    heard: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_GET(self) -> None:
        name, _, rest = self.path.strip("/").partition("/")
        match name:
            case "redirect":
                self._answer(302, {"Location": f"/redirect/{rest}x"})
            case "huge":
                self._answer(200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(10_000_000))
            case "html":
                self._answer(200, {"Content-Type": "text/html"}, b"<html></html>")
            case "belied":
                self._answer(200, {"Content-Type": "image/jpeg"}, sample_logo_png())
            case "mug":
                self._answer(200, {"Content-Type": "image/png"}, mug())
            case "blank":
                self._answer(200, {"Content-Type": "image/png"}, png_rgba(np.full((300, 300, 4), 255, np.uint8)))
            case "slow":
                time.sleep(11)
            case _:
                self._answer(404, {})

    def do_POST(self) -> None:
        self.heard.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
        self._answer(204, {})

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture(scope="module")
def outside() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Outside) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def key_of(server: LiveServer) -> Callable[[Environment], str]:
    return lambda environment: server.services.keys.create(environment, "Contract").key


def client(server: LiveServer, key: str) -> httpx2.Client:
    return httpx2.Client(base_url=server.url, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def ended(api: httpx2.Client, enhancement_id: str) -> dict[str, Any]:
    """The batch in full, once it has ended."""
    found: dict[str, Any] = {}

    def over() -> bool:
        found.update(api.get(f"{PATH}/{enhancement_id}").raise_for_status().json()["enhancement"])
        return found["status"] in TERMINAL

    until(over, "the batch ends")
    return found


def test_the_sandbox_from_creation_to_webhooks(
    server: LiveServer, outside: str, key_of: Callable[[Environment], str]
) -> None:
    key = key_of(Environment.SANDBOX)
    body = {
        "images": [
            {"source_url": "https://x.example/1.jpg", "external_id": "sku_1"},
            {"source_url": "https://x.example/2.jpg", "external_id": "fail:download_timeout"},
        ],
        "webhook_url": f"{outside}/hook/{key[-8:]}",
    }
    with client(server, key) as api:
        made = api.post(PATH, json=body, headers={"Idempotency-Key": "sandbox-0001"})
        assert (made.status_code, made.json()["enhancement"]["status"]) == (202, "queued")
        enhancement_id = made.json()["enhancement"]["id"]
        done = ended(api, enhancement_id)
        assert (done["status"], done["sandbox"], done["credits_used"]) == ("partially_completed", True, 0)
        picture = httpx2.get(done["items"][0]["result_url"].replace(server.settings.url, server.url))
        assert picture.content.startswith(b"\x89PNG")

    def own() -> list[tuple[dict[str, str], bytes]]:
        return [(headers, body) for headers, body in Outside.heard if enhancement_id.encode() in body]

    until(lambda: len(own()) == 3, "the webhook is told")
    secret = hashlib.sha256(key.encode()).hexdigest().encode()
    for headers, content in own():
        signed = f"{headers['X-Aigen-Timestamp']}.{headers['X-Aigen-Event-Id']}.".encode() + content
        assert headers["X-Aigen-Signature"] == f"v1={hmac.new(secret, signed, hashlib.sha256).hexdigest()}"
        assert headers["X-Aigen-Event-Id"].encode() in content


ITEM_CODES = (
    "invalid_source_url",
    "source_url_dns_failed",
    "source_url_redirect_limit",
    "source_url_unreachable",
    "download_timeout",
    "file_too_large",
    "unsupported_file_type",
    "content_policy_violation",
    "provider_error",
    "storage_error",
    "rate_limit_exceeded",
)


def test_every_code_of_an_item_can_be_had_in_the_sandbox(
    server: LiveServer, outside: str, key_of: Callable[[Environment], str]
) -> None:
    names = [f"fail:{code}" for code in ITEM_CODES]
    images = [{"source_url": "https://x.example/1.jpg", "external_id": name} for name in names]
    body = {"images": images, "webhook_url": f"{outside}/hook"}
    with client(server, key_of(Environment.SANDBOX)) as api:
        made = api.post(PATH, json=body, headers={"Idempotency-Key": "every-code"}).raise_for_status()
        done = ended(api, made.json()["enhancement"]["id"])
    assert [item["error_code"] for item in done["items"]] == list(ITEM_CODES)
    assert len({item["error_message"] for item in done["items"]}) == len(ITEM_CODES)
    assert (done["status"], done["credits_used"]) == ("failed", 0)

    def told() -> list[dict[str, Any]]:
        bodies = [json.loads(content) for _, content in Outside.heard if done["id"].encode() in content]
        return [body["data"]["item"] for body in bodies if "item" in body["data"]]

    until(lambda: len(told()) == len(ITEM_CODES), "the webhook is told of every item")
    assert {item["external_id"]: item["error_code"] for item in told()} == dict(zip(names, ITEM_CODES, strict=True))


@pytest.mark.slow
def test_a_live_batch_from_photo_to_packshot(
    server: LiveServer, outside: str, key_of: Callable[[Environment], str]
) -> None:
    body = {
        "images": [{"source_url": f"{outside}/mug"}, {"source_url": f"{outside}/blank"}],
        "preservation_level": "balanced",
        "instructions": "4:5 canvas. Add a palm tree",
    }
    with client(server, key_of(Environment.LIVE)) as api:
        made = api.post(PATH, json=body, headers={"Idempotency-Key": "photo-to-packshot"}).raise_for_status()
        done = ended(api, made.json()["enhancement"]["id"])
    good, blank = done["items"]
    assert (done["status"], good["error_code"], blank["error_code"]) == ("partially_completed", None, "provider_error")
    assert (good["credits_used"], blank["credits_used"], done["credits_used"]) == (5, 0, 5)
    assert good["notes"] == ['Not honoured: "Add a palm tree".']
    pictures = []
    for url in (good["result_url"], good["thumbnail_url"]):
        assert url.endswith(".png")
        pictures.append(decode_photo(httpx2.get(url.replace(server.settings.url, server.url)).content))
    picture, small = pictures
    assert picture.shape[1] / picture.shape[0] == pytest.approx(0.8, abs=0.01)
    assert max(small.shape) == 512
    assert (picture[0] == 255).all()
    assert picture.min() < 60
    assert server.services.ledger.check().findings == ()


def test_two_hundred_first_uses_of_a_key_make_one_batch(
    server: LiveServer, key_of: Callable[[Environment], str]
) -> None:
    body = {"images": [{"source_url": "https://x.example/1.jpg"}]}
    with client(server, key_of(Environment.SANDBOX)) as api, ThreadPoolExecutor(40) as threads:
        headers = {"Idempotency-Key": "many-at-once"}
        answers = list(threads.map(lambda _: api.post(PATH, json=body, headers=headers), range(200)))
    assert {answer.status_code for answer in answers} == {200, 202}
    assert sum(answer.status_code == 202 for answer in answers) == 1
    assert len({answer.json()["enhancement"]["id"] for answer in answers}) == 1
    replayed = [answer for answer in answers if answer.status_code == 200]
    assert all(answer.headers["idempotent-replayed"] == "true" for answer in replayed)


@pytest.mark.slow
def test_sources_that_cannot_be_fetched_have_their_codes(
    server: LiveServer, outside: str, key_of: Callable[[Environment], str]
) -> None:
    codes = {
        "ftp://x.example/1.png": "invalid_source_url",
        "http://169.254.169.254/latest/meta-data": "invalid_source_url",
        "http://nowhere.invalid/1.png": "source_url_dns_failed",
        f"{outside}/redirect/": "source_url_redirect_limit",
        f"{outside}/nothing": "source_url_unreachable",
        "http://127.0.0.1:1/1.png": "source_url_unreachable",
        f"{outside}/slow": "download_timeout",
        f"{outside}/huge": "file_too_large",
        f"{outside}/html": "unsupported_file_type",
        f"{outside}/belied": "unsupported_file_type",
    }
    body = {"images": [{"source_url": url, "external_id": url} for url in codes]}
    with client(server, key_of(Environment.LIVE)) as api:
        made = api.post(PATH, json=body, headers={"Idempotency-Key": "all-kinds-of-faults"}).raise_for_status()
        done = ended(api, made.json()["enhancement"]["id"])
    assert {item["external_id"]: item["error_code"] for item in done["items"]} == codes
    assert (done["status"], done["credits_used"]) == ("failed", 0)
    assert server.services.ledger.check().findings == ()
