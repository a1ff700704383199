# SPDX-License-Identifier: Apache-2.0
"""What happens when a picture ends: one transaction per end, safe to run twice.

The write to the item decides which run counts. Credits and events follow in the same transaction, each guarded by a
unique key as well.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from affiche.service.clock import Clock
from affiche.service.credits.credits import Credits
from affiche.service.enhancements.create import part_of, work_of
from affiche.service.enhancements.errors import EnhancementNotFound
from affiche.service.enhancements.outbox import EnhancementOutbox
from affiche.service.enhancements.results import result_key, thumbnail_key
from affiche.service.enhancements.values import ACTIVE, OPEN, ItemStatus, Status, status_of
from affiche.store import enhancements, uploads
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Success:
    """What is known of a finished picture: its size in px, what was not honoured, what it follows from."""

    width: int
    height: int
    notes: tuple[str, ...]
    receipt: dict[str, Any]


class EnhancementCompletion:
    """Moves items from open to their end, and batches with their last item."""

    def __init__(self, store: Store, clock: Clock, credits: Credits, outbox: EnhancementOutbox) -> None:
        self._store = store
        self._clock = clock
        self._credits = credits
        self._outbox = outbox

    def begin(self, item_id: UUID) -> tuple[EnhancementItemRow, EnhancementRow] | None:
        """An item that is now being worked on, and its batch; None if it has ended or is unknown."""
        now = self._clock()
        with self._store.transaction() as session:
            found = enhancements.item_with_batch(session, item_id)
            if found is None or found[0].status not in OPEN:
                return None
            batch = enhancements.lock(session, found[1].id, now)
            item = enhancements.change_item(session, item_id, OPEN, {"status": ItemStatus.PROCESSING})
            if batch is None or item is None:
                return None
            if batch.status == Status.QUEUED:
                batch.status = Status.PROCESSING
            return item, batch

    def succeed(self, item: EnhancementItemRow, result: Success | None) -> bool:
        """Record a finished picture; False if the item had ended before. The sandbox has no ``result``."""
        changes: dict[str, Any] = {"status": ItemStatus.COMPLETED}
        if result is not None:
            changes |= {"width": result.width, "height": result.height, "receipt": result.receipt}
            changes["notes"] = list(result.notes)
        return self._end(item, changes)

    def fail(self, item: EnhancementItemRow, code: str) -> bool:
        """Record a picture that cannot be made; False as in `succeed`."""
        return self._end(item, {"status": ItemStatus.FAILED, "error_code": code, "token": None})

    def _end(self, item: EnhancementItemRow, changes: dict[str, Any]) -> bool:
        now = self._clock()
        with self._store.transaction() as session:
            # The lock orders the items of a batch, so that exactly one of them sees itself as the last.
            batch = enhancements.lock(session, item.enhancement_id, now)
            ended = enhancements.change_item(session, item.id, OPEN, changes | {"finished_at": now})
            if batch is None or ended is None:
                return False
            self._account(session, batch, ended)
            self._outbox.record_item(session, batch, ended)
            self._end_batch(session, batch, now)
            return True

    def cancel(self, enhancement_id: UUID) -> int:
        """Stop a batch: what has not ended is cancelled; returns how many items. Raises `EnhancementNotFound`."""
        now = self._clock()
        with self._store.transaction() as session:
            batch = enhancements.lock(session, enhancement_id, now)
            if batch is None:
                raise EnhancementNotFound
            changes = {"status": ItemStatus.CANCELLED, "token": None, "finished_at": now}
            count = 0
            for item in enhancements.items_of(session, enhancement_id):
                token = item.token
                cancelled = enhancements.change_item(session, item.id, OPEN, changes)
                if cancelled is None:
                    continue
                count += 1
                self._account(session, batch, cancelled)
                if token is not None:  # a worker may be storing the result right now
                    uploads.discard(session, [result_key(token), thumbnail_key(token)], now)
            if batch.status in ACTIVE:
                self._end_batch(session, batch, now)
            return count

    def _account(self, session: Session, batch: EnhancementRow, item: EnhancementItemRow) -> None:
        if not batch.credits_per_item:
            return
        end = self._credits.settle if item.status == ItemStatus.COMPLETED else self._credits.release
        end(session, work_of(batch), part_of(item), batch.credits_per_item)

    def _end_batch(self, session: Session, batch: EnhancementRow, now: datetime) -> None:
        states = [ItemStatus(item.status) for item in enhancements.items_of(session, batch.id)]
        if any(state in OPEN for state in states):
            return
        batch.status, batch.completed_at = status_of(states), now
        session.flush()
        self._outbox.record_batch(session, batch)
