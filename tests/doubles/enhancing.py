# SPDX-License-Identifier: Apache-2.0
"""Enhancement jobs run by hand, on a real database and storage, with sources and an engine that do as they are told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from affiche.jobs.rendering.messages import Enhanced, EnhanceRequest, RenderFailed
from affiche.outbound.source_errors import SourceFault, SourceProblem
from affiche.outbound.sources import SourceImage
from affiche.service.accounts.key_values import Environment, KeyHolder
from affiche.service.assembly import Services
from affiche.service.credits.values import Pool
from affiche.service.enhancements.queueing import EnhanceJob
from affiche.service.enhancements.values import OPEN, Accepted, Draft, EnhancementView, Order, Source
from affiche.service.enhancements.work import Enhancing
from affiche.service.enhancements.workshop import enhancing
from affiche.store.enhancement_tables import EnhancementItemRow
from affiche.store.notification_tables import EventRow
from tests.doubles.house import House

RESOURCE = "product-image-enhancements"


@dataclass
class Shelf:
    """Gives a picture for every URL, or the fault that the URL is said to have; keeps what was asked for."""

    faults: Mapping[str, SourceProblem] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, url: str) -> SourceImage:
        self.asked.append(url)
        for name, problem in self.faults.items():
            if name in url:
                raise SourceFault(problem)
        return SourceImage(f"picture of {url}".encode(), "image/png")


@dataclass
class Engine:
    """Tells in its result what it was asked for. ``refusals`` maps parts of a source to the engine's error codes."""

    refusals: Mapping[str, str] = field(default_factory=dict)
    asked: list[EnhanceRequest] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def enhance(self, request: EnhanceRequest) -> Enhanced:
        self.asked.append(request)
        self.before()
        for name, reason in self.refusals.items():
            if name in request.content.decode():
                raise RenderFailed("It cannot be done.", reason)
        told = {"source": request.content.decode(), "treatment": request.treatment}
        notes = ("The instructions were not honoured.",) if request.instructions else ()
        return Enhanced(json.dumps(told).encode(), b"small", 1600, 1200, notes, {"engine": "double"}, 0.1)


@dataclass
class Workroom:
    """A house with keys, where enhancement jobs run when the test says so."""

    house: House
    shelf: Shelf = field(default_factory=Shelf)
    engine: Engine = field(default_factory=Engine)
    account: UUID | None = None

    @classmethod
    def furnished(cls, house: House, **fields: Any) -> "Workroom":
        """A room in the house under other settings."""
        settings = house.settings.model_copy(update=fields)
        return cls(replace(house, settings=settings, services=Services.on(house.base, settings)))

    def holder(self, environment: Environment = Environment.LIVE) -> KeyHolder:
        """A new key of the room's account."""
        if self.account is None:
            self.account = self.house.services.applications.create("Tests").application_id
        made = self.house.services.keys.create(environment, "Tests", self.account)
        return self.house.services.key_check.holder(f"Bearer {made.key}")

    def draft(self, *urls: str, **fields: object) -> Draft:
        request = {"idempotency_key": f"key-{uuid4()}", "digest": "d" * 64, "request_id": "req_tests"}
        request |= {name: str(fields.pop(name)) for name in list(fields) if name in request}
        order = {"sources": tuple(Source(url) for url in urls or ("https://x.example/1",))} | fields
        return Draft(RESOURCE, **request, order=Order(**order))  # type: ignore[arg-type]

    def create(self, holder: KeyHolder, *urls: str, **fields: object) -> Accepted:
        return self.house.services.enhancements.create(holder, self.draft(*urls, **fields))

    def find(self, holder: KeyHolder, accepted: Accepted) -> EnhancementView:
        return self.house.services.enhancements.find(holder, RESOURCE, accepted.enhancement.enhancement_id)

    @property
    def handler(self) -> Enhancing:
        made = enhancing(self.house.settings, self.house.base, self.engine)
        return Enhancing(
            made.store, made.blobs, made.jobs, made.completion, self.shelf, self.engine, 0, pause=lambda seconds: None
        )

    def open_items(self) -> list[UUID]:
        with self.house.base.store.transaction() as session:
            query = sa.select(EnhancementItemRow.id).where(EnhancementItemRow.status.in_(OPEN))
            return list(session.scalars(query.order_by(EnhancementItemRow.position)))

    def work(self) -> None:
        """Run the jobs of all items that have not ended; in the sandbox both of them."""
        for item_id in self.open_items():
            for ending in (False, True):
                self.handler(EnhanceJob(item_id, ending).payload)

    def figures(self, pool: Pool = Pool.PURCHASED) -> tuple[int, int, int]:
        """The account's available, held and spent credits."""
        for one in self.house.services.ledger.balances(self.account):
            if one.pool is pool:
                return one.available, one.held, one.spent
        return 0, 0, 0

    def events(self) -> list[dict[str, Any]]:
        """The bodies of all events, oldest first."""
        with self.house.base.store.transaction() as session:
            return [json.loads(row.body) for row in session.scalars(sa.select(EventRow).order_by(EventRow.created_at))]

    def audit(self) -> tuple[str, ...]:
        """What a check of the ledger finds wrong."""
        return self.house.services.ledger.check().findings
