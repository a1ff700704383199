# SPDX-License-Identifier: Apache-2.0
"""Source pictures, from servers on this machine that behave well and badly: every code is reached."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest
import simplejpeg

from affiche.images.png import png_rgba
from affiche.outbound.client import GuardedClient
from affiche.outbound.source_errors import SourceFault, SourceProblem
from affiche.outbound.sources import MAX_SOURCE_BYTES, SourceFetcher
from affiche.samples import sample_logo, sample_photo
from tests.unit.outbound.test_client import Behaviour, answering, server
from tests.unit.outbound.test_tls import NAME, Identity, identity, listening, resolver

__all__ = ["identity"]

PNG = png_rgba(sample_logo())
JPEG = bytes(simplejpeg.encode_jpeg(sample_photo(width=90, height=60), 88, "RGB"))
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], tuple[str, list[bytes]]]]:
    """Starts servers that live as long as the test."""
    with ExitStack() as servers:
        yield lambda behaviour: servers.enter_context(server(behaviour))


Serve = Callable[[Behaviour], tuple[str, list[bytes]]]


def fetcher(**options: object) -> SourceFetcher:
    chosen: dict[str, object] = {"allow_private": True, "total_seconds": 5.0, "connect_seconds": 5.0}
    return SourceFetcher(GuardedClient(**chosen | options))  # type: ignore[arg-type]


@contextmanager
def failing(problem: SourceProblem) -> Iterator[None]:
    with pytest.raises(SourceFault) as caught:
        yield
    assert caught.value.problem is problem


def message(body: bytes, content_type: str | None = "image/png", status: str = "200 OK", *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> Behaviour:
    return answering(message(b"", None, status, f"Location: {location}"))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp"), (PNG, "IMAGE/PNG; charset=binary")],
)
def test_pictures_of_three_kinds_are_fetched(serve: Serve, content: bytes, content_type: str) -> None:
    url, requests = serve(answering(message(content, content_type)))
    found = fetcher()(url)
    assert found.content == content
    assert found.content_type == content_type.lower().partition(";")[0]
    assert b"accept-encoding: identity" in requests[0].lower()


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (JPEG, "image/png"),
        (PNG, "image/jpeg"),
        (PNG, "application/octet-stream"),
        (PNG, None),
        (PNG, ""),
        (b"GIF89a" + b"\0" * 64, "image/gif"),
        (b"GIF89a" + b"\0" * 64, "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"", "image/png"),
        (PNG[:12], "image/png"),
        (b"<html>not found</html>", "text/html"),
    ],
)
def test_other_files_and_types_that_belie_their_bytes_are_unsupported(
    serve: Serve, content: bytes, content_type: str | None
) -> None:
    url, _ = serve(answering(message(content, content_type)))
    with failing(SourceProblem.UNSUPPORTED_TYPE):
        fetcher()(url)


def test_a_compressed_answer_is_not_unfolded(serve: Serve) -> None:
    import gzip

    url, _ = serve(answering(message(gzip.compress(PNG), "image/png", "200 OK", "Content-Encoding: gzip")))
    with failing(SourceProblem.UNSUPPORTED_TYPE):
        fetcher()(url)


def test_ten_million_bytes_are_the_most(serve: Serve) -> None:
    most = PNG + b"\0" * (MAX_SOURCE_BYTES - len(PNG))
    url, _ = serve(answering(message(most)))
    assert len(fetcher()(url).content) == MAX_SOURCE_BYTES
    url, _ = serve(answering(message(most + b"\0")))
    with failing(SourceProblem.TOO_LARGE):
        fetcher()(url)


def test_a_download_without_a_length_is_cut_off_while_it_streams(serve: Serve) -> None:
    sent = 0

    def endless(connection: socket.socket, request: bytes) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n" + PNG)
        for _ in range(2000):
            connection.sendall(b"\0" * 65536)
            sent += 65536

    url, _ = serve(endless)
    with failing(SourceProblem.TOO_LARGE):
        fetcher()(url)
    assert sent < 3 * MAX_SOURCE_BYTES


def test_a_length_that_promises_too_much_is_not_waited_for(serve: Serve) -> None:
    url, _ = serve(answering(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10000001\r\n\r\n"))
    with failing(SourceProblem.TOO_LARGE):
        fetcher()(url)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed(serve: Serve, status: str) -> None:
    url, _ = serve(answering(message(PNG)))
    first, _ = serve(redirect(url, status))
    assert fetcher()(first).content == PNG


def test_a_relative_redirect_leads_on_the_same_server(serve: Serve) -> None:
    def behave(connection: socket.socket, request: bytes) -> None:
        at_home = request.startswith(b"GET /elsewhere?x=1 ")
        connection.sendall(message(PNG) if at_home else message(b"", None, "302 Found", "Location: elsewhere?x=1"))

    url, requests = serve(behave)
    assert fetcher()(url).content == PNG
    assert len(requests) == 2


def chain(serve: Serve, length: int) -> str:
    url, _ = serve(answering(message(PNG)))
    for _ in range(length):
        url, _ = serve(redirect(url))
    return url


def test_three_redirects_are_the_most(serve: Serve) -> None:
    assert fetcher()(chain(serve, 3)).content == PNG
    with failing(SourceProblem.REDIRECT_LIMIT):
        fetcher()(chain(serve, 4))


def test_a_circle_of_redirects_ends(serve: Serve) -> None:
    url, requests = serve(redirect("/hook"))
    with failing(SourceProblem.REDIRECT_LIMIT):
        fetcher()(url)
    assert len(requests) == 4


def test_every_redirect_is_checked_anew(serve: Serve) -> None:
    """A public host that redirects to a private address gets nothing: here 'public' is played by a resolver."""
    secret, heard = serve(answering(message(PNG)))
    port = secret.rpartition(":")[2].partition("/")[0]
    public, _ = serve(redirect(f"http://metadata.internal:{port}/"))

    def resolves(host: str, port: int) -> Sequence[str]:
        return ["169.254.169.254"] if host == "metadata.internal" else ["127.0.0.1"]

    with failing(SourceProblem.INVALID_URL):
        fetcher(resolver=resolves)(public)
    assert heard == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.com/x.png", "gopher://x", "//["])
def test_redirects_to_other_schemes_are_not_allowed(serve: Serve, location: str) -> None:
    url, _ = serve(redirect(location))
    with failing(SourceProblem.INVALID_URL):
        fetcher()(url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "http://",
        "http://[",
        "https:///x",
        "http://example.com:99999/",
    ],
)
def test_only_http_urls_are_allowed(url: str) -> None:
    with failing(SourceProblem.INVALID_URL):
        fetcher()(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "2130706433",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[64:ff9b::808:808]",
        "[2002:a00:1::]",
        "[2001:0:a00:1::]",
        "[fd00::1]",
        "[fe80::1]",
    ],
)
def test_private_targets_are_not_allowed_in_any_disguise(host: str) -> None:
    with failing(SourceProblem.INVALID_URL):
        fetcher(allow_private=False)(f"http://{host}:9/x.png")


def test_a_name_with_a_private_address_among_others_is_not_allowed() -> None:
    with failing(SourceProblem.INVALID_URL):
        fetcher(allow_private=False, resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])("http://mixed.example/")


def test_the_checked_address_is_the_one_that_is_called(serve: Serve) -> None:
    url, requests = serve(answering(message(PNG)))
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    port = url.rpartition(":")[2].partition("/")[0]
    found = fetcher(resolver=lambda host, port: next(answers))(f"http://rebinding.example:{port}/x.png")
    assert found.content == PNG
    assert b"host: rebinding.example" in requests[0].lower()
    assert next(answers) == ["10.0.0.1"]


def test_a_name_without_an_address_fails_by_dns() -> None:
    with failing(SourceProblem.DNS_FAILED):
        fetcher()("http://nowhere.invalid/x.png")


@pytest.mark.parametrize(
    "status", ["204 No Content", "206 Partial", "304 Not Modified", "401 No", "404 No", "500 Oops"]
)
def test_answers_that_are_no_success_are_unreachable(serve: Serve, status: str) -> None:
    url, _ = serve(answering(message(b"" if status[0] in "23" else PNG, "image/png", status)))
    with failing(SourceProblem.UNREACHABLE):
        fetcher()(url)


def test_a_redirect_to_nowhere_is_unreachable(serve: Serve) -> None:
    url, _ = serve(answering(message(b"", None, "302 Found")))
    with failing(SourceProblem.UNREACHABLE):
        fetcher()(url)


def test_closed_doors_garbage_and_broken_off_bodies_are_unreachable(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    garbage, _ = serve(answering(b"what?\r\n\r\n"))
    short, _ = serve(answering(message(PNG).replace(str(len(PNG)).encode(), b"9999999", 1)))
    for url in (f"http://127.0.0.1:{port}/", garbage, short):
        with failing(SourceProblem.UNREACHABLE):
            fetcher()(url)


def test_a_download_that_drips_ends_in_time(serve: Serve) -> None:
    def drip(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.1)

    url, _ = serve(drip)
    started = time.monotonic()
    with failing(SourceProblem.TIMEOUT):
        fetcher(total_seconds=0.6)(url)
    assert time.monotonic() - started < 5


def test_the_time_limit_holds_for_all_redirects_together(serve: Serve) -> None:
    def slow(connection: socket.socket, request: bytes) -> None:
        time.sleep(0.5)
        connection.sendall(message(b"", None, "302 Found", "Location: /again"))

    url, requests = serve(slow)
    with failing(SourceProblem.TIMEOUT):
        fetcher(total_seconds=0.8)(url)
    assert len(requests) == 2


def test_a_host_that_swallows_packets_times_out() -> None:
    """A listener whose queue of connections is full answers no more of them."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        with ExitStack() as queue:
            for _ in range(4):
                waiting = queue.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(deaf.getsockname())
            with failing(SourceProblem.TIMEOUT):
                fetcher(total_seconds=0.5, connect_seconds=0.5)(f"http://127.0.0.1:{deaf.getsockname()[1]}/x.png")


def test_sources_are_known_by_name_and_certificate(identity: Identity) -> None:
    with listening(identity, message(PNG)) as listener:
        trusting = fetcher(resolver=resolver, tls=identity.trusting())
        assert trusting(f"https://{NAME}:{listener.port}/x.png").content == PNG
        assert listener.names == [NAME]
        for untrusted in (trusting, fetcher(resolver=resolver, tls=ssl.create_default_context())):
            with failing(SourceProblem.UNREACHABLE):
                untrusted(f"https://other.example:{listener.port}/x.png")
        assert len(listener.heard) == 1
