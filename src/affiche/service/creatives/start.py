# SPDX-License-Identifier: Apache-2.0
"""Accepting a campaign: one transaction makes the process, its tasks and the jobs that draw them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from affiche.creative.formats import formats_of
from affiche.jobs.port import Jobs
from affiche.service.accounts.values import Caller
from affiche.service.assets import pictures
from affiche.service.clock import Clock
from affiche.service.creatives import stored_brief
from affiche.service.creatives.queueing import queue_tasks
from affiche.service.creatives.requirements import EngineChecks, require_active_channel
from affiche.service.creatives.values import StartCreatives
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.store.blobs import Blobs
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Starting:
    """``variants`` creatives are made for every size."""

    store: Store
    blobs: Blobs
    jobs: Jobs
    clock: Clock
    checks: EngineChecks
    variants: int

    def __call__(self, caller: Caller, request: StartCreatives) -> tuple[ProcessRow, list[TaskRow]]:
        self.checks.brief(request.brief)
        contents = self.checks.pictures({"photo": request.photo, "logo": request.logo})
        require_active_channel(self.store, caller)
        uploads = (request.photo, request.logo)
        now = self.clock()
        pictures.keep(self.store, self.blobs, list(zip(uploads, contents.values(), strict=True)), now)
        seed = request.brief.seed(contents["photo"], contents["logo"])
        process = self._process(caller, request, seed, now)
        tasks = self._tasks(process, request)
        with self.store.transaction() as session:
            pictures.refer(session, uploads, now)
            session.add(process)
            session.flush()
            session.add_all(tasks)
            queue_tasks(session, self.jobs, process, [task.format_kind for task in tasks])
        return process, tasks

    def _process(self, caller: Caller, request: StartCreatives, seed: int, now: datetime) -> ProcessRow:
        return ProcessRow(
            id=uuid4(),
            application_id=caller.application_id,
            user_id=request.user_id,
            message_family=Family.CREATIVES,
            render_kind=int(request.render_kind),
            render_type=request.render_type,
            variants=self.variants,
            seed=seed,
            generation=1,
            download_count=0,
            created_at=now,
            touched_at=now,
        )

    def _tasks(self, process: ProcessRow, request: StartCreatives) -> list[TaskRow]:
        brief = stored_brief.to_json(request.brief)
        drawn = [
            (format, variant)
            for format in formats_of(request.render_kind)
            for variant in range(1, process.variants + 1)
        ]
        return [
            TaskRow(
                id=uuid4(),
                process_id=process.id,
                position=position,
                format_kind=int(format.kind),
                variant=variant,
                brief=brief,
                photo_digest=request.photo.digest,
                logo_digest=request.logo.digest,
                max_bytes=request.max_bytes,
                generation=process.generation,
                state=int(TaskState.QUEUED),
                error_message="",
                download_count=0,
            )
            for position, (format, variant) in enumerate(drawn)
        ]
