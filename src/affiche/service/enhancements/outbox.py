# SPDX-License-Identifier: Apache-2.0
"""Events of batches for the webhook that came with the request, recorded with what they tell of."""

from typing import Any, Final

from sqlalchemy.orm import Session

from affiche.jobs.port import Jobs
from affiche.service.accounts.key_values import Environment
from affiche.service.clock import Clock
from affiche.service.enhancements.results import Links
from affiche.service.enhancements.values import ItemStatus, Status
from affiche.service.enhancements.views import enhancement_json, enhancement_view, item_view, moment, outcome_json
from affiche.service.notifications.callbacks import public_id
from affiche.service.notifications.messages import serialised
from affiche.service.notifications.outbox import event_id, record
from affiche.store import enhancements
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.notification_tables import EventRow

ITEM_EVENTS: Final = {
    ItemStatus.COMPLETED: "enhancement.item.completed",
    ItemStatus.FAILED: "enhancement.item.failed",
}
BATCH_EVENTS: Final = {
    Status.COMPLETED: "enhancement.completed",
    Status.PARTIALLY_COMPLETED: "enhancement.partially_completed",
    Status.FAILED: "enhancement.failed",
    Status.CANCELLED: "enhancement.cancelled",
}


class EnhancementOutbox:
    """One event and one delivery for each end, if the client named a webhook."""

    def __init__(self, jobs: Jobs, clock: Clock, links: Links) -> None:
        self._jobs = jobs
        self._clock = clock
        self._links = links

    def record_item(self, session: Session, batch: EnhancementRow, item: EnhancementItemRow) -> None:
        """Tell of an item that has completed or failed."""
        view = item_view(batch, item, self._links)
        data = {
            "enhancement_id": str(batch.id),
            "enhancement_status": batch.status,
            "sandbox": batch.environment == Environment.SANDBOX,
            "item": outcome_json(view),
        }
        self._record(session, batch, f"enhancement-item:{item.id}", ITEM_EVENTS[view.status], data)

    def record_batch(self, session: Session, batch: EnhancementRow) -> None:
        """Tell of a batch that has ended."""
        view = enhancement_view(batch, enhancements.items_of(session, batch.id), self._links)
        data = {"enhancement": enhancement_json(view)}
        self._record(session, batch, f"enhancement:{batch.id}", BATCH_EVENTS[view.status], data)

    def _record(self, session: Session, batch: EnhancementRow, key: str, kind: str, data: dict[str, Any]) -> None:
        if batch.callback_id is None:
            return
        now = self._clock()
        message = {
            "id": public_id(event_id(key)),
            "type": kind,
            "created_at": moment(now),
            "request_id": batch.request_id,
            "data": data,
        }
        event = EventRow(
            id=event_id(key),
            key=key,
            application_id=batch.application_id,
            process_id=batch.id,
            message_type=kind,
            routing_key=kind,
            body=serialised(message),
            image_key=None,
            created_at=now,
        )
        record(session, self._jobs, event, [batch.callback_id])
