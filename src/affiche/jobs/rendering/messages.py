# SPDX-License-Identifier: Apache-2.0
"""What a worker and its render processes say to each other, and what the worker may ask of a renderer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.errors import AfficheError


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One creative to draw: number ``variant`` (from 1) of ``of`` on the size ``kind``. The pictures are named by the
    SHA-256 (hex) of their bytes."""

    brief: Brief
    photo_digest: str
    logo_digest: str
    seed: int
    kind: RenderKind
    variant: int
    of: int

    @property
    def campaign_key(self) -> tuple[Brief, str, str, int]:
        """Requests with the same key share everything but size and variant."""
        return self.brief, self.photo_digest, self.logo_digest, self.seed


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished creative: PNG, small JPEG, size in px, texts that the size could not hold, seconds it took."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    dropped: tuple[str, ...]
    seconds: float = 0.0


class RenderFailed(AfficheError):
    """The creative cannot be drawn, now or later; the message is for the client."""

    code = "render_failed"


FetchPicture = Callable[[str], bytes]
"""The bytes of a picture by its digest."""


class Renderer(Protocol):
    """Draws creatives inside a render process. One instance serves one process, call after call."""

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered:
        """Raises an `AfficheError` whose message is for the client."""
        ...


@dataclass(frozen=True, slots=True)
class PictureWanted:
    """From a render process: send me the bytes of this picture."""

    digest: str


@dataclass(frozen=True, slots=True)
class Refused:
    """From a render process: this cannot be drawn. ``expected`` False means a fault of ours, told in ``message``."""

    message: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """From a render process: what came of a request, and the process's resident memory in bytes."""

    outcome: Rendered | Refused
    resident_bytes: int


@dataclass(frozen=True, slots=True)
class Ready:
    """From a render process: everything is loaded."""
