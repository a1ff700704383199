# SPDX-License-Identifier: Apache-2.0
"""An integrator's client, no cleverer than one that a reader of the API reference would write."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

import httpx2

from affiche.cli.demonstration.house import Credentials
from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.errors import AfficheError

QUEUED: Final = 1
DONE: Final = 5
_SVG: Final = 2
_PATIENCE_SECONDS: Final = 60.0


class Refused(AfficheError):
    """The server answered with an error; the message quotes it."""

    code = "refused"


@dataclass(frozen=True, slots=True)
class Started:
    """A process: its id, its user's, and its tasks in the order in which the server told them."""

    process_id: str
    user_id: str
    tasks: tuple[str, ...]


class Client:
    """Calls the API of one application. Raises `Refused`, and `httpx2.HTTPError` when the server is away."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self._application_id = credentials.application_id
        self._http = httpx2.Client(base_url=f"{url}/api/v1", timeout=_PATIENCE_SECONDS)
        token = {"applicationId": credentials.application_id, "jwtPrivateKey": credentials.jwt_private_key}
        issued = self._call("POST", "/Authorization/GenerateJwtToken", json=token).json()
        self._http.headers.update(
            {
                "Authorization": f"Bearer {issued['accessToken']}",
                "x-api-key": credentials.api_key,
                "x-api-secret": credentials.api_secret,
            }
        )

    def register_webhook(self, url: str) -> None:
        channel = {"notificationChannel": "WebHook", "configuration": {"webHookUrl": url}}
        self._call("POST", "/NotificationChannel", json={"applicationId": self._application_id, **channel})

    def start(self, brief: Brief, kind: RenderKind, photo: bytes, logo: bytes) -> Started:
        """Ask for creatives of all sizes of ``kind``."""
        fields = {
            "applicationId": self._application_id,
            "userId": str(uuid4()),
            "renderKind": str(int(kind)),
            "renderType": str(_SVG),
            "mainHeadline": brief.headline,
            "punchline": brief.punchline,
            "actionText": brief.action,
            "buttonIconClass": brief.icon,
        }
        fields |= {f"color{number}Hex": colour.hex for number, colour in enumerate(brief.colours, 1)}
        files = {
            "backgroundImage": ("photo.jpg", photo, "image/jpeg"),
            "brandImage": ("logo.png", logo, "image/png"),
        }
        told = self._call("POST", "/Image/Generation/AdCreativesByKind", data=fields, files=files).json()
        return Started(told["imageRenderProcessId"], told["userId"], tuple(told["tasks"]))

    def states(self, started: Started) -> dict[str, int]:
        """The state of each task now."""
        query = {"userId": started.user_id, "imageRenderProcessId": started.process_id}
        answer = self._call("GET", "/Image/Generation/CheckUserProgress", params=query).json()
        (process,) = answer["$values"]
        return {task: state for task, state in process["tasks"].items() if task != "$id"}

    def download(self, started: Started, task: str) -> bytes:
        """The finished creative as a PNG file."""
        query = {
            "applicationId": self._application_id,
            "taskId": task,
            "imageRenderProcessId": started.process_id,
        }
        return self._call("GET", "/Image/Generation/Download", params=query).content

    def _call(self, method: str, path: str, **request: Any) -> httpx2.Response:
        answer = self._http.request(method, path, **request)
        if answer.is_error:
            raise Refused(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
