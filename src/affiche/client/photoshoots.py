# SPDX-License-Identifier: Apache-2.0
"""Having a product cut out, setting it into scenes, following the photoshoot and fetching its pictures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import uuid4

from affiche.client.applications import DONE, QUEUED, ApplicationClient
from affiche.client.errors import TooLate
from affiche.client.exchange import waited_for

_FAMILY: Final = "/api/v1/Image/ProductGeneration"
_FORMATS: Final = {"png": 0, "jpeg": 1, "pdf": 2}
_LANDSCAPE: Final = 4


@dataclass(frozen=True, slots=True)
class Recommended:
    """A product that was cut out, what it is, and the scenes that suit it: four in words, and six presets."""

    asset_id: str
    name: str
    description: str
    prompts: tuple[str, ...]
    preset_ids: tuple[str, ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            told["backgroundRemovedImageAssetId"],
            told["productInfo"]["productName"],
            told["productInfo"]["productDescription"],
            tuple(told["recommendedPrompts"]),
            tuple(told["recommendedPresetIds"]),
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture is to show: a preset by its id, or words, also as they were first written (``native``)."""

    preset_id: str | None = None
    words: str | None = None
    native: str | None = None

    def told(self) -> dict[str, str | None]:
        if self.preset_id is not None:
            return {"tag": "preset", "preset": self.preset_id}
        return {"tag": "custom", "prompt": self.words, "nativeLanguagePrompt": self.native}


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a photoshoot; ``url`` needs no credentials and is None until the picture is done."""

    task_id: str
    state: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Photoshoot:
    """How far an order is."""

    process_id: str
    user_id: str
    pictures: tuple[Shot, ...]
    progress: int
    is_successful: bool
    error_message: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """From the answer to an order, which has ``tasks``, or to a question, which has ``taskUrls``."""
        tasks: Mapping[str, int] = told.get("tasks", {})
        started = [Shot(task, state, None) for task, state in tasks.items()]
        known = [Shot(one["taskId"], one["renderState"], one["publicImageUrl"]) for one in told.get("taskUrls", ())]
        return cls(
            told["imageRenderProcessId"],
            told["userId"],
            tuple(started or known),
            told["progress"],
            told["isSuccessful"],
            told["errorMessage"],
        )

    @property
    def tasks(self) -> dict[str, int]:
        """The states of the pictures by task, in the server's order."""
        return {picture.task_id: picture.state for picture in self.pictures}

    @property
    def has_ended(self) -> bool:
        return all(picture.state != QUEUED for picture in self.pictures)

    @property
    def finished(self) -> tuple[str, ...]:
        """The tasks whose pictures can be fetched, in the server's order."""
        return tuple(picture.task_id for picture in self.pictures if picture.state == DONE)


class PhotoshootClient(ApplicationClient):
    """Has products photographed by the server at ``url`` for one application."""

    def recommend(self, photo: bytes, *, user_id: str | None = None) -> Recommended:
        """Have the product of a PNG or JPEG file cut out. A photo without a product that can be told from its
        background is an `ApiError`."""
        fields = [("userId", user_id or str(uuid4()))]
        return Recommended.of(
            self._told("POST", f"{_FAMILY}/Recommendations", files=self._form(fields, {"productImage": photo}))
        )

    def start(
        self,
        asset_id: str,
        scenes: Sequence[Scene],
        *,
        name: str,
        description: str,
        render_kind: int = _LANDSCAPE,
        safe_margin: bool = True,
        personal: bool = True,
        user_id: str | None = None,
    ) -> Photoshoot:
        """Order a picture of a cut-out product in each of one to six ``scenes``. Landscape pictures have a margin at
        both sides unless there is to be no ``safe_margin``; ``personal`` ones take on some of the product's colours."""
        fields = [
            ("userId", user_id or str(uuid4())),
            ("renderKind", str(render_kind)),
            ("productImageAssetId", asset_id),
            ("PromptObjectsString", json.dumps([scene.told() for scene in scenes])),
            ("productName", name),
            ("productDescription", description),
            ("DisableSafeMargin", str(not safe_margin).lower()),
            ("UseSameStyleReferenceImage", str(personal).lower()),
        ]
        told = self._told("POST", f"{_FAMILY}/AdCreative", repeatable=False, files=self._form(fields, {}))
        return Photoshoot.of(told)

    def find(self, photoshoot: Photoshoot) -> Photoshoot:
        """How far it is now."""
        query = {"userId": photoshoot.user_id, "imageProductGeneratorProcessId": photoshoot.process_id}
        (found,) = self._told("GET", f"{_FAMILY}/CheckUserProgress", params=query)
        return Photoshoot.of(found)

    def wait(self, photoshoot: Photoshoot, seconds: float, every: float = 1.0) -> Photoshoot:
        """The photoshoot when all its pictures have ended. Raises `TooLate` too."""
        return waited_for(
            lambda: self.find(photoshoot),
            lambda found: found.has_ended,
            lambda found: TooLate(f"The photoshoot {found.process_id} is at {found.progress} % after {seconds:g} s."),
            self._exchange.manner.sleep,
            seconds,
            every,
        )

    def download(
        self, photoshoot: Photoshoot, task: str, *, low_resolution: bool = False, file_format: str = "png"
    ) -> bytes:
        """A finished picture, or its thumbnail, as ``png``, ``jpeg`` or ``pdf``. On metered servers the first download
        of a picture is paid for."""
        query = self._of(photoshoot, task)
        query |= {"lowResolution": str(low_resolution).lower(), "format": str(_FORMATS[file_format])}
        return self._ask("GET", f"{_FAMILY}/Download", params=query).content

    def receipt(self, photoshoot: Photoshoot, task: str) -> dict[str, Any]:
        """What a finished picture follows from, and how far its product is from its cut-out."""
        return dict(self._told("GET", f"{_FAMILY}/Receipt", params=self._of(photoshoot, task)))

    def _of(self, photoshoot: Photoshoot, task: str) -> dict[str, str]:
        return {
            "applicationId": self.application_id,
            "taskId": task,
            "imageProductGeneratorProcessId": photoshoot.process_id,
        }
