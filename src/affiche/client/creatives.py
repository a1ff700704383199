# SPDX-License-Identifier: Apache-2.0
"""Ordering ad creatives, following them and fetching them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import uuid4

from affiche.client.applications import DONE, QUEUED, ApplicationClient
from affiche.client.errors import TooLate
from affiche.client.exchange import waited_for

_GENERATION: Final = "/api/v1/Image/Generation"
_EDITING: Final = "/api/v1/Image/Editing/AdCreativesByTasks"

SVG: Final = 2
"""The render type that does not matter: it is kept and told again."""


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


class AdCreativeClient(ApplicationClient):
    """Orders creatives of the server at ``url`` for one application."""

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
        query = {"applicationId": self.application_id}
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
            "applicationId": self.application_id,
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
        form = [*fields, *texts.fields().items()]
        form += [("maxBytes", str(max_bytes))] if max_bytes else []
        files = self._form(form, {"backgroundImage": photo, "brandImage": logo})
        return Process.of(self._told("POST", path, repeatable=False, files=files))
