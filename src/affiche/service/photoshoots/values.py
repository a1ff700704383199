# SPDX-License-Identifier: Apache-2.0
"""What the photoshoot use cases give and take."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.images.encode import ImageFormat
from affiche.service.processes.progress import Progress

MOST_PROMPTS: Final = 6


@dataclass(frozen=True, slots=True)
class PresetPrompt:
    """A scene of the catalogue."""

    preset_id: str


@dataclass(frozen=True, slots=True)
class CustomPrompt:
    """A scene in the client's words; ``native`` are the same words in the user's own language, if they differ."""

    text: str
    native: str | None = None


Prompt = PresetPrompt | CustomPrompt


@dataclass(frozen=True, slots=True)
class StartPhotoshoot:
    """A picture for every prompt (1 to `MOST_PROMPTS`) in every size of ``render_kind``, which is kept as given.

    ``safe_margin`` makes a Landscape wider, so that the product can be moved by cropping; ``personal`` blends a scene's
    colours with the product's.
    """

    user_id: UUID
    asset_id: UUID
    prompts: tuple[Prompt, ...]
    render_kind: RenderKind
    product_name: str
    product_description: str
    safe_margin: bool = True
    personal: bool = True


@dataclass(frozen=True, slots=True)
class PhotoshootProgress:
    """How far a photoshoot is. ``is_successful`` of ``progress`` says that all pictures are done; ``urls`` are the
    addresses of the finished ones, by task; None until then. ``details`` are there if they were asked for: of each
    finished one what was drawn (preset, plan) and how faithfully, in names of JSON."""

    progress: Progress
    urls: Mapping[UUID, str | None]
    details: Mapping[UUID, Mapping[str, Any]] | None = None


class PhotoFormat(StrEnum):
    """The kinds of file that a finished picture can be fetched as."""

    PNG = "png"
    JPEG = "jpeg"
    PDF = "pdf"

    @property
    def kind(self) -> ImageFormat | DocumentKind:
        return DocumentKind.PDF if self is PhotoFormat.PDF else ImageFormat(self.value)


@dataclass(frozen=True, slots=True)
class PhotoOrder:
    """A finished picture to fetch; the small one for ``low_resolution``."""

    process_id: UUID
    task_id: UUID
    low_resolution: bool = False
    format: PhotoFormat = PhotoFormat.PNG


@dataclass(frozen=True, slots=True)
class Recommended:
    """What a product photo shows, the asset that its cut-out has become, and scenes for it, in words and by preset."""

    product_name: str
    product_description: str
    asset_id: UUID
    prompts: tuple[str, ...]
    preset_ids: tuple[str, ...]
