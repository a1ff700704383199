# SPDX-License-Identifier: Apache-2.0
"""The job that takes one picture, stores it and commits. Safe to run twice."""

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

from structlog.contextvars import bound_contextvars

from affiche import logs, metrics
from affiche.errors import AfficheError
from affiche.jobs.port import Payload
from affiche.jobs.rendering.messages import FetchPicture, ShootRequest, Shot
from affiche.service.assets.results import difference_key
from affiche.service.photoshoots import stored_shot
from affiche.service.photoshoots.planning import Scene, plan_json, scene_of
from affiche.service.photoshoots.queueing import ShootJob
from affiche.service.photoshoots.stored_shot import StoredShot
from affiche.service.processes.completion import Result
from affiche.service.processes.finishing import Finishing
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store
from affiche.store.uploads import upload_key

_log = logs.logger(__name__)


class Shoots(Protocol):
    """Takes one picture. Raises `RenderFailed` or `InvalidInput`, with a message for the client, when that cannot be
    done."""

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot: ...


@dataclass(frozen=True, slots=True)
class Shooting:
    """The handler of photoshoot jobs. Nothing is drawn inside a transaction. ``painter``: there is a scene model for
    prompts that the studio cannot draw."""

    store: Store
    blobs: Blobs
    finishing: Finishing
    studio: Shoots
    painter: bool = False

    def __call__(self, payload: Payload) -> None:
        job = ShootJob.from_payload(payload)
        with self.store.transaction() as session:
            found = processes.task_to_draw(session, job.process_id, job.task_id, int(TaskState.QUEUED))
        if found is None:
            return
        process, task = found
        ids = {"process_id": str(process.id), "task_id": str(task.id), "application_id": str(process.application_id)}
        with bound_contextvars(**ids):
            self._shoot(process, task)

    def _shoot(self, process: ProcessRow, task: TaskRow) -> None:
        try:
            shot = stored_shot.from_json(task.brief)
            scene = scene_of(shot.prompt, painter=self.painter)
            request = request_of(process, task, shot, scene)
            taken = self.studio.shoot(request, lambda digest: self.blobs.get(upload_key(digest)))
        except BlobNotFound as error:
            _log.error("picture_missing", key=error.key)
            self.finishing.fail(task, "The cut-out is missing in our storage; send the product photo again.")
        except AfficheError as error:
            self.finishing.fail(task, str(error))
        else:
            result = Result(
                digest=hashlib.sha256(taken.content).hexdigest(),
                size=len(taken.content),
                width=taken.width,
                height=taken.height,
                receipt=_receipt(shot, scene, request, taken),
            )
            self.blobs.put(difference_key(task.process_id, task.id, task.generation), taken.difference_map)
            if self.finishing.succeed(task, result, taken.content, taken.thumbnail, taken.seconds):
                metrics.SHOOT_SECONDS.labels(request.preset.stage).observe(taken.seconds)


def request_of(process: ProcessRow, task: TaskRow, shot: StoredShot, scene: Scene) -> ShootRequest:
    """What a render process has to know to take a picture."""
    return ShootRequest(
        scene.preset,
        task.photo_digest,
        shot.width,
        shot.height,
        task.variant,
        process.seed,
        shot.personal,
        scene.neural,
    )


def _receipt(shot: StoredShot, scene: Scene, request: ShootRequest, taken: Shot) -> dict[str, Any]:
    """Everything that the picture follows from, and what was measured on it. Digests are SHA-256 (hex)."""
    return {
        "prompt": stored_shot.prompt_json(shot.prompt),
        "preset": request.preset.id,
        "plan": plan_json(scene.plan) if scene.plan else None,
        "cutout": request.cutout_digest,
        "size": [request.width, request.height],
        "variant": request.variant,
        "seed": request.seed,
        "personal": request.personal,
        "neural": request.neural,
        "engine": dict(taken.engine),
        "fidelity": taken.fidelity,
        "result": hashlib.sha256(taken.content).hexdigest(),
    }
