# SPDX-License-Identifier: Apache-2.0
"""How far a process is: always worked out from its tasks, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """What is known of a finished creative: its file's content type and size in bytes; the ``budget`` that it had to
    meet, its ``quality`` (SSIM against the lossless render, 1 when it is that), whether that is ``below_floor``, and
    the settings ``tried``; how far its design is from the most similar other one of its size (0..1)."""

    content_type: str
    size: int
    budget: int | None
    quality: float
    below_floor: bool
    tried: tuple[Mapping[str, Any], ...]
    diversity: float | None


@dataclass(frozen=True, slots=True)
class ProcessDetails:
    """The finished creatives by task, in creation order, and for every size whose creatives are all done the smallest
    distance between two of them, by the size's name."""

    tasks: Mapping[UUID, TaskDetail]
    diversity: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Progress:
    """One process as clients see it.

    ``state`` and the values of ``tasks`` (in creation order) are RenderState numbers as clients shall see them, so a
    failed task carries the configured failure number. ``completed`` counts the finished tasks, failed ones included;
    ``progress`` is 0..100. ``error_message`` is "" while nothing failed. ``details`` are there if they were asked for.
    """

    message_type: str
    state: int
    application_id: UUID
    user_id: UUID
    process_id: UUID
    total: int
    completed: int
    progress: int
    tasks: Mapping[UUID, int]
    render_kind: int
    render_type: int
    is_successful: bool
    error_message: str
    details: ProcessDetails | None = None
