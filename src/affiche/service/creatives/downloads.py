# SPDX-License-Identifier: Apache-2.0
"""Fetching finished creatives: the stored file, another format of it, or its design as a document."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from affiche.documents import DocumentKind
from affiche.errors import InvalidInput
from affiche.images.encode import ImageFormat
from affiche.jobs.rendering.messages import DocumentRequest, FetchPicture, FitRequest, Made, RenderFailed
from affiche.service.accounts.values import Caller
from affiche.service.assets.results import document_key, original_key, thumbnail_key
from affiche.service.creatives.drawing import request_of
from affiche.service.creatives.errors import DocumentNotDrawn, ImageContentNotFound
from affiche.service.creatives.requirements import scope_of
from affiche.service.creatives.values import DownloadedImage, DownloadOrder
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store
from affiche.store.uploads import upload_key

Transcode = Callable[[bytes, ImageFormat], bytes]
"""A picture file of ours in another format."""


class MakesFiles(Protocol):
    """Makes files of creatives outside of this process. Raises `RenderFailed`, and `InvalidInput` for ``max_bytes``."""

    def document(self, request: DocumentRequest, fetch: FetchPicture) -> Made: ...

    def fit(self, request: FitRequest) -> Made: ...


@dataclass(frozen=True, slots=True)
class Downloads:
    """Every download is counted. A document is drawn when it is first fetched and kept beside the picture. A picture
    whose stored file has lost something is drawn anew in another format, not made of what is left."""

    store: Store
    blobs: Blobs
    transcode: Transcode
    renders: MakesFiles

    def __call__(self, caller: Caller, order: DownloadOrder) -> DownloadedImage:
        check_order(order)
        scope = scope_of(caller)
        with self.store.transaction() as session:
            process = processes.process(session, scope, order.process_id)
            done = int(TaskState.DONE)
            task = processes.finished_task(session, scope, order.process_id, order.task_id, done)
        if process is None or task is None:
            raise ImageContentNotFound
        try:
            if isinstance(order.format, DocumentKind):
                content, kind = self._document(process, task, order.format), order.format
                image = DownloadedImage(content, kind.content_type, f"{task.id}{kind.suffix}")
            else:
                image = self._picture(process, task, order, order.format)
        except BlobNotFound as error:
            raise ImageContentNotFound from error
        with self.store.transaction() as session:
            processes.count_download(session, order.process_id, order.task_id)
        return image

    def _picture(
        self, process: ProcessRow, task: TaskRow, order: DownloadOrder, wanted: ImageFormat | None
    ) -> DownloadedImage:
        key = thumbnail_key if order.low_resolution else original_key
        stored = ImageFormat.JPEG if order.low_resolution else stored_format(task)
        content = self.blobs.get(key(task.process_id, task.id, task.generation))
        made = Made(content, stored)
        if wanted is not None and wanted is not stored:
            if stored is not ImageFormat.PNG and not order.low_resolution:
                made = self._drawn_as(process, task, wanted)
                content = made.content
            else:
                made = Made(self.transcode(content, wanted), wanted)
        if order.max_bytes is not None and len(made.content) > order.max_bytes:
            made = _drawn(partial(self.renders.fit, FitRequest(content, wanted, order.max_bytes)))
        kind = made.image_format or stored
        return DownloadedImage(made.content, kind.content_type, f"{task.id}{kind.suffix}")

    def _document(self, process: ProcessRow, task: TaskRow, kind: DocumentKind) -> bytes:
        key = document_key(process.id, task.id, task.generation, kind)
        try:
            return self.blobs.get(key)
        except BlobNotFound:
            content = self._drawn_as(process, task, kind).content
        self.blobs.put(key, content)
        return content

    def _drawn_as(self, process: ProcessRow, task: TaskRow, kind: DocumentKind | ImageFormat) -> Made:
        request = DocumentRequest(request_of(process, task), kind)
        return _drawn(partial(self.renders.document, request, self._fetch))

    def _fetch(self, digest: str) -> bytes:
        return self.blobs.get(upload_key(digest))


def check_order(order: DownloadOrder) -> None:
    """Raises `InvalidInput` for wishes that exclude each other."""
    if not isinstance(order.format, DocumentKind):
        return
    what = order.format.value
    if order.max_bytes is not None:
        raise InvalidInput("max_bytes", f"maxBytes cannot be promised for {what}; leave it out or fetch a picture.")
    if order.low_resolution:
        raise InvalidInput("low_resolution", f"There is no low resolution of {what}; leave lowResolution out.")


def stored_format(task: TaskRow) -> ImageFormat:
    """The kind of file that a finished task's original is."""
    return next(kind for kind in ImageFormat if kind.content_type == (task.content_type or "image/png"))


def _drawn(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except RenderFailed as error:
        raise DocumentNotDrawn(str(error)) from error
