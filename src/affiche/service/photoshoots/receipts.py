# SPDX-License-Identifier: Apache-2.0
"""What a finished product photo follows from, and how far its product is from its cut-out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from affiche.service.accounts.values import Caller
from affiche.service.assets.results import difference_key
from affiche.service.photoshoots.errors import ReceiptNotFound
from affiche.service.processes.families import Family
from affiche.service.processes.states import TaskState
from affiche.store import processes
from affiche.store.blobs import BlobNotFound, Blobs
from affiche.store.processes import Scope
from affiche.store.tables import TaskRow
from affiche.store.unit_of_work import Store

_DETAILS: Final = ("preset", "variant", "personal", "plan", "fidelity")


@dataclass(frozen=True, slots=True)
class PhotoReceipts:
    """Receipts are free of charge, and nobody sees another's."""

    store: Store
    blobs: Blobs

    def receipt(self, caller: Caller, process_id: UUID, task_id: UUID) -> dict[str, Any]:
        """The receipt as it was written when the picture was taken. Raises `ReceiptNotFound`."""
        found: dict[str, Any] | None = self._task(caller, process_id, task_id).receipt
        if found is None:
            raise ReceiptNotFound
        return found

    def difference_map(self, caller: Caller, process_id: UUID, task_id: UUID) -> bytes:
        """A PNG: the product in grey, colours where it differs from the cut-out. Raises `ReceiptNotFound`."""
        task = self._task(caller, process_id, task_id)
        try:
            return self.blobs.get(difference_key(task.process_id, task.id, task.generation))
        except BlobNotFound as error:
            raise ReceiptNotFound from error

    def _task(self, caller: Caller, process_id: UUID, task_id: UUID) -> TaskRow:
        scope = Scope(caller.application_id, Family.PHOTOSHOOTS)
        with self.store.transaction() as session:
            task = processes.finished_with_receipt(session, scope, process_id, task_id, int(TaskState.DONE))
        if task is None:
            raise ReceiptNotFound
        return task


def details_of(receipts: Mapping[UUID, Mapping[str, Any] | None]) -> dict[UUID, dict[str, Any]]:
    """The part of receipts that says what was drawn and how faithfully, by task."""
    return {
        task_id: {name: receipt.get(name) for name in _DETAILS}
        for task_id, receipt in receipts.items()
        if receipt is not None
    }
