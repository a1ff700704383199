# SPDX-License-Identifier: Apache-2.0
"""Ordering ad creatives, following them and fetching them.

Questions are asked again when no answer comes or the server has a fault. Orders are not, unless they have never
arrived: the API has no idempotency keys, and a second order would draw everything a second time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self
from uuid import uuid4

import httpx2

from affiche.client.errors import ApiError, NoAnswer, TooLate
from affiche.client.exchange import Client, Exchange, Later, Manner, waited_for

_AUTHORIZATION: Final = "/api/v1/Authorization"
_GENERATION: Final = "/api/v1/Image/Generation"
_EDITING: Final = "/api/v1/Image/Editing/AdCreativesByTasks"
_CHANNELS: Final = "/api/v1/NotificationChannel"
_UNAUTHORIZED: Final = 401
_FAULT: Final = 500
_REFERENCES: Final = ("$id", "$values")

QUEUED: Final = 1
DONE: Final = 5
"""States of tasks; any other means that the task has failed."""

SVG: Final = 2
"""The render type that does not matter: it is kept and told again."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What ``affiche apps create --json`` prints."""

    application_id: str
    api_key: str
    api_secret: str
    jwt_private_key: str

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Self:
        return cls(told["applicationId"], told["apiKey"], told["apiSecret"], told["jwtPrivateKey"])


@dataclass(frozen=True, slots=True)
class Texts:
    """What creatives say and look like. ``colours`` are two or three, as ``#RRGGBB``. In a change, None stays as it
    was."""

    headline: str | None = None
    punchline: str | None = None
    action: str | None = None
    colours: Sequence[str] = ()
    description: str | None = None
    icon: str | None = None
    font: str | None = None

    def fields(self) -> dict[str, str]:
        """The fields of a form."""
        named = {
            "mainHeadline": self.headline,
            "punchline": self.punchline,
            "actionText": self.action,
            "description": self.description,
            "buttonIconClass": self.icon,
            "fontIdentifier": self.font,
        }
        told = {name: text for name, text in named.items() if text is not None}
        return told | {f"color{number}Hex": colour for number, colour in enumerate(self.colours, 1)}


@dataclass(frozen=True, slots=True)
class Process:
    """How far an order is: the state of each of its ``tasks`` by id, in the server's order."""

    process_id: str
    user_id: str
    tasks: Mapping[str, int]
    progress: int
    is_successful: bool
    error_message: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            told["imageRenderProcessId"],
            told["userId"],
            dict(told["tasks"]),
            told["progress"],
            told["isSuccessful"],
            told["errorMessage"],
        )

    @property
    def has_ended(self) -> bool:
        return QUEUED not in self.tasks.values()

    @property
    def finished(self) -> tuple[str, ...]:
        """The tasks whose creatives can be fetched."""
        return tuple(task for task, state in self.tasks.items() if state == DONE)


class AdCreativeClient(Client):
    """Talks to the server at ``url`` for one application. It gets a token when it needs one and renews it when it is
    refused. Every method raises `ApiError` or `NoAnswer`."""

    def __init__(self, url: str, credentials: Credentials, manner: Manner = Manner()) -> None:
        headers = {"x-api-key": credentials.api_key, "x-api-secret": credentials.api_secret}
        super().__init__(Exchange(url, manner, headers))
        self._credentials = credentials
        self._refresh_token = ""

    def register_webhook(self, url: str, *, include_image_data: bool = False) -> str:
        """Have the notifications of the application sent to ``url``; gives the channel's id. They are not signed: the
        ids in them are to be looked up."""
        body = {
            "applicationId": self._credentials.application_id,
            "notificationChannel": "WebHook",
            "includeImageData": include_image_data,
            "configuration": {"webHookUrl": url},
        }
        return str(self._told("POST", _CHANNELS, repeatable=False, json=body)["id"])

    def start(
        self,
        texts: Texts,
        photo: bytes,
        logo: bytes,
        *,
        render_kind: int = 1,
        render_type: int = SVG,
        user_id: str | None = None,
        max_bytes: int | None = None,
    ) -> Process:
        """Order creatives of all sizes of ``render_kind``. The photo and the logo are PNG, JPEG or WebP files;
        ``user_id`` is a GUID of yours, a new one if there is none."""
        fields = [
            ("userId", user_id or str(uuid4())),
            ("renderKind", str(render_kind)),
            ("renderType", str(render_type)),
        ]
        return self._order(f"{_GENERATION}/AdCreativesByKind", fields, texts, photo, logo, max_bytes)

    def edit(
        self,
        process: Process,
        tasks: Sequence[str],
        texts: Texts,
        *,
        photo: bytes | None = None,
        logo: bytes | None = None,
        max_bytes: int | None = None,
    ) -> Process:
        """Have some creatives of a process that has ended drawn again, with other texts, colours or pictures."""
        fields = [("userId", process.user_id), *(("taskIds", task) for task in tasks)]
        return self._order(_EDITING, fields, texts, photo, logo, max_bytes)

    def find(self, process: Process) -> Process:
        """How far it is now."""
        query = {"userId": process.user_id, "imageRenderProcessId": process.process_id}
        (found,) = self._told("GET", f"{_GENERATION}/CheckUserProgress", params=query)
        return Process.of(found)

    def running(self) -> tuple[Process, ...]:
        """All processes of the application that are running or have ended lately. None is an `ApiError`, as the
        server has it."""
        query = {"applicationId": self._credentials.application_id}
        return tuple(
            Process.of(told) for told in self._told("GET", f"{_GENERATION}/CheckApplicationAllProgresses", params=query)
        )

    def wait(self, process: Process, seconds: float, every: float = 1.0) -> Process:
        """The process when all its tasks have ended. Raises `TooLate` too."""
        return waited_for(
            lambda: self.find(process),
            lambda found: found.has_ended,
            lambda found: TooLate(f"The process {found.process_id} is at {found.progress} % after {seconds:g} s."),
            self._exchange.manner.sleep,
            seconds,
            every,
        )

    def download(
        self,
        process: Process,
        task: str,
        *,
        low_resolution: bool = False,
        file_format: str | None = None,
        max_bytes: int | None = None,
    ) -> bytes:
        """The file of a finished task: as it is stored, or a small JPEG, or another ``file_format`` (png, jpeg, webp,
        avif, pdf, psd, svg), or in at most ``max_bytes``."""
        query = {
            "applicationId": self._credentials.application_id,
            "taskId": task,
            "imageRenderProcessId": process.process_id,
        }
        query |= {"lowResolution": "true"} if low_resolution else {}
        query |= {"format": file_format} if file_format else {}
        query |= {"maxBytes": str(max_bytes)} if max_bytes else {}
        return self._ask("GET", f"{_GENERATION}/Download", params=query).content

    def _order(
        self,
        path: str,
        fields: Iterable[tuple[str, str]],
        texts: Texts,
        photo: bytes | None,
        logo: bytes | None,
        max_bytes: int | None,
    ) -> Process:
        form = [("applicationId", self._credentials.application_id), *fields, *texts.fields().items()]
        form += [("maxBytes", str(max_bytes))] if max_bytes else []
        pictures = {"backgroundImage": photo, "brandImage": logo}
        # A part with a file name makes the form multipart, which the server wants even of a form without pictures.
        parts: list[tuple[str, Any]] = [(name, (None, text)) for name, text in form]
        parts += [(name, (name, content)) for name, content in pictures.items() if content is not None]
        return Process.of(self._told("POST", path, repeatable=False, files=parts))

    def _told(self, method: str, path: str, *, repeatable: bool = True, **request: Any) -> Any:
        answer = self._ask(method, path, repeatable=repeatable, **request)
        try:
            return without_references(answer.json())
        except ValueError:
            raise NoAnswer(f"The server answered {answer.status_code} with what is no JSON.") from None

    def _ask(self, method: str, path: str, *, repeatable: bool = True, **request: Any) -> httpx2.Response:
        if "Authorization" not in self._exchange.http.headers:
            self._authorize()
        once = partial(self._once, method, path, repeatable, request)
        try:
            return self._exchange.until_told(once)
        except ApiError as refused:
            if refused.status != _UNAUTHORIZED:
                raise
        self._authorize()
        return self._exchange.until_told(once)

    def _once(self, method: str, path: str, repeatable: bool, request: Mapping[str, Any]) -> httpx2.Response:
        answer = self._exchange.send(method, path, repeatable=repeatable, **request)
        if answer.is_success:
            return answer
        refused = refusal_of(answer)
        raise Later(refused) if repeatable and answer.status_code >= _FAULT else refused

    def _authorize(self) -> None:
        """A new token: for the refresh token if there is one that is still good, otherwise for the private key."""
        told: Mapping[str, Any] | None = None
        if self._refresh_token:
            with suppress(ApiError):
                told = self._token("RefreshJwtToken", refreshToken=self._refresh_token)
        told = told or self._token("GenerateJwtToken")
        self._refresh_token = told["refreshToken"]
        self._exchange.http.headers["Authorization"] = f"Bearer {told['accessToken']}"

    def _token(self, operation: str, **more: str) -> Mapping[str, Any]:
        keys = {
            "applicationId": self._credentials.application_id,
            "jwtPrivateKey": self._credentials.jwt_private_key,
        }
        once = partial(self._once, "POST", f"{_AUTHORIZATION}/{operation}", True, {"json": keys | more})
        told: Mapping[str, Any] = without_references(self._exchange.until_told(once).json())
        return told


def without_references(told: Any) -> Any:
    """An answer without the ids and lists that the vendor's serialiser adds: ``$id`` goes, ``$values`` is the list."""
    if isinstance(told, dict):
        if "$values" in told:
            return [without_references(each) for each in told["$values"]]
        return {name: without_references(value) for name, value in told.items() if name not in _REFERENCES}
    return [without_references(each) for each in told] if isinstance(told, list) else told


def refusal_of(answer: httpx2.Response) -> ApiError | NoAnswer:
    """The error in one of the envelopes of the API; whoever else answers gives none."""
    try:
        told = without_references(answer.json())
        problems = {name: tuple(texts) for name, texts in told["errors"].items()}
        trace = told.get("traceId") or (told.get("extensions") or {}).get("traceId") or ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return NoAnswer(f"The server answered {answer.status_code} with what is no answer of it.")
    return ApiError(answer.status_code, "", " ".join(_sentences(problems)) or told.get("title", ""), trace, problems)


def _sentences(problems: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from dict.fromkeys(text for texts in problems.values() for text in texts)
