# SPDX-License-Identifier: Apache-2.0
"""The creative use cases as one object for the dialects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from affiche.images.encode import ImageFormat
from affiche.jobs.port import Jobs
from affiche.service.accounts.values import Caller
from affiche.service.assets.results import original_key, thumbnail_key
from affiche.service.clock import Clock
from affiche.service.creatives.edit import Editing
from affiche.service.creatives.errors import ImageContentNotFound, NoRunningProcess, ProcessNotFound
from affiche.service.creatives.requirements import EngineChecks
from affiche.service.creatives.start import Starting
from affiche.service.creatives.values import DownloadedImage, EditCreatives, StartCreatives
from affiche.service.processes.progress import Progress
from affiche.service.processes.states import TaskState
from affiche.service.processes.views import progress_of, progress_of_all
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.unit_of_work import Store

Transcode = Callable[[bytes, ImageFormat], bytes]
"""A picture file of ours in another format."""


@dataclass(frozen=True, slots=True)
class CreativeTerms:
    """What the operator chooses: creatives per size, the number that clients see on a failed task, and how long a
    finished process stays in the application's list."""

    variants: int = 5
    failed_state: int = int(TaskState.FAILED)
    finished_visible: timedelta = timedelta(hours=24)


class Creatives:
    """Start, edit, follow and fetch creatives. Every call sees only the caller's own processes."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        jobs: Jobs,
        clock: Clock,
        checks: EngineChecks,
        transcode: Transcode,
        terms: CreativeTerms,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._clock = clock
        self._transcode = transcode
        self._terms = terms
        self._start = Starting(store, blobs, jobs, clock, checks, terms.variants)
        self._edit = Editing(store, blobs, jobs, clock, checks)

    def start(self, caller: Caller, request: StartCreatives) -> Progress:
        """Accept a campaign. Raises `InvalidInput` (fields ``font``, ``icon``), `UnreadablePicture` (fields ``photo``,
        ``logo``) or `NoActiveChannel`; then nothing is left behind."""
        return progress_of(*self._start(caller, request), self._terms.failed_state)

    def edit(self, caller: Caller, request: EditCreatives) -> Progress:
        """Queue tasks of one complete process again. Raises as `start` does, and `TaskNotFound` or
        `TasksNotEditable`."""
        return progress_of(*self._edit(caller, request), self._terms.failed_state)

    def check_user(self, caller: Caller, user_id: UUID, process_id: UUID | None = None) -> list[Progress]:
        """The user's processes, newest first, or the one asked for. Raises `ProcessNotFound`."""
        with self._store.transaction() as session:
            rows = processes.of_user(session, caller.application_id, user_id, process_id)
            if not rows:
                raise ProcessNotFound(user_id, process_id)
            return progress_of_all(session, rows, self._terms.failed_state)

    def check_application(self, caller: Caller) -> list[Progress]:
        """All running processes and those that finished lately, newest first. Raises `NoRunningProcess`."""
        since = self._clock() - self._terms.finished_visible
        with self._store.transaction() as session:
            rows = processes.current(session, caller.application_id, int(TaskState.QUEUED), since)
            if not rows:
                raise NoRunningProcess(caller.application_id)
            return progress_of_all(session, rows, self._terms.failed_state)

    def download(
        self,
        caller: Caller,
        process_id: UUID,
        task_id: UUID,
        low_resolution: bool = False,
        image_format: ImageFormat | None = None,
    ) -> DownloadedImage:
        """The finished picture, counted as one download. Without ``image_format`` the stored file goes out byte for
        byte: the PNG original, or the JPEG thumbnail for ``low_resolution``. Raises `ImageContentNotFound`."""
        with self._store.transaction() as session:
            done = int(TaskState.DONE)
            task = processes.finished_task(session, caller.application_id, process_id, task_id, done)
        if task is None:
            raise ImageContentNotFound
        key = thumbnail_key if low_resolution else original_key
        stored = ImageFormat.JPEG if low_resolution else ImageFormat.PNG
        wanted = image_format or stored
        try:
            content = self._blobs.get(key(process_id, task_id, task.generation))
        except BlobNotFound as error:
            raise ImageContentNotFound from error
        if wanted is not stored:
            content = self._transcode(content, wanted)
        with self._store.transaction() as session:
            processes.count_download(session, process_id, task_id)
        return DownloadedImage(content, wanted.content_type, f"{task_id}{wanted.suffix}")
