# SPDX-License-Identifier: Apache-2.0
"""Connections that go only to vetted addresses and end in time."""

import ssl
from collections.abc import Callable, Iterable
from typing import Any, Final

import httpcore2

from affiche.outbound.addresses import RefusedTarget, Resolver, vetted

_SLICE_BYTES: Final = 64 * 1024


class PinnedNetwork(httpcore2.NetworkBackend):
    """Resolves a host once, checks all of its addresses and connects ``inner`` to one of them; the name stays what TLS
    verifies. ``deadline`` is a reading of the clock ``monotonic`` at which everything ends with `TimeoutError`."""

    def __init__(
        self,
        inner: httpcore2.NetworkBackend,
        resolver: Resolver,
        deadline: float,
        monotonic: Callable[[], float],
        *,
        allow_private: bool,
        connect_seconds: float,
    ) -> None:
        self._inner = inner
        self._resolver = resolver
        self._deadline = deadline
        self._monotonic = monotonic
        self._allow_private = allow_private
        self._connect_seconds = connect_seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """To the first address that takes the connection. Raises `RefusedTarget`, `UnknownHost`, `TimeoutError` or
        `httpcore2.ConnectError`."""
        limit = min(self._deadline, self._monotonic() + self._connect_seconds)
        seconds = remaining(limit, self._monotonic)
        addresses = vetted(host, port, self._resolver, allow_private=self._allow_private, seconds=seconds)
        failure: Exception | None = None
        for tried, address in enumerate(addresses):
            # An address that swallows packets must leave time for the next one.
            share = remaining(limit, self._monotonic) / (len(addresses) - tried)
            try:
                stream = self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline, self._monotonic)
        raise failure or httpcore2.ConnectError(f"The host {host} has no address.")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise RefusedTarget("Local sockets are never called.")


class _BoundedStream(httpcore2.NetworkStream):
    """A stream whose every read and write ends at the deadline, so that no drip of bytes keeps us."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float, monotonic: Callable[[], float]) -> None:
        self._inner = inner
        self._deadline = deadline
        self._monotonic = monotonic

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # The time limit of a write holds for each part that the other side takes, so the parts are kept few.
        for start in range(0, len(buffer), _SLICE_BYTES):
            self._inner.write(buffer[start : start + _SLICE_BYTES], self._within(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._within(timeout))
        return _BoundedStream(inner, self._deadline, self._monotonic)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _within(self, timeout: float | None) -> float:
        left = remaining(self._deadline, self._monotonic)
        return left if timeout is None else min(left, timeout)


def remaining(deadline: float, monotonic: Callable[[], float]) -> float:
    """Seconds until ``deadline``, more than none. Raises `TimeoutError`."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError("The time is up.")
    return left
