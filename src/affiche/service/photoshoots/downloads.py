# SPDX-License-Identifier: Apache-2.0
"""Fetching finished product photos. In metered mode a picture is paid for when it is first fetched, and only then."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.documents import DocumentKind
from affiche.images.encode import ImageFormat
from affiche.paint.pdf.picture import picture_pdf
from affiche.service.accounts.values import Caller
from affiche.service.assets.results import original_key, thumbnail_key
from affiche.service.creatives.values import DownloadedImage
from affiche.service.credits.credits import Credits
from affiche.service.credits.errors import InsufficientCredits
from affiche.service.photoshoots.errors import NoCredits, PhotoNotFound
from affiche.service.photoshoots.values import PhotoOrder
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.processes import Scope
from affiche.store.tables import TaskRow
from affiche.store.unit_of_work import Store

Transcode = Callable[[bytes, ImageFormat], bytes]
"""A picture file of ours in another format."""


@dataclass(frozen=True, slots=True)
class PhotoDownloads:
    """``price`` is what a picture costs in credits. Nothing is charged for what cannot be sent."""

    store: Store
    blobs: Blobs
    credits: Credits
    price: int
    transcode: Transcode

    def __call__(self, caller: Caller, order: PhotoOrder) -> DownloadedImage:
        scope = Scope(caller.application_id, Family.PHOTOSHOOTS)
        with self.store.transaction() as session:
            task = processes.finished_task(session, scope, order.process_id, order.task_id, int(TaskState.DONE))
        if task is None:
            raise PhotoNotFound
        content = self._content(task, order)
        with self.store.transaction() as session:
            self._charge(session, caller.application_id, task)
            processes.count_download(session, order.process_id, order.task_id)
        kind = order.format.kind
        return DownloadedImage(content, kind.content_type, f"{task.id}{kind.suffix}")

    def _content(self, task: TaskRow, order: PhotoOrder) -> bytes:
        key = thumbnail_key if order.low_resolution else original_key
        stored = ImageFormat.JPEG if order.low_resolution else ImageFormat.PNG
        try:
            content = self.blobs.get(key(task.process_id, task.id, task.generation))
        except BlobNotFound as error:
            raise PhotoNotFound from error
        wanted = order.format.kind
        if isinstance(wanted, DocumentKind):
            return picture_pdf(content, str(task.id))
        return content if wanted is stored else self.transcode(content, wanted)

    def _charge(self, session: Session, application_id: UUID, task: TaskRow) -> None:
        """Once for a task: the work's name is the guard."""
        work = work_of(task.id)
        if not self.price:
            return
        try:
            first = self.credits.hold(session, application_id, work, self.price)
        except InsufficientCredits as error:
            ever_had = self.credits.was_granted(session, application_id)
            raise NoCredits(application_id, ever_had=ever_had) from error
        if first:
            self.credits.settle(session, work, work, self.price)


def work_of(task_id: object) -> str:
    """A photo's name in the ledger; it is its only part, too."""
    return f"photo:{task_id}"
