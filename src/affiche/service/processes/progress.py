# SPDX-License-Identifier: Apache-2.0
"""How far a process is: always worked out from its tasks, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Progress:
    """One process as clients see it.

    ``state`` and the values of ``tasks`` (in creation order) are RenderState numbers as clients shall see them, so a
    failed task carries the configured failure number. ``completed`` counts the finished tasks, failed ones included;
    ``progress`` is 0..100. ``error_message`` is "" while nothing failed.
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
