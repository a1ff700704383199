# SPDX-License-Identifier: Apache-2.0
"""The use cases of batches."""

from uuid import UUID

from affiche.service.accounts.key_values import KeyHolder
from affiche.service.enhancements.completion import EnhancementCompletion
from affiche.service.enhancements.create import Creating
from affiche.service.enhancements.errors import EnhancementNotFound
from affiche.service.enhancements.results import Links, Results
from affiche.service.enhancements.values import Accepted, Draft, EnhancementView, Listing, Page
from affiche.service.enhancements.views import enhancement_view
from affiche.store import enhancements
from affiche.store.unit_of_work import Store


class Enhancements:
    """An account sees only what it made in the environment of its key."""

    def __init__(
        self, store: Store, creating: Creating, completion: EnhancementCompletion, links: Links, results: Results
    ) -> None:
        self._store = store
        self._creating = creating
        self._completion = completion
        self._links = links
        self.results = results

    def create(self, holder: KeyHolder, draft: Draft) -> Accepted:
        """Accept a batch, or find the one that the same request made before.

        Raises, in this order of checks: `InvalidWebhookUrl`, `ContentPolicyViolation`, `UnsupportedPrompt`,
        `IdempotencyConflict`, `AccessNotEnabled`, `TooManyActiveEnhancements`, `RateLimitExceeded`,
        `InsufficientCredits`, `QueueUnavailable`.
        """
        return self._creating(holder, draft)

    def find(self, holder: KeyHolder, resource: str, enhancement_id: UUID) -> EnhancementView:
        """Raises `EnhancementNotFound`."""
        scope = enhancements.Scope(holder.application_id, holder.environment, resource)
        with self._store.transaction() as session:
            batch = enhancements.find(session, scope, enhancement_id)
            if batch is None:
                raise EnhancementNotFound
            return enhancement_view(batch, enhancements.items_of(session, batch.id), self._links)

    def page(self, holder: KeyHolder, resource: str, listing: Listing) -> Page:
        """Batches without their items, newest first."""
        scope = enhancements.Scope(holder.application_id, holder.environment, resource)
        with self._store.transaction() as session:
            rows = enhancements.made(session, scope, listing.limit + 1, listing.before, listing.status)
        shown = rows[: listing.limit]
        return Page(tuple(enhancement_view(row, (), self._links) for row in shown), len(rows) > len(shown))

    def cancel(self, enhancement_id: UUID) -> int:
        """For operators: stop a batch; returns how many pictures were not made. Raises `EnhancementNotFound`."""
        return self._completion.cancel(enhancement_id)
