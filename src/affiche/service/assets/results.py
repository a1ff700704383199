# SPDX-License-Identifier: Apache-2.0
"""Where finished creatives lie. A key holds the random ids of process and task, and the generation, so that a creative
that was drawn again never shares a file with the one before."""

from uuid import UUID


def original_key(process_id: UUID, task_id: UUID, generation: int) -> str:
    """The blob key of the full-size PNG."""
    return f"results/{process_id}/{task_id}-{generation}.png"


def thumbnail_key(process_id: UUID, task_id: UUID, generation: int) -> str:
    """The blob key of the small JPEG."""
    return f"results/{process_id}/{task_id}-{generation}.jpg"
