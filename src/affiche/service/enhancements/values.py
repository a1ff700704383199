# SPDX-License-Identifier: Apache-2.0
"""An enhancement: a batch of product pictures, each of which ends by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from affiche.retouch.preservation import Preservation
from affiche.retouch.wishes import NO_WISHES, Wishes


class Status(StrEnum):
    """The life of a batch; the last four are final."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    PARTIALLY_COMPLETED = "partially_completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ItemStatus(StrEnum):
    """The life of a picture; the last three are final."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE: Final = (Status.QUEUED, Status.PROCESSING)
OPEN: Final = (ItemStatus.QUEUED, ItemStatus.PROCESSING)


def status_of(items: Collection[ItemStatus]) -> Status:
    """How a batch ends whose items have all ended."""
    ended = set(items)
    if ItemStatus.CANCELLED in ended:
        return Status.CANCELLED
    if ended == {ItemStatus.COMPLETED}:
        return Status.COMPLETED
    return Status.PARTIALLY_COMPLETED if ItemStatus.COMPLETED in ended else Status.FAILED


@dataclass(frozen=True, slots=True)
class Preset:
    """A treatment that clients may ask for."""

    preset_id: str
    name: str
    description: str


PRESETS: Final = (
    Preset(
        "single_product_white_background",
        "Single product white background",
        "One product, cut out cleanly and centred on pure white with a natural contact shadow.",
    ),
    Preset(
        "marketplace_clean_catalog",
        "Marketplace clean catalog",
        "Catalogue pictures as marketplaces ask for them: pure white, and the product fills 85 % of the frame.",
    ),
    Preset(
        "clean_catalog_group",
        "Clean catalog group",
        "Several products that belong together, kept in their arrangement on one white ground.",
    ),
)
DEFAULT_PRESET: Final = PRESETS[0].preset_id


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be done to a picture, as the second edition of the API names it."""

    operation_id: str
    name: str
    description: str


OPERATIONS: Final = (
    Operation(
        "product_photo_enhance",
        "Product photo enhance",
        "Exposure, white balance and tone of the photo as it is; a preset sets the product on white.",
    ),
    Operation("remove_background", "Remove background", "The product alone on a clear ground."),
    Operation("studio_packshot", "Studio packshot", "The product on white with the shadow that a studio gives it."),
    Operation("marketplace_clean", "Marketplace clean", "Pure white, centred, 85 % of the frame, as marketplaces ask."),
    Operation("natural_lifestyle", "Natural lifestyle", "The product set into a bright, natural scene."),
    Operation("premium_ad", "Premium ad", "The product set into a scene with the light of an advertisement."),
)
DEFAULT_OPERATION: Final = OPERATIONS[0].operation_id
MAX_IMAGES: Final = 20
MAX_INSTRUCTIONS: Final = 4000
MAX_EXTERNAL_ID: Final = 255
MAX_URL: Final = 2048


@dataclass(frozen=True, slots=True)
class Source:
    """A picture to fetch, and the client's own name for it. ``url`` is empty where a picture is made of words alone."""

    url: str
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The work that a client asks for, whichever edition of the API took it: ``per_source`` pictures of each source."""

    sources: tuple[Source, ...]
    treatment: str = DEFAULT_PRESET
    preservation: Preservation = Preservation.STRICT
    instructions: str = ""
    webhook_url: str | None = None
    wishes: Wishes = NO_WISHES
    per_source: int = 1

    @property
    def total(self) -> int:
        return len(self.sources) * self.per_source


@dataclass(frozen=True, slots=True)
class Draft:
    """A request for work. ``digest`` is that of its body (see the wire), ``idempotency_key`` names it within
    ``resource``, ``request_id`` tells it in logs and events."""

    resource: str
    idempotency_key: str
    digest: str
    request_id: str
    order: Order


@dataclass(frozen=True, slots=True)
class Listing:
    """Which batches are asked for: at most ``limit``, made before then, in such a state."""

    limit: int
    before: datetime | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """A picture of a batch as its client sees it. The URLs are there when it is completed, the code when it failed."""

    item_id: UUID
    external_id: str | None
    source_url: str
    status: ItemStatus
    credits_reserved: int
    credits_used: int
    result_url: str | None
    thumbnail_url: str | None
    error_code: str | None
    error_message: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnhancementView:
    """A batch as its client sees it, with its items in the order of the request."""

    enhancement_id: UUID
    status: Status
    sandbox: bool
    total_items: int
    credits_reserved: int
    items: tuple[ItemView, ...]
    created: datetime
    updated: datetime
    completed: datetime | None

    def count(self, status: ItemStatus) -> int:
        return sum(item.status is status for item in self.items)

    @property
    def credits_used(self) -> int:
        return sum(item.credits_used for item in self.items)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A batch that was taken, now or (``replayed``) when the same request came before; and the credits left."""

    enhancement: EnhancementView
    remaining_credits: int
    replayed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Batches of a list without their items; ``more`` come behind them."""

    shown: tuple[EnhancementView, ...]
    more: bool
