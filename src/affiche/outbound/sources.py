# SPDX-License-Identifier: Apache-2.0
"""Fetching pictures from URLs that clients gave us."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx2

from affiche.images.errors import UnreadableImage
from affiche.images.header import read_header
from affiche.outbound.addresses import RefusedTarget, UnknownHost
from affiche.outbound.client import GuardedClient, TookTooLong, Unreachable
from affiche.outbound.source_errors import SourceFault, SourceProblem

MAX_SOURCE_BYTES: Final = 10_000_000
MAX_REDIRECTS: Final = 3
DOWNLOAD_SECONDS: Final = 10.0
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_SUCCESS: Final = 200
_KINDS: Final = {"image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp"}
_HEADERS: Final = {"User-Agent": "Affiche", "Accept": ", ".join(_KINDS)}


@dataclass(frozen=True, slots=True)
class SourceImage:
    """A picture as it came, and its content type, which its first bytes confirm."""

    content: bytes
    content_type: str


Fetch = Callable[[str], SourceImage]
"""Gets the picture behind a URL. Raises a `SourceFault`."""


class SourceFetcher:
    """Follows at most three redirects, each to an address that is checked anew, takes ten seconds in all and ten
    million bytes at most. ``client`` brings the time limit and the checks; safe to call from any thread."""

    def __init__(self, client: GuardedClient) -> None:
        self._client = client

    @classmethod
    def of(cls, *, allow_private: bool) -> "SourceFetcher":
        client = GuardedClient(
            allow_private=allow_private, connect_seconds=DOWNLOAD_SECONDS, total_seconds=DOWNLOAD_SECONDS
        )
        return cls(client)

    def __call__(self, url: str) -> SourceImage:
        """Raises a `SourceFault`."""
        deadline = self._client.deadline()
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._once(url, deadline)
            if isinstance(answer, SourceImage):
                return answer
            url = answer
        raise SourceFault(SourceProblem.REDIRECT_LIMIT)

    def _once(self, url: str, deadline: float) -> SourceImage | str:
        """The picture, or where to look for it instead."""
        _require_http(url)
        try:
            with self._client.exchange("GET", url, _HEADERS, deadline) as response:
                if response.status_code in _REDIRECTS:
                    return _next(url, response)
                if response.status_code != _SUCCESS:
                    raise SourceFault(SourceProblem.UNREACHABLE)
                return _picture(response)
        except RefusedTarget as error:
            raise SourceFault(SourceProblem.INVALID_URL) from error
        except UnknownHost as error:
            raise SourceFault(SourceProblem.DNS_FAILED) from error
        except TookTooLong as error:
            raise SourceFault(SourceProblem.TIMEOUT) from error
        except Unreachable as error:
            raise SourceFault(SourceProblem.UNREACHABLE) from error


def _require_http(url: str) -> None:
    try:
        parts = urlsplit(url)
        valid = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise SourceFault(SourceProblem.INVALID_URL)


def _next(url: str, response: httpx2.Response) -> str:
    location = response.headers.get("location")
    if not location:
        raise SourceFault(SourceProblem.UNREACHABLE)
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise SourceFault(SourceProblem.INVALID_URL) from error


def _picture(response: httpx2.Response) -> SourceImage:
    """What cannot be right is not read to its end."""
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    kind = _KINDS.get(content_type)
    if kind is None:
        raise SourceFault(SourceProblem.UNSUPPORTED_TYPE)
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_SOURCE_BYTES:
        raise SourceFault(SourceProblem.TOO_LARGE)
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > MAX_SOURCE_BYTES:
            raise SourceFault(SourceProblem.TOO_LARGE)
    try:
        agrees = read_header(bytes(content)).kind == kind
    except UnreadableImage:
        agrees = False
    if not agrees:
        raise SourceFault(SourceProblem.UNSUPPORTED_TYPE)
    return SourceImage(bytes(content), content_type)
