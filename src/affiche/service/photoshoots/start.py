# SPDX-License-Identifier: Apache-2.0
"""Accepting a photoshoot: one transaction makes the process, its tasks and the jobs that take the pictures."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from affiche.creative.formats import Format, RenderKind, formats_of
from affiche.errors import InvalidInput
from affiche.jobs.port import Jobs
from affiche.service.accounts.values import Caller
from affiche.service.clock import Clock
from affiche.service.photoshoots import stored_shot
from affiche.service.photoshoots.errors import AssetNotFound
from affiche.service.photoshoots.planning import require_known
from affiche.service.photoshoots.queueing import queue_tasks
from affiche.service.photoshoots.stored_shot import StoredShot
from affiche.service.photoshoots.values import MOST_PROMPTS, Prompt, StartPhotoshoot
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.store import assets
from affiche.store.tables import AssetRow, ProcessRow, TaskRow
from affiche.store.unit_of_work import Store

RENDER_TYPE: Final = 4
SAFE_MARGIN: Final = (1674, 628)
"""A Landscape with its margins, px."""


@dataclass(frozen=True, slots=True)
class Starting:
    """Nothing is stored before every check has passed."""

    store: Store
    jobs: Jobs
    clock: Clock

    def __call__(self, caller: Caller, request: StartPhotoshoot) -> tuple[ProcessRow, list[TaskRow]]:
        if not 1 <= len(request.prompts) <= MOST_PROMPTS:
            raise InvalidInput("prompts", f"There are {len(request.prompts)} prompts; send 1 to {MOST_PROMPTS}.")
        for prompt in request.prompts:
            require_known(prompt)
        with self.store.transaction() as session:
            asset = assets.asset(session, caller.application_id, request.asset_id)
            if asset is None:
                raise AssetNotFound(request.asset_id)
            process = _process(caller, request, asset, self.clock())
            session.add(process)
            session.flush()
            tasks = _tasks(process, request, asset)
            session.add_all(tasks)
            session.flush()
            queue_tasks(session, self.jobs, process, tasks)
        return process, tasks


def _process(caller: Caller, request: StartPhotoshoot, asset: AssetRow, now: datetime) -> ProcessRow:
    """The seed follows from the cut-out: the same photoshoot gives the same pictures."""
    return ProcessRow(
        id=uuid4(),
        application_id=caller.application_id,
        user_id=request.user_id,
        message_family=Family.PHOTOSHOOTS,
        render_kind=int(request.render_kind),
        render_type=RENDER_TYPE,
        variants=len(request.prompts),
        seed=int(asset.digest[:8], 16),
        generation=1,
        download_count=0,
        created_at=now,
        touched_at=now,
    )


def _tasks(process: ProcessRow, request: StartPhotoshoot, asset: AssetRow) -> list[TaskRow]:
    """One for each size and prompt. A prompt that is repeated becomes another picture of its scene each time."""
    tasks: list[TaskRow] = []
    for format in formats_of(request.render_kind):
        times: Counter[Prompt] = Counter()
        for prompt in request.prompts:
            times[prompt] += 1
            width, height = picture_size(format, safe_margin=request.safe_margin)
            shot = StoredShot(
                prompt, width, height, request.personal, request.product_name, request.product_description
            )
            tasks.append(
                TaskRow(
                    id=uuid4(),
                    process_id=process.id,
                    position=len(tasks),
                    format_kind=int(format.kind),
                    variant=times[prompt],
                    brief=stored_shot.to_json(shot),
                    photo_digest=asset.digest,
                    public_id=uuid4(),
                    generation=process.generation,
                    state=int(TaskState.QUEUED),
                    error_message="",
                    download_count=0,
                )
            )
    return tasks


def picture_size(format: Format, *, safe_margin: bool) -> tuple[int, int]:
    """Width and height in px of a picture for ``format``."""
    if safe_margin and format.kind is RenderKind.LANDSCAPE:
        return SAFE_MARGIN
    return format.width, format.height
