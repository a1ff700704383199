# SPDX-License-Identifier: Apache-2.0
"""HTTP to strangers: the address is checked and pinned below TLS, time and answer are bounded, nobody redirects us."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpcore2
import httpx2

from affiche.errors import AfficheError
from affiche.outbound.addresses import RefusedTarget, Resolver, UnknownHost, resolve, vetted

CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
ANSWER_CHARACTERS: Final = 2048
_ANSWER_BYTES: Final = 4 * ANSWER_CHARACTERS


class Unreachable(AfficheError):
    """No answer came: connection, TLS, protocol or time failed."""

    code = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, the first 2,048 characters of the body and the Retry-After header, if any."""

    status: int
    text: str
    retry_after: str | None = None


class GuardedClient:
    """Posts to addresses that clients gave us. ``monotonic`` is the clock of the time limit."""

    def __init__(
        self,
        *,
        allow_private: bool,
        resolver: Resolver = resolve,
        monotonic: Callable[[], float] = time.monotonic,
        connect_seconds: float = CONNECT_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._monotonic = monotonic
        self._connect_seconds = connect_seconds
        self._total_seconds = total_seconds

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises `RefusedTarget`, `UnknownHost` or `Unreachable`."""
        deadline = self._monotonic() + self._total_seconds
        backend = _PinnedBackend(self._resolver, self._allow_private, deadline, self._monotonic)
        timeout = httpx2.Timeout(self._total_seconds, connect=self._connect_seconds)
        transport = httpx2.HTTPTransport(trust_env=False)
        # The transport takes no backend of ours; a test guards this private name.
        transport._pool._network_backend = backend
        try:
            with (
                httpx2.Client(transport=transport, timeout=timeout, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", url, content=body, headers=dict(headers)) as response,
            ):
                content = self._beginning(response, deadline)
                text = content.decode(response.encoding or "utf-8", "replace")[:ANSWER_CHARACTERS]
                return Answer(response.status_code, text, response.headers.get("retry-after"))
        except (RefusedTarget, UnknownHost, Unreachable):
            raise
        except (httpx2.HTTPError, httpx2.InvalidURL, httpcore2.ProtocolError, OSError, ValueError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:500]) from error

    def _beginning(self, response: httpx2.Response, deadline: float) -> bytes:
        """The first bytes of the body; the rest is left unread."""
        content = b""
        for chunk in response.iter_bytes(1024):
            content += chunk
            if len(content) >= _ANSWER_BYTES:
                break
            if self._monotonic() > deadline:
                raise Unreachable("The answer took too long.")
        return content[:_ANSWER_BYTES]


class _PinnedBackend(httpcore2.NetworkBackend):
    """Connects to the address that was checked; the host name stays what TLS verifies."""

    def __init__(
        self, resolver: Resolver, allow_private: bool, deadline: float, monotonic: Callable[[], float]
    ) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._deadline = deadline
        self._monotonic = monotonic
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        address = vetted(host, port, self._resolver, allow_private=self._allow_private)
        stream = self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
        return _BoundedStream(stream, self._deadline, self._monotonic)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise RefusedTarget("Local sockets are never called.")


class _BoundedStream(httpcore2.NetworkStream):
    """A stream whose every read and write ends at the request's deadline, so that no drip of bytes keeps us."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float, monotonic: Callable[[], float]) -> None:
        self._inner = inner
        self._deadline = deadline
        self._monotonic = monotonic

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _BoundedStream(inner, self._deadline, self._monotonic)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise Unreachable("The answer took too long.")
        return left if timeout is None else min(left, timeout)
