# SPDX-License-Identifier: Apache-2.0
"""The creative use cases as one object for the dialects."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from affiche.jobs.port import Jobs
from affiche.service.accounts.values import Caller
from affiche.service.clock import Clock
from affiche.service.creatives.downloads import Downloads
from affiche.service.creatives.edit import Editing
from affiche.service.creatives.errors import NoRunningProcess, ProcessNotFound, ScoreNotFound
from affiche.service.creatives.requirements import EngineChecks, scope_of
from affiche.service.creatives.start import Starting
from affiche.service.creatives.values import DownloadedImage, DownloadOrder, EditCreatives, ScoredTask, StartCreatives
from affiche.service.processes.progress import Progress
from affiche.service.processes.states import TaskState
from affiche.service.processes.views import progress_of, progress_of_all
from affiche.store import processes
from affiche.store.blobs import Blobs
from affiche.store.unit_of_work import Store


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
        downloads: Downloads,
        terms: CreativeTerms,
    ) -> None:
        self._store = store
        self._clock = clock
        self._downloads = downloads
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

    def check_user(
        self, caller: Caller, user_id: UUID, process_id: UUID | None = None, *, details: bool = False
    ) -> list[Progress]:
        """The user's processes, newest first, or the one asked for; with ``details`` what is known of their finished
        creatives too. Raises `ProcessNotFound`."""
        with self._store.transaction() as session:
            rows = processes.of_user(session, scope_of(caller), user_id, process_id)
            if not rows:
                raise ProcessNotFound(user_id, process_id)
            return progress_of_all(session, rows, self._terms.failed_state, details=details)

    def check_application(self, caller: Caller, *, details: bool = False) -> list[Progress]:
        """All running processes and those that finished lately, newest first, as `check_user` does. Raises
        `NoRunningProcess`."""
        since = self._clock() - self._terms.finished_visible
        with self._store.transaction() as session:
            rows = processes.current(session, scope_of(caller), int(TaskState.QUEUED), since)
            if not rows:
                raise NoRunningProcess(caller.application_id)
            return progress_of_all(session, rows, self._terms.failed_state, details=details)

    def download(self, caller: Caller, order: DownloadOrder) -> DownloadedImage:
        """The finished creative as ordered, counted as one download. Raises `ImageContentNotFound`, `InvalidInput`
        (fields ``max_bytes``, ``low_resolution``) and `DocumentNotDrawn`."""
        return self._downloads(caller, order)

    def score(self, caller: Caller, process_id: UUID, task_id: UUID) -> ScoredTask:
        """How the worker judged a finished creative when it drew it. Raises `ScoreNotFound`."""
        with self._store.transaction() as session:
            task = processes.finished_task(
                session, scope_of(caller), process_id, task_id, int(TaskState.DONE), judged=True
            )
        if task is None:
            raise ScoreNotFound("There is no finished creative with this task and process.")
        if task.score is None:
            raise ScoreNotFound("This creative was drawn before scores were kept; edit it to have it drawn again.")
        return ScoredTask(process_id, task_id, task.score, task.diversity)
