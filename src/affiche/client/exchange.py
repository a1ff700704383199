# SPDX-License-Identifier: Apache-2.0
"""Asking a server, and asking again what is worth it: the same for both APIs."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpx2

from affiche.client.errors import ApiError, NoAnswer

_PAUSES: Final = (0.5, 2.0, 8.0)
_SECONDS: Final = 30.0
_NEVER_ARRIVED: Final = (httpx2.ConnectError, httpx2.ConnectTimeout)
_Found = TypeVar("_Found")

Sleep = Callable[[float], None]


class Later(Exception):
    """Worth asking again, after ``seconds`` or by our own schedule. ``reason`` is what is raised in the end."""

    def __init__(self, reason: ApiError | NoAnswer, seconds: float | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client asks. ``patience`` is how long it waits in all for one request to be let through, in seconds,
    ``sleep`` and ``transport`` are for tests."""

    patience: float = 120.0
    sleep: Sleep = time.sleep
    transport: httpx2.BaseTransport | None = None


@dataclass(slots=True)
class Exchange:
    """The conversation with the server at ``url``; ``headers`` go with every request."""

    url: str
    manner: Manner
    headers: Mapping[str, str] = field(default_factory=dict)
    http: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx2.Client(
            base_url=self.url.rstrip("/"),
            headers=dict(self.headers),
            timeout=_SECONDS,
            transport=self.manner.transport,
        )

    def until_told(self, once: Callable[[], _Found]) -> _Found:
        """What ``once`` gives, which is called again while it raises `Later`. Raises the reason in the end."""
        left, pauses = self.manner.patience, iter(_PAUSES)
        while True:
            try:
                return once()
            except Later as later:
                pause = later.seconds if later.seconds is not None else next(pauses, None)
                if pause is None or pause > left:
                    raise later.reason from later.reason.__cause__
                left -= pause
                self.manner.sleep(pause)

    def send(self, method: str, path: str, *, repeatable: bool = True, **request: Any) -> httpx2.Response:
        """One request. Without an answer it raises `Later` if it is ``repeatable`` or has never arrived, and otherwise
        `NoAnswer`: it may have been carried out."""
        try:
            return self.http.request(method, path, **request)
        except httpx2.TransportError as error:
            silence = NoAnswer(f"The server did not answer: {error}.")
            if repeatable or isinstance(error, _NEVER_ARRIVED):
                raise Later(silence) from error
            raise silence from error


class Client:
    """Holds an `Exchange` open; use it as a context manager, or close it."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def close(self) -> None:
        self._exchange.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def waited_for(
    look: Callable[[], _Found],
    has_ended: Callable[[_Found], bool],
    what: Callable[[_Found], Exception],
    sleep: Sleep,
    seconds: float,
    every: float,
) -> _Found:
    """What ``look`` finds once it ``has_ended``. Raises ``what`` of the last look after ``seconds``."""
    waited = 0.0
    while not has_ended(found := look()):
        if waited >= seconds:
            raise what(found)
        sleep(every)
        waited += every
    return found
