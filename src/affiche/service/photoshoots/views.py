# SPDX-License-Identifier: Apache-2.0
"""From rows to the progress of photoshoots."""

from collections.abc import Sequence
from dataclasses import replace

from affiche.service.photoshoots.gallery import Addresses
from affiche.service.photoshoots.values import PhotoshootProgress
from affiche.service.processes.states import TaskState
from affiche.service.processes.views import progress_of
from affiche.store.tables import ProcessRow, TaskRow


def photoshoot_progress(
    process: ProcessRow, tasks: Sequence[TaskRow], failed_state: int, addresses: Addresses
) -> PhotoshootProgress:
    """How far a photoshoot is; unlike creatives it is a success only once every picture is done."""
    progress = progress_of(process, tasks, failed_state)
    succeeded = progress.is_successful and progress.completed == progress.total
    return PhotoshootProgress(
        replace(progress, is_successful=succeeded), {task.id: _address(task, addresses) for task in tasks}
    )


def _address(task: TaskRow, addresses: Addresses) -> str | None:
    if task.state != TaskState.DONE or task.public_id is None:
        return None
    return addresses.photo(task.public_id)
