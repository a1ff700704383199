# SPDX-License-Identifier: Apache-2.0
"""HTTP to strangers: the address is checked and pinned below TLS, time and answer are bounded, nobody redirects us."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

import httpcore2
import httpx2

from affiche.errors import AfficheError
from affiche.outbound.addresses import Resolver, resolve
from affiche.outbound.network import PinnedNetwork

CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
ANSWER_CHARACTERS: Final = 2048
_ANSWER_BYTES: Final = 4 * ANSWER_CHARACTERS
_FAULT_CHARACTERS: Final = 500


class Unreachable(AfficheError):
    """No answer came: connection, TLS, protocol or time failed."""

    code = "unreachable"

    @classmethod
    def because_of(cls, error: BaseException) -> "Unreachable":
        return cls(f"{type(error).__name__}: {error}"[:_FAULT_CHARACTERS])


class TookTooLong(Unreachable):
    """No answer came in time."""

    code = "took_too_long"


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, the first 2,048 characters of the body and the Retry-After header, if any."""

    status: int
    text: str
    retry_after: str | None = None


class GuardedClient:
    """Calls addresses that clients gave us; safe to use from any thread.

    ``network`` makes the connections to vetted addresses, ``monotonic`` is the clock of the time limit in seconds,
    ``tls`` holds the authorities that are trusted (the system's by default).
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        resolver: Resolver = resolve,
        network: httpcore2.NetworkBackend | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        tls: ssl.SSLContext | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._network = network or httpcore2.SyncBackend()
        self._monotonic = monotonic
        self._tls = tls or httpcore2.default_ssl_context()
        self._connect_seconds = connect_seconds
        self._total_seconds = total_seconds

    def deadline(self) -> float:
        """When an exchange that begins now has to end, by the client's clock."""
        return self._monotonic() + self._total_seconds

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises `RefusedTarget`, `UnknownHost` or `Unreachable`."""
        with self.exchange("POST", url, headers, self.deadline(), body) as response:
            text = _text(_beginning(response), response.charset_encoding)
            return Answer(response.status_code, text, response.headers.get("retry-after"))

    @contextmanager
    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], deadline: float, body: bytes | None = None
    ) -> Iterator[httpx2.Response]:
        """One request and its answer, whose body is to be read inside the block and before ``deadline``.

        Raises `RefusedTarget`, `UnknownHost` or `Unreachable`, also out of the block for what reading raises.
        """
        pinned = PinnedNetwork(
            self._network,
            self._resolver,
            deadline,
            self._monotonic,
            allow_private=self._allow_private,
            connect_seconds=self._connect_seconds,
        )
        # Compressed answers are not wanted: a few bytes could unfold to gigabytes.
        plain = {"Accept-Encoding": "identity", **headers}
        try:
            with (
                self._client(pinned) as client,
                client.stream(method, url, content=body, headers=plain) as response,
            ):
                yield response
        except AfficheError:
            raise
        except httpx2.ConnectTimeout as error:
            raise TookTooLong(f"No connection was made within {self._connect_seconds:g} seconds.") from error
        except (httpx2.TimeoutException, TimeoutError) as error:
            raise TookTooLong(f"There was no answer within {self._total_seconds:g} seconds.") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            raise Unreachable.because_of(error) from error

    def _client(self, network: PinnedNetwork) -> httpx2.Client:
        transport = httpx2.HTTPTransport(verify=self._tls, trust_env=False)
        # The transport takes no network of ours; a test guards this private name.
        transport._pool._network_backend = network
        timeout = httpx2.Timeout(self._total_seconds, connect=self._connect_seconds)
        return httpx2.Client(transport=transport, timeout=timeout, follow_redirects=False, trust_env=False)


def _beginning(response: httpx2.Response) -> bytes:
    """The first bytes of the body as they came; the rest is left unread. The status has been told by now, so a body
    that breaks off or drips on is taken as far as it came."""
    content = b""
    with suppress(httpx2.HTTPError, TimeoutError):
        for chunk in response.iter_raw():
            content += chunk
            if len(content) >= _ANSWER_BYTES:
                break
    return content[:_ANSWER_BYTES]


def _text(content: bytes, charset: str | None) -> str:
    """Any bytes as text, in the charset that the answer names if it is one."""
    try:
        text = content.decode(charset or "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return text[:ANSWER_CHARACTERS]
