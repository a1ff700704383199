# SPDX-License-Identifier: Apache-2.0
import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from affiche.api.adcreative.forms import BrokenForm, Form, FormLimits, read_form

BOUNDARY = "x-border-x"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, content: bytes, filename: str | None = None, extra: str = "") -> bytes:
    named = "" if filename is None else f'; filename="{filename}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n{extra}\r\n'
    return head.encode() + content + b"\r\n"


def closed(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def request_of(chunks: Iterable[bytes], content_type: str = MULTIPART, *, leaves: bool = False) -> Request:
    messages: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages.append({"type": "http.disconnect"} if leaves else {"type": "http.request", "body": b""})

    async def feed() -> AsyncIterator[Message]:
        for message in messages:
            yield message

    stream = feed()

    async def receive() -> Message:
        return await anext(stream)

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", content_type.encode())]}
    return Request(scope, receive)


def read(request: Request, folder: Path, file_bytes: int = 1000) -> Form:
    return asyncio.run(read_form(request, FormLimits(("photo", "logo"), file_bytes, folder)))


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.exists() else []


@given(size=st.integers(1, 60))
@settings(max_examples=25)
def test_a_form_is_the_same_however_it_is_cut_into_chunks(tmp_path_factory: pytest.TempPathFactory, size: int) -> None:
    body = closed(part("Title", "Grüße".encode()), part("PHOTO", bytes(range(256)), "a.bin"), part("ids[0]", b"7"))
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    with read(request_of(chunks), tmp_path_factory.mktemp("forms")) as form:
        assert form.texts == {"title": ["Grüße"], "ids": ["7"]}
        assert form.files["photo"].finish().read() == bytes(range(256))


def test_closing_a_form_removes_its_files(tmp_path: Path) -> None:
    with read(request_of([closed(part("photo", b"abc", "a.png"), part("logo", b"d", "b.png"))]), tmp_path) as form:
        assert len(left_in(tmp_path)) == 2
        assert form.files["photo"].finish().size == 3
    assert left_in(tmp_path) == []


def test_a_file_past_its_limit_is_dropped_while_it_streams_and_the_rest_is_still_read(tmp_path: Path) -> None:
    chunks = [part("photo", b"", "a.png")[:-2], *[b"x" * 500] * 4]
    seen: list[int] = []

    def watched() -> Iterable[bytes]:
        for chunk in chunks:
            seen.append(sum(path.stat().st_size for path in left_in(tmp_path)))
            yield chunk
        yield b"\r\n" + closed(part("title", b"t"))

    with read(request_of(watched()), tmp_path, file_bytes=1200) as form:
        assert form.files["photo"].too_large
        assert form.texts == {"title": ["t"]}
        assert left_in(tmp_path) == []


def test_a_file_of_exactly_the_limit_passes(tmp_path: Path) -> None:
    with read(request_of([closed(part("photo", b"x" * 1000, "a.png"))]), tmp_path) as form:
        assert not form.files["photo"].too_large


def test_files_that_nobody_asked_for_are_read_past(tmp_path: Path) -> None:
    with read(request_of([closed(part("virus", b"x" * 5000, "v.exe"), part("title", b"t"))]), tmp_path) as form:
        assert form.files == {}
        assert form.texts == {"title": ["t"]}
        assert left_in(tmp_path) == []


def test_a_file_input_left_empty_in_a_browser_counts_as_absent(tmp_path: Path) -> None:
    with read(request_of([closed(part("photo", b"", ""))]), tmp_path) as form:
        assert form.files == {}


def test_the_first_file_of_a_name_counts(tmp_path: Path) -> None:
    with read(request_of([closed(part("photo", b"1", "a"), part("Photo", b"2", "b"))]), tmp_path) as form:
        assert form.files["photo"].finish().read() == b"1"


def test_a_body_past_the_limit_of_the_whole_is_cut_off_unread(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterable[bytes]:
        nonlocal taken
        yield part("other", b"", "a")[:-2]
        while True:
            taken += 64 * 1024
            yield bytes(64 * 1024)

    stream = iter(endless())

    async def receive() -> Message:
        return {"type": "http.request", "body": next(stream), "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", MULTIPART.encode())]}, receive)
    with pytest.raises(BrokenForm, match="larger than"):
        read(request, tmp_path)
    assert taken < 3 * FormLimits(("photo", "logo"), 1000, tmp_path).total_bytes


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no multipart at all",
        part("photo", b"abc", "a.png"),
        closed(part("photo", b"abc", "a.png"))[:-10],
        b"--other\r\n\r\n",
    ],
)
def test_a_malformed_or_cut_off_body_is_refused_and_leaves_nothing(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(BrokenForm, match=r"malformed|cut off"):
        read(request_of([body]), tmp_path)
    assert left_in(tmp_path) == []


def test_a_client_that_leaves_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ClientDisconnect):
        read(request_of([part("photo", b"abc", "a.png")], leaves=True), tmp_path)
    assert left_in(tmp_path) == []


def test_too_many_fields_and_too_much_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenForm, match="more than 2000 fields"):
        read(request_of([closed(*[part("a", b"b")] * 2001)]), tmp_path)
    with pytest.raises(BrokenForm, match="texts of the form are larger"):
        read(request_of([closed(part("a", b"b" * (1024 * 1024 + 1)))]), tmp_path, file_bytes=10**6)


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data", "", "text/plain"])
def test_another_content_type_gets_a_remedy(tmp_path: Path, content_type: str) -> None:
    with pytest.raises(BrokenForm, match="multipart/form-data with a boundary"):
        read(request_of([b"{}"], content_type), tmp_path)


def test_urlencoded_forms_are_read_too(tmp_path: Path) -> None:
    request = request_of([b"Title=a%20b&ids%5B%5D=1&ids%5B%5D=2"], "application/x-www-form-urlencoded")
    with read(request, tmp_path) as form:
        assert form.texts == {"title": ["a b"], "ids": ["1", "2"]}
