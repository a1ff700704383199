# SPDX-License-Identifier: Apache-2.0
"""The render job: draws the queued tasks of one size of a process, each committed as soon as it is done.

The job may run several times; what was finished is skipped, and the commit of a task counts once.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from structlog.contextvars import bound_contextvars

from affiche import logs, metrics
from affiche.creative.formats import RenderKind, format_of
from affiche.errors import InvalidInput
from affiche.jobs.port import Payload
from affiche.jobs.rendering.messages import FetchPicture, Rendered, RenderFailed, RenderRequest
from affiche.service.creatives import receipts, stored_brief
from affiche.service.creatives.queueing import RenderJob
from affiche.service.processes.completion import Result
from affiche.service.processes.finishing import Finishing
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store
from affiche.store.uploads import upload_key

_log = logs.logger(__name__)


class Renders(Protocol):
    """Draws one creative. Raises `RenderFailed` or `InvalidInput`, with a message for the client, when that cannot be
    done."""

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered: ...


@dataclass(frozen=True, slots=True)
class Drawing:
    """The handler of render jobs. Nothing is drawn inside a transaction."""

    store: Store
    blobs: Blobs
    finishing: Finishing
    renders: Renders

    def __call__(self, payload: Payload) -> None:
        job = RenderJob.from_payload(payload)
        with self.store.transaction() as session:
            queued = int(TaskState.QUEUED)
            found = processes.tasks_to_draw(session, job.process_id, job.generation, job.format_kind, queued)
        if found is None:
            return
        process, tasks = found
        with bound_contextvars(process_id=str(process.id), application_id=str(process.application_id)):
            for task in tasks:
                with bound_contextvars(task_id=str(task.id)):
                    self._draw(process, task)

    def _draw(self, process: ProcessRow, task: TaskRow) -> None:
        try:
            rendered = self.renders.render(request_of(process, task), self._fetch)
        except (RenderFailed, InvalidInput) as error:
            self.finishing.fail(task, str(error))
            return
        except BlobNotFound as error:
            _log.error("picture_missing", key=error.key)
            self.finishing.fail(task, "An uploaded picture is missing in our storage; send the campaign again.")
            return
        result = Result(
            hashlib.sha256(rendered.content).hexdigest(),
            len(rendered.content),
            rendered.width,
            rendered.height,
            rendered.dropped,
            rendered.image_format.content_type,
            rendered.encoding,
            rendered.score,
            rendered.diversity,
            receipts.receipt(process, task, rendered),
        )
        if self.finishing.succeed(task, result, rendered.content, rendered.thumbnail, rendered.seconds):
            metrics.RENDER_SECONDS.labels(format_of(RenderKind(task.format_kind)).name).observe(rendered.seconds)

    def _fetch(self, digest: str) -> bytes:
        return self.blobs.get(upload_key(digest))


def request_of(process: ProcessRow, task: TaskRow) -> RenderRequest:
    """What a render process has to know to draw a task."""
    assert task.logo_digest is not None, "every creative has a logo"
    return RenderRequest(
        stored_brief.from_json(task.brief),
        task.photo_digest,
        task.logo_digest,
        process.seed,
        RenderKind(task.format_kind),
        task.variant,
        process.variants,
        task.max_bytes,
    )
