# SPDX-License-Identifier: Apache-2.0
"""The guarded client against servers on this machine that behave badly."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.client import ANSWER_CHARACTERS, GuardedClient, Unreachable

Behaviour = Callable[[socket.socket, bytes], None]


@contextmanager
def server(behaviour: Behaviour) -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads one request per connection and then does what ``behaviour`` says; gives URL and requests."""
    requests: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                request = whole_request(connection)
                requests.append(request)
                try:
                    behaviour(connection, request)
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/hook", requests
    finally:
        listener.close()


def whole_request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65536)
    head, _, body = request.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answering(text: bytes) -> Behaviour:
    return lambda connection, request: connection.sendall(text)


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def client(**options: float) -> GuardedClient:
    return GuardedClient(allow_private=True, **options)  # type: ignore[arg-type]


def test_body_and_headers_arrive() -> None:
    with server(answering(OK)) as (url, requests):
        answer = client().post(url, b'{"a":1}', {"Content-Type": "application/json; charset=utf-8"})
    assert (answer.status, answer.text) == (200, "ok")
    assert requests[0].startswith(b"POST /hook HTTP/1.1")
    assert requests[0].endswith(b'{"a":1}')
    assert b"application/json; charset=utf-8" in requests[0]


def test_redirects_are_answers_and_not_followed() -> None:
    with server(answering(b"HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")) as (url, requests):
        assert client().post(url, b"{}", {}).status == 302
    assert len(requests) == 1


def test_private_targets_are_refused_before_a_connection_is_made() -> None:
    with server(answering(OK)) as (url, requests), pytest.raises(RefusedTarget):
        GuardedClient(allow_private=False).post(url, b"{}", {})
    assert requests == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_private_targets_in_disguise_are_refused(host: str) -> None:
    with pytest.raises((RefusedTarget, Unreachable)):
        GuardedClient(allow_private=False).post(f"http://{host}:9/", b"{}", {})


def test_the_checked_address_is_the_one_that_is_called() -> None:
    """A name that resolves to another address the second time gains nothing: there is no second time."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    asked = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with server(answering(OK)) as (url, requests):
        port = url.split(":")[2]
        guarded = GuardedClient(allow_private=True, resolver=resolver)
        assert guarded.post(f"http://rebinding.example:{port}", b"{}", {}).status == 200
    assert asked == ["rebinding.example"]
    assert b"Host: rebinding.example" in requests[0] or b"host: rebinding.example" in requests[0].lower()


def test_a_huge_answer_is_cut() -> None:
    def endless(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 500 Oops\r\nContent-Length: 900000000\r\n\r\n")
        for _ in range(2000):
            connection.sendall(b"x" * 8192)

    with server(endless) as (url, _):
        started = time.monotonic()
        answer = client().post(url, b"{}", {})
    assert answer.status == 500
    assert len(answer.text) == ANSWER_CHARACTERS
    assert time.monotonic() - started < 10


def test_an_answer_that_drips_ends_at_the_time_limit() -> None:
    def drip(connection: socket.socket, request: bytes) -> None:
        for _ in range(100):
            connection.sendall(b"H")
            time.sleep(0.1)

    with server(drip) as (url, _):
        started = time.monotonic()
        with pytest.raises(Unreachable):
            client(total_seconds=0.6).post(url, b"{}", {})
    assert time.monotonic() - started < 5


def test_silence_garbage_and_closed_doors_are_unreachable() -> None:
    with server(lambda connection, request: None) as (url, _), pytest.raises(Unreachable):
        client().post(url, b"{}", {})
    with server(answering(b"what?\r\n\r\n")) as (url, _), pytest.raises(Unreachable):
        client().post(url, b"{}", {})
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unreachable):
        client().post(f"http://127.0.0.1:{port}/", b"{}", {})


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "nonsense", "unix:///var/run/x"])
def test_other_schemes_are_unreachable(url: str) -> None:
    with pytest.raises((Unreachable, RefusedTarget)):
        client().post(url, b"{}", {})
