# SPDX-License-Identifier: Apache-2.0
"""Sending batches of product pictures and waiting for them.

Requests are tried again as the API's retry table has it: without an answer under the same idempotency key, over a rate
limit after the time that the server names, while another batch is active after a while. What has to be mended first is
raised at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import uuid4

from affiche.client.errors import ApiError, NoAnswer, TooLate
from affiche.client.exchange import Client, Exchange, Later, Manner, waited_for

_PATH: Final = "/api/v1/product-image-enhancements"
_PRESETS_PATH: Final = "/api/v1/product-image-enhancement-presets"
_ENDED: Final = frozenset({"completed", "partially_completed", "failed", "cancelled"})
_BUSY_SECONDS: Final = 10.0
_WORTH_RETRYING: Final = frozenset({"rate_limit_unavailable", "queue_unavailable", "unexpected"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to enhance: where it is, and your own id of it."""

    source_url: str
    external_id: str | None = None

    def to_json(self) -> dict[str, str]:
        return {"source_url": self.source_url} | ({"external_id": self.external_id} if self.external_id else {})


@dataclass(frozen=True, slots=True)
class Item:
    """What became of a picture."""

    item_id: str
    external_id: str | None
    status: str
    result_url: str | None
    thumbnail_url: str | None
    error_code: str | None
    error_message: str | None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            told["id"],
            told["external_id"],
            told["status"],
            told["result_url"],
            told["thumbnail_url"],
            told["error_code"],
            told["error_message"],
            tuple(told.get("notes", ())),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """How far a batch is. A creation tells it without its items."""

    batch_id: str
    status: str
    sandbox: bool
    credits_reserved: int
    credits_used: int
    items: tuple[Item, ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        items = tuple(Item.of(item) for item in told.get("items", ()))
        used = told.get("credits_used", 0)
        return cls(told["id"], told["status"], told["sandbox"], told["credits_reserved"], used, items)

    @property
    def has_ended(self) -> bool:
        return self.status in _ENDED


class EnhancementClient(Client):
    """Talks to the server at ``url`` with an API key; use it as a context manager, or close it. ``patience`` of its
    ``manner`` is also how long `create` waits for limits to let it through."""

    def __init__(self, url: str, key: str, manner: Manner = Manner()) -> None:
        super().__init__(Exchange(url, manner, {"Authorization": f"Bearer {key}"}))

    def presets(self) -> list[str]:
        """The ids that ``preset`` may have."""
        return [preset["id"] for preset in self._ask("GET", _PRESETS_PATH)["presets"]]

    def create(
        self,
        pictures: Sequence[Picture],
        *,
        preset: str | None = None,
        preservation_level: str | None = None,
        instructions: str | None = None,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
    ) -> Batch:
        """Send a batch. Give an ``idempotency_key`` of your own to be able to send it again after a crash of yours.

        Raises `ApiError` or `NoAnswer`.
        """
        wishes = {
            "preset": preset,
            "preservation_level": preservation_level,
            "instructions": instructions,
            "webhook_url": webhook_url,
        }
        body: dict[str, Any] = {"images": [picture.to_json() for picture in pictures]}
        body |= {name: value for name, value in wishes.items() if value is not None}
        headers = {"Idempotency-Key": idempotency_key or str(uuid4())}
        return Batch.of(self._ask("POST", _PATH, json=body, headers=headers)["enhancement"])

    def find(self, batch_id: str) -> Batch:
        """Raises `ApiError` or `NoAnswer`."""
        return Batch.of(self._ask("GET", f"{_PATH}/{batch_id}")["enhancement"])

    def wait(self, batch_id: str, seconds: float, every: float = 5.0) -> Batch:
        """The batch when it has ended. Raises `TooLate`, and as `find` does."""
        return waited_for(
            lambda: self.find(batch_id),
            lambda batch: batch.has_ended,
            lambda batch: TooLate(f"The batch {batch_id} is still {batch.status} after {seconds:g} seconds."),
            self._exchange.manner.sleep,
            seconds,
            every,
        )

    def _ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        return self._exchange.until_told(lambda: self._once(method, path, **request))

    def _once(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        answer = self._exchange.send(method, path, **request)
        try:
            body: dict[str, Any] = answer.json()
            if answer.is_success:
                return body
            told = body["error"]
            refused = ApiError(answer.status_code, told["code"], told["message"], told["request_id"])
        except (ValueError, KeyError, TypeError):
            raise Later(NoAnswer(f"The server answered {answer.status_code} with what is no answer of it.")) from None
        if refused.api_code == "rate_limit_exceeded":
            raise Later(refused, _seconds(answer.headers.get("retry-after")))
        if refused.api_code == "too_many_active_enhancements":
            raise Later(refused, _BUSY_SECONDS)
        if refused.api_code in _WORTH_RETRYING:
            raise Later(refused)
        raise refused


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.isdecimal() else None
