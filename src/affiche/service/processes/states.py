# SPDX-License-Identifier: Apache-2.0
"""The life of a task and what it makes of its process. The only place that knows which step may follow which."""

from collections.abc import Collection
from enum import IntEnum


class TaskState(IntEnum):
    """The contract's RenderState numbers that we store."""

    QUEUED = 1
    FAILED = 4
    DONE = 5

    @property
    def is_final(self) -> bool:
        """A finished task stays as it is until an edit queues it again under the next generation."""
        return self is not TaskState.QUEUED


def is_complete(states: Collection[TaskState]) -> bool:
    """Whether nothing of a process is left to do; only then may its tasks be edited."""
    return all(state.is_final for state in states)


def state_of_process(states: Collection[TaskState]) -> TaskState:
    """Queued while any task is, then failed if any task failed, else done."""
    if not is_complete(states):
        return TaskState.QUEUED
    return TaskState.FAILED if TaskState.FAILED in states else TaskState.DONE


def percent(finished: int, total: int) -> int:
    """Progress 0..100, rounded down, so that 100 means that nothing is left."""
    return 100 if total == 0 else finished * 100 // total
