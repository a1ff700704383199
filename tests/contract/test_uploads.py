# SPDX-License-Identifier: Apache-2.0
"""What strangers may send to a running server, and what is left when it was wrong: nothing."""

import random
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa

START = "/api/v1/Image/Generation/AdCreativesByKind"
EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
MEBIBYTE = 1024 * 1024
BOUNDARY = "a-border-of-ours"


@pytest.fixture
def traces(server: Any, incoming: Callable[[], list[Path]]) -> Callable[[], dict[str, Any]]:
    """Counts everything that a request can leave behind: rows of every table, stored files, temporary files. Waits
    first until the work that other tests have started is over."""
    engine = server.services.foundation.store.engine

    def counted() -> dict[str, Any]:
        with engine.connect() as connection:
            rows: dict[str, Any] = {
                name: connection.execute(sa.text(f'SELECT count(*) FROM "{name}"')).scalar()
                for name in sa.inspect(engine).get_table_names()
            }
            rows["waiting"] = connection.execute(sa.text("SELECT count(*) FROM task WHERE state = 1")).scalar()
        files = sorted(path for path in (server.settings.home / "files").rglob("*") if path.is_file())
        return rows | {"files": files, "incoming": incoming()}

    def settled() -> dict[str, Any]:
        deadline = time.monotonic() + 60
        earlier = counted()
        while time.monotonic() < deadline:
            time.sleep(0.3)
            now = counted()
            if now == earlier and now["waiting"] == 0:
                break
            earlier = now
        return earlier

    return settled


def streamed(head: dict[str, str], filename: str, size: int) -> Iterator[bytes]:
    for name, value in head.items():
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    yield (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{filename}"; filename="x.png"\r\n\r\n').encode()
    for _ in range(size // MEBIBYTE):
        yield bytes(MEBIBYTE)
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


MULTIPART = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def test_a_picture_over_22_megabytes_is_refused_by_name_and_leaves_nothing(
    integrator: Any, brief: Any, traces: Callable[[], dict[str, Any]]
) -> None:
    before = traces()
    body = streamed(brief(integrator), "backgroundImage", 23 * MEBIBYTE)
    answer = integrator.client.post(START, content=body, headers=MULTIPART)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"] == {
        "BrandImage": ["The BrandImage field is required."],
        "BackgroundImage": ["The BackgroundImage file is larger than 22 MB."],
    }
    assert traces() == before


def test_a_body_without_end_is_cut_off_while_it_streams(
    integrator: Any, brief: Any, traces: Callable[[], dict[str, Any]], incoming: Callable[[], list[Path]]
) -> None:
    before = traces()
    sent = 0
    kept = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent, kept
        for chunk in streamed(brief(integrator), "backgroundImage", 400 * MEBIBYTE):
            sent += len(chunk)
            kept = max(kept, sum(path.stat().st_size for path in incoming()))
            yield chunk

    try:
        answer = integrator.client.post(START, content=endless(), headers=MULTIPART)
        assert answer.status_code == 400
        assert "larger than" in answer.json()["errors"]["$"][0]
    except httpx2.TransportError:
        pass  # the server has hung up in the middle, which a client may see as a broken connection
    assert kept <= 22 * MEBIBYTE
    assert traces() == before


def test_a_large_upload_without_credentials_is_answered_and_not_stored(
    server: Any, stranger: Any, brief: Any, incoming: Callable[[], list[Path]]
) -> None:
    body = streamed(brief(stranger), "backgroundImage", 20 * MEBIBYTE)
    answer = httpx2.post(server.url + START, content=body, headers=MULTIPART)
    assert answer.status_code == 401
    assert incoming() == []


def test_a_client_that_hangs_up_in_the_middle_leaves_nothing(
    server: Any, integrator: Any, brief: Any, traces: Callable[[], dict[str, Any]], incoming: Callable[[], list[Path]]
) -> None:
    before = traces()
    body = b"".join(streamed(brief(integrator), "backgroundImage", 2 * MEBIBYTE))
    head = "".join(f"{name}: {value}\r\n" for name, value in (integrator.headers | MULTIPART).items())
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        line = f"POST {START} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n{head}\r\n"
        connection.sendall(line.encode() + body[: len(body) // 2])
    assert traces() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"%PDF-1.4", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + bytes(100)],
)
def test_files_that_are_no_pictures_leave_nothing(
    integrator: Any, brief: Any, pictures: Any, traces: Callable[[], dict[str, Any]], content: bytes
) -> None:
    before = traces()
    files = pictures("brandImage") | {"backgroundImage": ("p.jpg", content, "image/jpeg")}
    answer = integrator.client.post(START, data=brief(integrator), files=files)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["BackgroundImage"]
    assert traces() == before


def test_a_truncated_photo_leaves_nothing(
    integrator: Any, brief: Any, pictures: Any, photo: bytes, traces: Callable[[], dict[str, Any]]
) -> None:
    before = traces()
    files = pictures("brandImage") | {"backgroundImage": ("p.jpg", photo[: len(photo) // 2], "image/jpeg")}
    answer = integrator.client.post(START, data=brief(integrator), files=files)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["BackgroundImage"]
    assert traces() == before


def test_unknown_fonts_and_icons_are_named_and_leave_nothing(
    integrator: Any, brief: Any, pictures: Any, traces: Callable[[], dict[str, Any]]
) -> None:
    before = traces()
    texts = brief(integrator, fontIdentifier="Comic Papyrus", buttonIconClass="fa-solid fa-no-such-thing")
    answer = integrator.client.post(START, data=texts, files=pictures())
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert list(errors) == ["ButtonIconClass", "FontIdentifier"]
    assert "Montserrat" in errors["FontIdentifier"][0]
    assert traces() == before


def test_a_brief_without_a_channel_leaves_nothing(
    stranger: Any, brief: Any, pictures: Any, traces: Callable[[], dict[str, Any]]
) -> None:
    before = traces()
    assert stranger.client.post(START, data=brief(stranger), files=pictures()).status_code == 404
    assert traces() == before


@pytest.mark.parametrize("seed", range(4))
def test_names_in_any_case_reach_the_same_fields(integrator: Any, brief: Any, pictures: Any, seed: int) -> None:
    chance = random.Random(seed)

    def spelled(name: str) -> str:
        return "".join(chance.choice((letter.lower(), letter.upper())) for letter in name)

    texts = {spelled(name): value for name, value in brief(integrator, punchline="x" * 256).items()}
    files = {spelled(name): file for name, file in pictures().items()}
    answer = integrator.client.post(START, data=texts, files=files)
    assert answer.json()["errors"] == {
        "Punchline": ["The field Punchline must be a string with a maximum length of 255."]
    }
    query = {spelled("userId"): str(uuid4()), spelled("imageRenderProcessId"): "7"}
    answer = integrator.client.get("/api/v1/Image/Generation/CheckUserProgress", params=query)
    assert answer.json()["errors"] == {"$id": "2", "imageRenderProcessId": ["The value '7' is not valid."]}


def test_octet_streams_are_pictures_when_they_decode(integrator: Any, brief: Any, pictures: Any, wait: Any) -> None:
    files = {name: ("blob", data, "application/octet-stream") for name, (_, data, _) in pictures().items()}
    answer = integrator.client.post(START, data=brief(integrator, renderKind="64"), files=files)
    assert answer.status_code == 200, answer.text


def test_no_answer_names_the_server_and_every_answer_is_guarded(server: Any) -> None:
    for path in ("/healthz", "/readyz", "/docs", "/metrics", "/nowhere", START):
        headers = httpx2.get(server.url + path).headers
        assert "server" not in headers
        assert "x-powered-by" not in headers
        assert headers["x-content-type-options"] == "nosniff"


def test_health_readiness_and_metrics_answer(server: Any) -> None:
    assert httpx2.get(f"{server.url}/healthz").json() == {"status": "ok"}
    assert httpx2.get(f"{server.url}/readyz").json() == {"status": "ok"}
    assert "affiche_api_requests_total" in httpx2.get(f"{server.url}/metrics").text
