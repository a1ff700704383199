# SPDX-License-Identifier: Apache-2.0
"""The end of a task as its job sees it: files first, then the commit that counts, then figures and the log."""

from dataclasses import dataclass

from affiche import logs, metrics
from affiche.service.assets.results import original_key, thumbnail_key
from affiche.service.processes.completion import Completion, Result
from affiche.store.blobs import Blobs
from affiche.store.tables import TaskRow

_log = logs.logger(__name__)


@dataclass(frozen=True, slots=True)
class Finishing:
    """A task that is done has its files. Running twice writes the same bytes again, and counts once."""

    blobs: Blobs
    completion: Completion

    def succeed(self, task: TaskRow, result: Result, content: bytes, thumbnail: bytes, seconds: float) -> bool:
        """Store the picture, which took ``seconds`` to draw; False if the task had ended before."""
        self.blobs.put(original_key(task.process_id, task.id, task.generation), content)
        self.blobs.put(thumbnail_key(task.process_id, task.id, task.generation), thumbnail)
        if not self.completion.succeed(task, result):
            return False
        metrics.TASKS_FINISHED.labels("done").inc()
        _log.info("task_done", seconds=round(seconds, 3), bytes=result.size)
        return True

    def fail(self, task: TaskRow, message: str) -> None:
        """End a task that cannot be drawn, with a sentence for the client."""
        if self.completion.fail(task, message):
            metrics.TASKS_FINISHED.labels("failed").inc()
            _log.warning("task_failed", reason=message)
