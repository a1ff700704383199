# SPDX-License-Identifier: Apache-2.0
"""The service on a real database and storage, with a renderer that sketches and an outbox that only remembers."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import cv2
import numpy as np
from sqlalchemy.orm import Session

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat
from affiche.jobs.port import Handler, JobKind
from affiche.jobs.rendering.pool import RenderPool
from affiche.jobs.workbench import Workbench
from affiche.service.accounts.values import Caller
from affiche.service.assembly import Foundation, Services
from affiche.service.assets.results import original_key, thumbnail_key
from affiche.service.assets.uploads import IncomingFile, Upload
from affiche.service.channels.values import ChannelDraft, WebhookTarget
from affiche.service.creatives.drawing import Drawing
from affiche.service.creatives.values import DownloadedImage, DownloadOrder, StartCreatives
from affiche.service.enhancements.workshop import enhancing
from affiche.service.photoshoots.values import PhotoshootProgress, PresetPrompt, Recommended, StartPhotoshoot
from affiche.service.photoshoots.workshop import photoshoot_upkeep, shooting
from affiche.service.processes.completion import Completion, Result
from affiche.service.processes.finishing import Finishing
from affiche.service.processes.progress import Progress
from affiche.service.processes.states import TaskState
from affiche.service.upkeep.upkeep import Upkeep, UpkeepTerms
from affiche.settings import Settings
from affiche.store import processes
from affiche.store.tables import ProcessRow, TaskRow
from tests.doubles.rendering import SKETCHER

PATIENCE = 40.0


@dataclass
class RememberingOutbox:
    """Keeps what was recorded: tasks as (task, generation), processes as (process, generation)."""

    tasks: list[tuple[UUID, int]] = field(default_factory=list)
    processes: list[tuple[UUID, int]] = field(default_factory=list)

    def record_task_completed(self, session: Session, process_row: ProcessRow, task_row: TaskRow) -> None:
        self.tasks.append((task_row.id, task_row.generation))

    def record_process_finished(self, session: Session, process_row: ProcessRow) -> None:
        self.processes.append((process_row.id, process_row.generation))


def picture(shade: int = 90, suffix: str = ".png") -> bytes:
    """A small picture file whose bytes depend on ``shade``."""
    pixels = np.full((40, 60, 3), shade, np.uint8)
    return bytes(cv2.imencode(suffix, pixels)[1].tobytes())


def brief(headline: str = "A headline", **fields: Any) -> Brief:
    colours = (Colour(20, 30, 40), Colour(250, 240, 230))
    texts: dict[str, Any] = {"punchline": "A punchline", "action": "Buy", "colours": colours} | fields
    return Brief(headline, **texts)


@dataclass
class House:
    """A service that is open. ``caller`` has an active channel."""

    settings: Settings
    base: Foundation
    services: Services
    outbox: RememberingOutbox = field(default_factory=RememberingOutbox)

    @classmethod
    @contextmanager
    def open(cls, settings: Settings) -> "Iterator[House]":
        base = Foundation.open(settings)
        try:
            services = Services.on(base, settings, SKETCHER)
            try:
                yield cls(settings, base, services)
            finally:
                services.renders.close()
        finally:
            base.close()

    @cached_property
    def caller(self) -> Caller:
        return self.new_caller()

    def new_caller(self, *, with_channel: bool = True) -> Caller:
        caller = Caller(self.services.applications.create("Tests").application_id)
        if with_channel:
            self.services.channels.create(caller, ChannelDraft(WebhookTarget("http://hooks.invalid/hook")))
        return caller

    def upload(self, content: bytes) -> Upload:
        folder = self.settings.incoming
        incoming = IncomingFile(folder, "photo", 1 << 22)
        incoming.write(content)
        return incoming.finish()

    def start(self, headline: str = "A headline", kind: RenderKind = RenderKind.POST, **fields: Any) -> Progress:
        request: dict[str, Any] = {
            "user_id": uuid4(),
            "brief": brief(headline),
            "render_kind": kind,
            "render_type": 2,
            "photo": self.upload(picture(90)),
            "logo": self.upload(picture(200)),
        }
        caller = fields.pop("caller", self.caller)
        return self.services.creatives.start(caller, StartCreatives(**request | fields))

    def download(
        self,
        started: Progress,
        task_id: UUID,
        format: ImageFormat | DocumentKind | None = None,
        *,
        low_resolution: bool = False,
        max_bytes: int | None = None,
        caller: Caller | None = None,
    ) -> DownloadedImage:
        """A finished creative of the house's own caller, or another's."""
        order = DownloadOrder(started.process_id, task_id, low_resolution, format, max_bytes)
        return self.services.creatives.download(caller or self.caller, order)

    def handlers(self, pool: RenderPool) -> Mapping[JobKind, Handler]:
        base = self.base
        finishing = Finishing(base.blobs, self.completion)

        def deliver(payload: Any) -> None:
            raise AssertionError("Nothing is delivered here.")

        return {
            JobKind.RENDER: Drawing(base.store, base.blobs, finishing, pool),
            JobKind.SHOOT: shooting(base, finishing, pool),
            JobKind.ENHANCE: enhancing(self.settings, base, pool),
            JobKind.DELIVER: deliver,
            JobKind.UPKEEP: self.upkeep,
        }

    @cached_property
    def upkeep(self) -> Upkeep:
        terms = UpkeepTerms(
            timedelta(hours=self.settings.job_retention_hours),
            timedelta(hours=self.settings.blob_grace_hours),
            self.settings.incoming,
        )
        chores = (photoshoot_upkeep(self.base),)
        return Upkeep(self.base.store, self.base.blobs, self.base.jobs, self.base.clock, terms, chores)

    @contextmanager
    def working(self) -> Iterator[Workbench]:
        """A worker in this process while the block lasts."""
        base = self.base
        worker = Workbench(self.settings, base.store, base.jobs, base.clock, self.handlers, SKETCHER)
        worker.start()
        leaving = threading.Event()
        watcher = threading.Thread(target=worker.watch, args=(leaving,))
        watcher.start()
        try:
            yield worker
        finally:
            leaving.set()
            watcher.join()
            worker.stop(self.settings.drain_seconds)

    @property
    def completion(self) -> Completion:
        return Completion(self.base.store, self.outbox, self.base.clock)

    def draw_task(self, task: TaskRow) -> bool:
        """Finish a task as a worker would, with a plain picture; False if it had been finished before."""
        content, thumbnail = picture(60), picture(60, ".jpg")
        self.base.blobs.put(original_key(task.process_id, task.id, task.generation), content)
        self.base.blobs.put(thumbnail_key(task.process_id, task.id, task.generation), thumbnail)
        return self.completion.succeed(task, Result(digest(content), len(content), 60, 40, ()))

    def fail_task(self, task: TaskRow, message: str) -> bool:
        return self.completion.fail(task, message)

    def product(self, caller: Caller | None = None, told: bytes = b"kettle") -> Recommended:
        """A product photo that was looked at; ``told`` is what the sketcher makes of its cut-out."""
        return self.services.photoshoots.recommend(caller or self.caller, uuid4(), self.upload(told))

    def shoot(self, *presets: str, **fields: Any) -> PhotoshootProgress:
        """Start a photoshoot of the presets."""
        caller = fields.pop("caller", self.caller)
        request: dict[str, Any] = {
            "user_id": uuid4(),
            "prompts": tuple(PresetPrompt(preset) for preset in presets or ("white_background",)),
            "render_kind": RenderKind.LANDSCAPE,
            "product_name": "kettle",
            "product_description": "A kettle.",
        }
        if "asset_id" not in fields:
            request["asset_id"] = self.product(caller).asset_id
        return self.services.photoshoots.start(caller, StartPhotoshoot(**request | fields))

    def photos(self, started: PhotoshootProgress, caller: Caller | None = None) -> PhotoshootProgress:
        """How far a photoshoot is now."""
        progress = started.progress
        return self.services.photoshoots.check_user(caller or self.caller, progress.user_id, progress.process_id)

    def draw(self, started: Progress) -> None:
        """Finish all queued tasks of a process."""
        with self.base.store.transaction() as session:
            tasks = processes.tasks_of(session, [started.process_id])[started.process_id]
        for task in tasks:
            if task.state == TaskState.QUEUED:
                assert self.draw_task(task)

    def progress(self, started: Progress, caller: Caller | None = None) -> Progress:
        (now,) = self.services.creatives.check_user(caller or self.caller, started.user_id, started.process_id)
        return now

    def finished(self, started: Progress, caller: Caller | None = None) -> Progress:
        """The progress at 100 %."""
        wait_for(lambda: self.progress(started, caller).progress == 100)
        return self.progress(started, caller)


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Nothing came of it in {seconds:g} s.")
        time.sleep(0.05)


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
