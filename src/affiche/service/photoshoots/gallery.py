# SPDX-License-Identifier: Apache-2.0
"""Pictures that anybody may see who knows their address: finished product photos, and previews of presets."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Protocol
from uuid import UUID

from affiche.jobs.rendering.messages import Made, PreviewRequest
from affiche.service.assets.results import original_key
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.unit_of_work import Store
from affiche.studio.plate import SUFFIX
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS
from affiche.studio.studio import PLATES

PHOTOS_PATH: Final = "/files/photoshoots"
PREVIEWS_PATH: Final = "/assets/ai-product-preset"


class Previews(Protocol):
    """Draws pictures of presets outside of this process. Raises `RenderFailed`."""

    def preview(self, request: PreviewRequest) -> Made: ...


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where pictures are on the server whose public address is ``url``."""

    url: str

    def photo(self, public_id: UUID) -> str:
        return f"{self.url}{PHOTOS_PATH}/{public_id}.png"

    def preview(self, preset_id: str) -> str:
        return f"{self.url}{PREVIEWS_PATH}/{preset_id}.webp"


@dataclass(frozen=True, slots=True)
class Preview:
    """A WebP file and the SHA-256 (hex) of it."""

    content: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """A preview is drawn when it is first asked for, and kept with the files."""

    store: Store
    blobs: Blobs
    studio: Previews

    def photo(self, public_id: UUID) -> bytes:
        """The PNG of a finished product photo. Raises `BlobNotFound`."""
        with self.store.transaction() as session:
            task = processes.public_task(session, public_id, int(TaskState.DONE))
        if task is None:
            raise BlobNotFound(str(public_id))
        return self.blobs.get(original_key(task.process_id, task.id, task.generation))

    def preview(self, preset_id: str) -> Preview:
        """The picture of a preset. Raises `BlobNotFound` for one that does not exist, and `RenderFailed`."""
        if preset_id not in PRESETS:
            raise BlobNotFound(preset_id)
        preset = PRESETS[preset_id]
        key = f"previews/{preset_id}-{_identity(preset)}.webp"
        try:
            content = self.blobs.get(key)
        except BlobNotFound:
            content = self.studio.preview(PreviewRequest(preset)).content
            self.blobs.put(key, content)
        return Preview(content, hashlib.sha256(content).hexdigest())


@cache
def _identity(preset: Preset) -> str:
    """16 hex digits that change with everything that a preset's picture follows from."""
    plate = hashlib.sha256((PLATES / f"{preset.stage}{SUFFIX}").read_bytes()).hexdigest()
    return hashlib.sha256(f"{preset!r} {plate} {_version()}".encode()).hexdigest()[:16]


def _version() -> str:
    try:
        return version("affiche")
    except PackageNotFoundError:  # running from a source tree
        return "0"
