# SPDX-License-Identifier: Apache-2.0
"""What the creative use cases give and take."""

from dataclasses import dataclass
from uuid import UUID

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.images.colour import Colour
from affiche.service.assets.uploads import Upload


@dataclass(frozen=True, slots=True)
class StartCreatives:
    """A campaign to draw on every size of ``render_kind``; ``render_kind`` and ``render_type`` are echoed as given."""

    user_id: UUID
    brief: Brief
    render_kind: RenderKind
    render_type: int
    photo: Upload
    logo: Upload


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


@dataclass(frozen=True, slots=True)
class DownloadedImage:
    """A finished creative, ready to be sent."""

    content: bytes
    content_type: str
    filename: str
