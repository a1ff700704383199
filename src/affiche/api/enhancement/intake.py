# SPDX-License-Identifier: Apache-2.0
"""The one way in for batches of every edition: the checks in the contract's order, then the use case."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from affiche.api.enhancement.answers import answer, request_id_of
from affiche.api.enhancement.editions import Edition, Endpoint
from affiche.api.enhancement.errors import limit_headers
from affiche.api.enhancement.ids import canonical_uuid
from affiche.api.enhancement.reception import Reception, read_object
from affiche.api.enhancement.schemas import digest, idempotency_key
from affiche.errors import AfficheError
from affiche.service.enhancements.enhancements import Enhancements
from affiche.service.enhancements.values import Draft, Listing

Handler = Callable[[Request], Awaitable[Response]]
BATCH_ID: Final = "batch_id"
"""The name of the id in the paths of status answers."""

_REPLAYED: Final = {"Idempotent-Replayed": "true"}
_ACCEPTED: Final = 202
_OK: Final = 200
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Intake:
    """Makes the handlers of routes."""

    reception: Reception
    enhancements: Enhancements

    def public(self, body: Callable[[], dict[str, Any]]) -> Handler:
        """Answers anybody with ``body``."""

        async def told(request: Request) -> Response:
            allowance = await self.reception.stranger(request)
            return answer(request, body(), _OK, limit_headers(allowance))

        return told

    def creation(self, endpoint: Endpoint) -> Handler:
        """Takes batches: 202 for a new one, 200 where the same request came before."""

        async def create(request: Request) -> Response:
            holder = await self.reception.holder(request)
            allowance = await self.reception.creating(holder)
            key = idempotency_key(request.headers.getlist("idempotency-key"))
            content = await read_object(request)
            order = endpoint.body.of(content).order
            draft = Draft(endpoint.resource, key, digest(endpoint.path, content), request_id_of(request), order)
            accepted = await _asked(endpoint.edition, lambda: self.enhancements.create(holder, draft))
            told = {
                endpoint.edition.noun: endpoint.edition.summary(accepted.enhancement),
                "remaining_paid_credits": accepted.remaining_credits,
            }
            headers = limit_headers(allowance) | (_REPLAYED if accepted.replayed else {})
            return answer(request, told, _OK if accepted.replayed else _ACCEPTED, headers)

        return create

    def status(self, edition: Edition, resource: str) -> Handler:
        """Tells how far a batch is, by the id in the path."""

        async def look(request: Request) -> Response:
            holder = await self.reception.holder(request)
            allowance = await self.reception.looking(holder)
            batch_id = _batch_id(request, edition)
            view = await _asked(edition, lambda: self.enhancements.find(holder, resource, batch_id))
            return answer(request, edition.report(view), _OK, limit_headers(allowance))

        return look

    def listing(self, edition: Edition, resource: str, query: Callable[[Request], Listing]) -> Handler:
        """Tells of the account's batches, a page at a time."""

        async def page(request: Request) -> Response:
            holder = await self.reception.holder(request)
            allowance = await self.reception.looking(holder)
            asked = query(request)
            found = await to_thread.run_sync(self.enhancements.page, holder, resource, asked)
            body = {f"{edition.noun}s": [edition.summary(view) for view in found.shown]}
            cursor = f"{found.shown[-1].created:%Y-%m-%dT%H:%M:%S.%fZ}" if found.more else None
            return answer(request, body, _OK, limit_headers(allowance), last={"next_cursor": cursor})

        return page


async def _asked(edition: Edition, ask: Callable[[], _Found]) -> _Found:
    """What ``ask`` gives, its errors as the edition has them."""
    try:
        return await to_thread.run_sync(ask)
    except AfficheError as error:
        own = edition.errors.get(type(error))
        if own is None:
            raise
        raise own from error


def _batch_id(request: Request, edition: Edition) -> UUID:
    value = canonical_uuid(request.path_params[BATCH_ID])
    if value is None:
        raise edition.invalid_id
    return value
