# SPDX-License-Identifier: Apache-2.0
"""Where finished creatives lie. A key holds the random ids of process and task, and the generation, so that a creative
that was drawn again never shares a file with the one before. What kind of file the original is says the database."""

from uuid import UUID

from affiche.documents import DocumentKind


def original_key(process_id: UUID, task_id: UUID, generation: int) -> str:
    """The blob key of the full-size picture; its ending is older than the other kinds of file that it may hold now."""
    return f"results/{process_id}/{task_id}-{generation}.png"


def thumbnail_key(process_id: UUID, task_id: UUID, generation: int) -> str:
    """The blob key of the small JPEG."""
    return f"results/{process_id}/{task_id}-{generation}.jpg"


def document_key(process_id: UUID, task_id: UUID, generation: int, kind: DocumentKind) -> str:
    """The blob key of the design as a document; there once somebody has fetched it."""
    return f"results/{process_id}/{task_id}-{generation}{kind.suffix}"


def difference_key(process_id: UUID, task_id: UUID, generation: int) -> str:
    """The blob key of the map that shows where the product in a photo differs from its cut-out."""
    return f"results/{process_id}/{task_id}-{generation}-difference.png"


def keys_of(process_id: UUID, task_id: UUID, generation: int) -> list[str]:
    """Every key that a finished creative may have used."""
    pictures = [key(process_id, task_id, generation) for key in (original_key, thumbnail_key)]
    return pictures + [document_key(process_id, task_id, generation, kind) for kind in DocumentKind]
