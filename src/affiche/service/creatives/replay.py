# SPDX-License-Identifier: Apache-2.0
"""Drawing a finished creative again from what is stored, to see whether the same file comes out."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from affiche.service.creatives.drawing import Renders, request_of
from affiche.service.creatives.errors import ReceiptNotFound
from affiche.service.creatives.receipts import Moved, compared, receipt
from affiche.service.processes.families import Family
from affiche.store import processes
from affiche.store.blobs import Blobs
from affiche.store.tables import ProcessRow, TaskRow
from affiche.store.unit_of_work import Store
from affiche.store.uploads import upload_key


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a replay: the receipt of then, that of now, and the entries that ``moved`` between them."""

    task_id: UUID
    then: dict[str, Any]
    now: dict[str, Any]
    moved: tuple[Moved, ...]

    @property
    def is_identical(self) -> bool:
        """Whether the same bytes came out; something else may have moved without a trace in them."""
        return bool(self.then["result"] == self.now["result"])


@dataclass(frozen=True, slots=True)
class Replays:
    """For operators: across applications. Nothing is written."""

    store: Store
    blobs: Blobs
    renders: Renders

    def __call__(self, task_id: UUID) -> Replayed:
        """Raises `ReceiptNotFound`, `BlobNotFound` when an upload is gone, and what drawing raises."""
        process, task, then = self._found(task_id)
        digests: dict[str, str] = {}

        def fetch(digest: str) -> bytes:
            content = self.blobs.get(upload_key(digest))
            digests[digest] = hashlib.sha256(content).hexdigest()
            return content

        rendered = self.renders.render(request_of(process, task), fetch)
        now = receipt(process, task, rendered)
        # The digests of the bytes that were drawn, in case that the storage gave others than it was given.
        now |= {name: digests.get(now[name], now[name]) for name in ("photo", "logo")}
        return Replayed(task_id, then, now, tuple(compared(then, now)))

    def _found(self, task_id: UUID) -> tuple[ProcessRow, TaskRow, dict[str, Any]]:
        with self.store.transaction() as session:
            found = processes.with_receipt(session, task_id, Family.CREATIVES)
        if found is None:
            raise ReceiptNotFound(f"There is no creative {task_id}.")
        process, task = found
        if task.receipt is None:
            raise ReceiptNotFound(
                f"The task {task_id} has no receipt: it is not done, or was drawn before receipts were kept; an edit "
                "draws it again."
            )
        return process, task, task.receipt
