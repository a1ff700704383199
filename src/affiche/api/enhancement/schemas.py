# SPDX-License-Identifier: Apache-2.0
"""Bodies that the dialect takes."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import QueryParams

from affiche.api.enhancement.errors import InvalidIdempotencyKey, InvalidPayload
from affiche.retouch.preservation import Preservation
from affiche.service.enhancements.values import (
    DEFAULT_OPERATION,
    DEFAULT_PRESET,
    MAX_EXTERNAL_ID,
    MAX_IMAGES,
    MAX_INSTRUCTIONS,
    MAX_URL,
    Listing,
    Order,
    Source,
    Status,
)

DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100
IDEMPOTENCY_KEY: Final = re.compile(r"[A-Za-z0-9._:-]{8,160}")
_NO_NULL: Final = r"^[^\x00]*$"
"""No null characters, which no database takes; halves of surrogate pairs are no text anyhow."""
_WITH_SCHEME: Final = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\x00]*$"


Text = Annotated[str, Field(pattern=_NO_NULL)]
Url = Annotated[str, Field(max_length=MAX_URL, pattern=_WITH_SCHEME)]
WebhookUrl = Annotated[Text, Field(description="A public https address, at most 2048 characters.")]
OperationId = Literal[
    "product_photo_enhance",
    "remove_background",
    "studio_packshot",
    "marketplace_clean",
    "natural_lifestyle",
    "premium_ad",
]
PresetId = Literal["single_product_white_background", "marketplace_clean_catalog", "clean_catalog_group"]


class Body(BaseModel):
    """Types are taken as they come; properties that are unknown are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class ImageBody(Body):
    source_url: Url = Field(description="A public http or https address of a JPEG, PNG or WebP of at most 10 MB.")
    external_id: Annotated[Text, Field(min_length=1, max_length=MAX_EXTERNAL_ID)] | None = Field(
        default=None, description="Your own id of the picture, told in status answers and webhooks."
    )

    @property
    def source(self) -> Source:
        return Source(self.source_url, self.external_id)


class CreateBody(Body):
    """What an endpoint takes that makes batches."""

    @classmethod
    def of(cls, content: Any) -> Self:
        """Raises `InvalidPayload`."""
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise InvalidPayload from error

    @property
    def order(self) -> Order:
        """What is asked for, in the terms of the use case."""
        raise NotImplementedError


class _ImagesBody(CreateBody):
    """What editions 1 and 2 have in common."""

    images: Annotated[list[ImageBody], Field(min_length=1, max_length=MAX_IMAGES)]
    preservation_level: Literal["strict", "balanced", "creative"] | None = None
    instructions: Annotated[Text, Field(min_length=1, max_length=MAX_INSTRUCTIONS)] | None = None
    webhook_url: WebhookUrl | None = None

    def _ordered(self, treatment: str) -> Order:
        return Order(
            tuple(image.source for image in self.images),
            treatment,
            Preservation(self.preservation_level or Preservation.STRICT),
            self.instructions or "",
            self.webhook_url,
        )


class EnhancementBody(_ImagesBody):
    preset: PresetId | None = None

    @property
    def order(self) -> Order:
        return self._ordered(self.preset or DEFAULT_PRESET)


class JobBody(_ImagesBody):
    """``preset`` is one of the same ids, though the edition documents it as free text."""

    operation: OperationId | None = None
    preset: PresetId | None = None

    @property
    def order(self) -> Order:
        """The operation decides; a preset says how to do the most general one."""
        operation = self.operation or DEFAULT_OPERATION
        return self._ordered(self.preset if self.preset and operation == DEFAULT_OPERATION else operation)


def job_query(query: QueryParams) -> Listing:
    """What a list of jobs is asked for. Raises `InvalidPayload`."""
    try:
        limit = int(query.get("limit", str(DEFAULT_LIMIT)))
        before = datetime.fromisoformat(query["cursor"].replace(" ", "+")) if "cursor" in query else None
        status = Status(query["status"]) if "status" in query else None
        if not 1 <= limit <= MAX_LIMIT:
            raise ValueError("limit")
        if before is not None:
            before = before.astimezone(UTC) if before.tzinfo else before.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidPayload from error
    return Listing(limit, before, status)


def parsed(content: bytes) -> dict[str, Any]:
    """A JSON object. Raises `InvalidPayload`."""
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidPayload from error
    if not isinstance(body, dict):
        raise InvalidPayload
    return body


def digest(path: str, body: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of where a body was sent and of the body as canonical JSON: formatting does not count, the order of
    arrays does."""
    canonical = json.dumps([path, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def idempotency_key(values: list[str]) -> str:
    """The one value of the header. Raises `InvalidIdempotencyKey`."""
    if len(values) != 1 or not IDEMPOTENCY_KEY.fullmatch(values[0]):
        raise InvalidIdempotencyKey
    return values[0]
