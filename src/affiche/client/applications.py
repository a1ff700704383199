# SPDX-License-Identifier: Apache-2.0
"""Talking to the ad creative API for one application: its credentials, its tokens and its errors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self

import httpx2

from affiche.client.errors import ApiError, NoAnswer
from affiche.client.exchange import Client, Exchange, Later, Manner

_AUTHORIZATION: Final = "/api/v1/Authorization"
_CHANNELS: Final = "/api/v1/NotificationChannel"
_UNAUTHORIZED: Final = 401
_FAULT: Final = 500
_REFERENCES: Final = ("$id", "$values")

Part = tuple[str, tuple[str | None, str | bytes]]
"""A part of a form: its name, its file's name if it is a file, and its content."""

QUEUED: Final = 1
DONE: Final = 5
"""States of tasks; any other means that the task has failed."""


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


class ApplicationClient(Client):
    """Talks to the server at ``url`` for one application. It gets a token when it needs one and renews it when it is
    refused. Every method raises `ApiError` or `NoAnswer`.

    Questions are asked again when no answer comes or the server has a fault. Orders are not, unless they have never
    arrived: the API has no idempotency keys, and a second order would draw everything a second time."""

    def __init__(self, url: str, credentials: Credentials, manner: Manner = Manner()) -> None:
        headers = {"x-api-key": credentials.api_key, "x-api-secret": credentials.api_secret}
        super().__init__(Exchange(url, manner, headers))
        self._credentials = credentials
        self._refresh_token = ""

    @property
    def application_id(self) -> str:
        return self._credentials.application_id

    def register_webhook(self, url: str, *, include_image_data: bool = False) -> str:
        """Have the notifications of the application sent to ``url``; gives the channel's id. They are not signed: the
        ids in them are to be looked up."""
        body = {
            "applicationId": self.application_id,
            "notificationChannel": "WebHook",
            "includeImageData": include_image_data,
            "configuration": {"webHookUrl": url},
        }
        return str(self._told("POST", _CHANNELS, repeatable=False, json=body)["id"])

    def _form(self, fields: Iterable[tuple[str, str]], pictures: Mapping[str, bytes | None]) -> list[Part]:
        """The parts of a multipart form. Each field is one, so that a form without pictures is multipart too."""
        parts: list[Part] = [("applicationId", (None, self.application_id))]
        parts += [(name, (None, text)) for name, text in fields]
        return parts + [(name, (name, content)) for name, content in pictures.items() if content is not None]

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
