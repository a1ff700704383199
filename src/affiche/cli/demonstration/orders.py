# SPDX-License-Identifier: Apache-2.0
"""Following what a client has ordered until it has ended, and what its webhook should have heard by then."""

import time
from collections.abc import Callable, Collection, Mapping
from typing import Final, Protocol

from affiche.cli.demonstration.ear import Ear
from affiche.cli.terminal import progress
from affiche.client import QUEUED

_STALLED_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.25
_NOTIFICATION_SECONDS: Final = 60.0


class Order(Protocol):
    """Creatives or photos: a process and the states of its tasks by id."""

    @property
    def process_id(self) -> str: ...

    @property
    def tasks(self) -> Mapping[str, int]: ...


def follow(look: Callable[[], Order], description: str) -> list[str]:
    """Show progress until all tasks have ended, or complain if none has ended for a long time. ``look`` asks the server
    how far the order is."""
    total = len(look().tasks)
    with progress() as bar:
        task = bar.add_task(description, total=total)
        ended, moved = 0, time.monotonic()
        while ended < total:
            now_ended = sum(state != QUEUED for state in look().tasks.values())
            if now_ended > ended:
                ended, moved = now_ended, time.monotonic()
            elif time.monotonic() - moved > _STALLED_SECONDS:
                return [f"Nothing has ended for {_STALLED_SECONDS:.0f} s; {total - ended} tasks are still queued."]
            bar.update(task, completed=ended)
            if ended < total:
                time.sleep(_LOOK_SECONDS)
    return []


def unheard(ear: Ear, orders: Collection[Order]) -> list[str]:
    """What the webhook was not told, or was told to have failed."""
    tasks = {task for order in orders for task in order.tasks}
    ear.wait_for(len(tasks), _NOTIFICATION_SECONDS, len(orders))
    complaints = [f"Task {task} failed: {reason}" for task, reason in ear.failures.items()]
    silent = tasks - ear.tasks - set(ear.failures)
    if silent:
        complaints.append(f"No notification came for {len(silent)} of {len(tasks)} tasks.")
    if any(order.process_id not in ear.ended for order in orders):
        complaints.append("No notification came for the whole process.")
    return complaints
