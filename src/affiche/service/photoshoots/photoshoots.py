# SPDX-License-Identifier: Apache-2.0
"""The photoshoot use cases as one object for the dialects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.service.accounts.values import Caller
from affiche.service.assets.uploads import Upload
from affiche.service.clock import Clock
from affiche.service.creatives.values import DownloadedImage
from affiche.service.photoshoots.downloads import PhotoDownloads
from affiche.service.photoshoots.errors import NoRunningPhotoshoot, PhotoshootNotFound
from affiche.service.photoshoots.gallery import Addresses, Gallery
from affiche.service.photoshoots.receipts import PhotoReceipts, details_of
from affiche.service.photoshoots.recommend import Recommending
from affiche.service.photoshoots.start import Starting
from affiche.service.photoshoots.values import PhotoOrder, PhotoshootProgress, Recommended, StartPhotoshoot
from affiche.service.photoshoots.views import photoshoot_progress
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.processes import Scope
from affiche.store.tables import ProcessRow
from affiche.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class PhotoshootTerms:
    """The number that clients see on a failed task, and how long a finished photoshoot stays listed."""

    failed_state: int
    finished_visible: timedelta


class Photoshoots:
    """Cut out, start, follow and fetch. Every call sees only the caller's own photoshoots; ``gallery`` is for all."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        addresses: Addresses,
        gallery: Gallery,
        recommending: Recommending,
        starting: Starting,
        downloads: PhotoDownloads,
        receipts: PhotoReceipts,
        terms: PhotoshootTerms,
    ) -> None:
        self.addresses = addresses
        self.gallery = gallery
        self._store = store
        self._clock = clock
        self._recommending = recommending
        self._starting = starting
        self._downloads = downloads
        self._receipts = receipts
        self._terms = terms

    def recommend(self, caller: Caller, user_id: UUID, photo: Upload) -> Recommended:
        """Cut a product out and keep it as an asset. Raises `BackgroundNotRemoved` or `InvalidInput` (field
        ``product_image``)."""
        return self._recommending(caller, user_id, photo)

    def start(self, caller: Caller, request: StartPhotoshoot) -> PhotoshootProgress:
        """Accept a photoshoot. Raises `InvalidInput` (field ``prompts``) or `AssetNotFound`; then nothing is left
        behind."""
        process, tasks = self._starting(caller, request)
        return photoshoot_progress(process, tasks, self._terms.failed_state, self.addresses)

    def check_user(
        self, caller: Caller, user_id: UUID, process_id: UUID, *, details: bool = False
    ) -> PhotoshootProgress:
        """One photoshoot of a user. Raises `PhotoshootNotFound`."""
        with self._store.transaction() as session:
            rows = processes.of_user(session, _scope(caller), user_id, process_id)
            if not rows:
                raise PhotoshootNotFound(user_id, process_id)
            (progress,) = self._progress(session, rows, details=details)
        return progress

    def check_application(self, caller: Caller, *, details: bool = False) -> list[PhotoshootProgress]:
        """All running photoshoots and those that finished lately, newest first. Raises `NoRunningPhotoshoot`."""
        since = self._clock() - self._terms.finished_visible
        with self._store.transaction() as session:
            rows = processes.current(session, _scope(caller), int(TaskState.QUEUED), since)
            if not rows:
                raise NoRunningPhotoshoot(caller.application_id)
            return self._progress(session, rows, details=details)

    def _progress(self, session: Session, rows: Sequence[ProcessRow], *, details: bool) -> list[PhotoshootProgress]:
        tasks = processes.tasks_of(session, [row.id for row in rows])
        found = [photoshoot_progress(row, tasks[row.id], self._terms.failed_state, self.addresses) for row in rows]
        if not details:
            return found
        receipts = processes.receipts(session, [row.id for row in rows], int(TaskState.DONE))
        return [
            replace(progress, details=details_of(receipts[row.id])) for row, progress in zip(rows, found, strict=True)
        ]

    def download(self, caller: Caller, order: PhotoOrder) -> DownloadedImage:
        """A finished picture as ordered. Raises `PhotoNotFound` or `NoCredits`."""
        return self._downloads(caller, order)

    def receipt(self, caller: Caller, process_id: UUID, task_id: UUID) -> dict[str, Any]:
        """What a finished picture follows from and what was measured on it. Raises `ReceiptNotFound`."""
        return self._receipts.receipt(caller, process_id, task_id)

    def difference_map(self, caller: Caller, process_id: UUID, task_id: UUID) -> bytes:
        """A PNG of where the product in a finished picture differs from its cut-out. Raises `ReceiptNotFound`."""
        return self._receipts.difference_map(caller, process_id, task_id)


def _scope(caller: Caller) -> Scope:
    return Scope(caller.application_id, Family.PHOTOSHOOTS)
