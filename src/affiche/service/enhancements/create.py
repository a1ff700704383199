# SPDX-License-Identifier: Apache-2.0
"""Accepting a batch: one transaction makes the record, holds the credits and queues the pictures, or finds that the
same request came before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import uuid4

from sqlalchemy.orm import Session

from affiche.errors import InvalidInput
from affiche.jobs.port import Jobs
from affiche.retouch.retoucher import EMPTY_SCENE, SCENE
from affiche.service.accounts.key_values import Environment, KeyHolder
from affiche.service.accounts.standing import Standing
from affiche.service.clock import Clock
from affiche.service.credits.credits import Credits
from affiche.service.credits.errors import AccessNotEnabled
from affiche.service.enhancements.errors import (
    ContentPolicyViolation,
    IdempotencyConflict,
    QueueUnavailable,
    TooManyActiveEnhancements,
    UnsupportedPrompt,
)
from affiche.service.enhancements.policy import ContentPolicy
from affiche.service.enhancements.queueing import queue_item
from affiche.service.enhancements.results import Links, fresh_token
from affiche.service.enhancements.values import ACTIVE, Accepted, Draft, ItemStatus, Status
from affiche.service.enhancements.views import enhancement_view
from affiche.service.limits.errors import RateLimitExceeded
from affiche.service.limits.values import Allowance, BatchCaps
from affiche.service.notifications.callbacks import Callback
from affiche.store import accounts, enhancements, notifications
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.unit_of_work import Store
from affiche.studio.prompts import PromptNotUnderstood, understand

SCENES: Final = frozenset({SCENE, EMPTY_SCENE})
"""Treatments whose instructions are a prompt."""

_HOUR: Final = 3600


class VetsWebhooks(Protocol):
    """Raises `InvalidWebhookUrl` for a URL that strangers may not make us call."""

    def __call__(self, url: str) -> None: ...


@dataclass(frozen=True, slots=True)
class CreateTerms:
    """``price`` credits for each picture, and how much a key and an account may do at once."""

    price: int
    caps: BatchCaps


@dataclass(frozen=True, slots=True)
class Creating:
    """The checks come in the order of the contract."""

    store: Store
    jobs: Jobs
    clock: Clock
    credits: Credits
    links: Links
    policy: ContentPolicy
    vet_webhook: VetsWebhooks
    terms: CreateTerms

    def __call__(self, holder: KeyHolder, draft: Draft) -> Accepted:
        order = draft.order
        if order.webhook_url is not None:
            self.vet_webhook(order.webhook_url)
        if not self.policy.allows(order.instructions):
            raise ContentPolicyViolation
        if order.treatment in SCENES:
            require_drawable(order.instructions)
        scope = enhancements.Scope(holder.application_id, holder.environment, draft.resource)
        with self.store.transaction() as session:
            # The account is taken first: two simultaneous first uses of a key come one after the other.
            accounts.lock_application(session, holder.application_id)
            earlier = enhancements.with_key(session, scope, draft.idempotency_key)
            if earlier is not None:
                return self._replayed(session, earlier, draft)
            now = self.clock()
            self._require_access(session, holder)
            self._require_room(session, holder, order.total, now)
            batch, items = self._record(session, holder, draft, now)
            self._queue(session, batch, items)
            return self._accepted(session, batch, items, replayed=False)

    def _replayed(self, session: Session, batch: EnhancementRow, draft: Draft) -> Accepted:
        if batch.body_digest != draft.digest:
            raise IdempotencyConflict
        return self._accepted(session, batch, enhancements.items_of(session, batch.id), replayed=True)

    def _accepted(
        self, session: Session, batch: EnhancementRow, items: list[EnhancementItemRow], *, replayed: bool
    ) -> Accepted:
        sandbox = batch.environment == Environment.SANDBOX
        remaining = 0 if sandbox else self.credits.remaining(session, batch.application_id)
        return Accepted(enhancement_view(batch, items, self.links), remaining, replayed)

    def _require_access(self, session: Session, holder: KeyHolder) -> None:
        if holder.environment is Environment.SANDBOX:
            return
        if holder.standing is Standing.NO_API_ACCESS:
            raise AccessNotEnabled
        self.credits.require_access(session, holder.application_id)

    def _require_room(self, session: Session, holder: KeyHolder, images: int, now: datetime) -> None:
        caps, owner = self.terms.caps, (holder.application_id, holder.environment)
        for cap, key_id in ((caps.active_per_key, holder.key_id), (caps.active_per_account, None)):
            if cap is not None and enhancements.count_active(session, *owner, ACTIVE, key_id) >= cap:
                raise TooManyActiveEnhancements
        if caps.images_per_hour is None:
            return
        began = datetime.fromtimestamp(now.timestamp() // _HOUR * _HOUR, now.tzinfo)
        used = enhancements.count_images(session, holder.key_id, began)
        if used + images > caps.images_per_hour:
            left = max(0, caps.images_per_hour - used)
            ends = began + timedelta(seconds=_HOUR)
            raise RateLimitExceeded(Allowance(caps.images_per_hour, left, ends.timestamp()))

    def _record(
        self, session: Session, holder: KeyHolder, draft: Draft, now: datetime
    ) -> tuple[EnhancementRow, list[EnhancementItemRow]]:
        order, sandbox = draft.order, holder.environment is Environment.SANDBOX
        batch = EnhancementRow(
            id=uuid4(),
            application_id=holder.application_id,
            environment=holder.environment,
            key_id=holder.key_id,
            resource=draft.resource,
            idempotency_key=draft.idempotency_key,
            body_digest=draft.digest,
            treatment=order.treatment,
            preservation=order.preservation,
            instructions=order.instructions,
            status=Status.QUEUED,
            wishes=order.wishes.to_json() or None,
            per_source=order.per_source,
            total_items=order.total,
            credits_per_item=0 if sandbox else self.terms.price,
            request_id=draft.request_id,
            created_at=now,
            touched_at=now,
        )
        if batch.credits_per_item:
            cost = batch.credits_per_item * batch.total_items
            self.credits.hold(session, holder.application_id, work_of(batch), cost)
        if order.webhook_url is not None:
            callback = Callback(order.webhook_url, holder.signing_secret).row(holder.application_id)
            notifications.remember_callback(session, callback)
            batch.callback_id = callback.id
        session.add(batch)
        session.flush()
        items = [
            EnhancementItemRow(
                id=uuid4(),
                enhancement_id=batch.id,
                position=position,
                source_url=source.url,
                external_id=source.external_id,
                status=ItemStatus.QUEUED,
                token=None if sandbox else fresh_token(),
            )
            for position, source in enumerate(source for source in order.sources for _ in range(order.per_source))
        ]
        session.add_all(items)
        session.flush()
        return batch, items

    def _queue(self, session: Session, batch: EnhancementRow, items: list[EnhancementItemRow]) -> None:
        try:
            for item in items:
                queue_item(session, self.jobs, batch, item)
        except Exception as error:
            # The transaction is rolled back, and with it the record and the hold.
            raise QueueUnavailable from error


def require_drawable(prompt: str) -> None:
    """Raises `UnsupportedPrompt`."""
    try:
        understand(prompt)
    except (PromptNotUnderstood, InvalidInput) as error:
        raise UnsupportedPrompt(str(error)) from error


def work_of(batch: EnhancementRow) -> str:
    """A batch's name in the ledger."""
    return f"enhancement:{batch.id}"


def part_of(item: EnhancementItemRow) -> str:
    """An item's name in the ledger."""
    return f"enhancement-item:{item.id}"
