# SPDX-License-Identifier: Apache-2.0
"""What the creative use cases give and take."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat
from affiche.service.assets.uploads import Upload


@dataclass(frozen=True, slots=True)
class StartCreatives:
    """A campaign to draw on every size of ``render_kind``; ``render_kind`` and ``render_type`` are echoed as given.
    ``max_bytes`` bounds every file; None leaves it to each size."""

    user_id: UUID
    brief: Brief
    render_kind: RenderKind
    render_type: int
    photo: Upload
    logo: Upload
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class EditCreatives:
    """Tasks to draw again with some fields changed; None keeps each task's previous value."""

    user_id: UUID
    task_ids: tuple[UUID, ...]
    headline: str | None = None
    punchline: str | None = None
    action: str | None = None
    description: str | None = None
    icon: str | None = None
    font: str | None = None
    colour1: Colour | None = None
    colour2: Colour | None = None
    colour3: Colour | None = None
    photo: Upload | None = None
    logo: Upload | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class DownloadOrder:
    """A finished creative to fetch. Without ``format`` the stored file goes out byte for byte: the original, or the
    JPEG thumbnail for ``low_resolution``; both only apply to pictures, as does ``max_bytes``."""

    process_id: UUID
    task_id: UUID
    low_resolution: bool = False
    format: ImageFormat | DocumentKind | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class DownloadedImage:
    """A finished creative, ready to be sent."""

    content: bytes
    content_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class ScoredTask:
    """The judgement of one finished creative: its score as plain values, and how far its design is from the most
    similar other one of its size (0..1; None for an only one)."""

    process_id: UUID
    task_id: UUID
    score: dict[str, Any]
    diversity: float | None
