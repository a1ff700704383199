# SPDX-License-Identifier: Apache-2.0
"""From rows to what clients see."""

from collections.abc import Sequence
from typing import Any

from affiche.service.accounts.key_values import Environment
from affiche.service.enhancements.faults import SENTENCES
from affiche.service.enhancements.results import SANDBOX_NAME, Links
from affiche.service.enhancements.values import EnhancementView, ItemStatus, ItemView, Status
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow


def enhancement_view(batch: EnhancementRow, items: Sequence[EnhancementItemRow], links: Links) -> EnhancementView:
    return EnhancementView(
        batch.id,
        Status(batch.status),
        batch.environment == Environment.SANDBOX,
        batch.total_items,
        batch.credits_per_item * batch.total_items,
        tuple(item_view(batch, item, links) for item in items),
        batch.created_at,
        batch.touched_at,
        batch.completed_at,
    )


def item_view(batch: EnhancementRow, item: EnhancementItemRow, links: Links) -> ItemView:
    status = ItemStatus(item.status)
    done = status is ItemStatus.COMPLETED
    token = SANDBOX_NAME if done and batch.environment == Environment.SANDBOX else item.token
    shown = token if done else None
    return ItemView(
        item.id,
        item.external_id,
        item.source_url,
        status,
        batch.credits_per_item,
        batch.credits_per_item if done else 0,
        links.result(shown) if shown else None,
        links.thumbnail(shown) if shown else None,
        item.error_code,
        SENTENCES[item.error_code] if item.error_code else None,
        tuple(item.notes or ()),
    )


def moment(value: Any) -> str | None:
    """ISO 8601 in UTC with whole seconds."""
    return None if value is None else f"{value:%Y-%m-%dT%H:%M:%SZ}"


def enhancement_json(view: EnhancementView) -> dict[str, Any]:
    """A batch in full, for the status answer and for events."""
    return {
        "id": str(view.enhancement_id),
        "status": view.status.value,
        "total_items": view.total_items,
        "completed_items": view.count(ItemStatus.COMPLETED),
        "failed_items": view.count(ItemStatus.FAILED),
        "credits_reserved": view.credits_reserved,
        "credits_used": view.credits_used,
        "sandbox": view.sandbox,
        "items": [item_json(item) for item in view.items],
        "created_at": moment(view.created),
        "completed_at": moment(view.completed),
    }


def item_json(item: ItemView) -> dict[str, Any]:
    """An item of a batch; ``notes`` only if there are any."""
    told = outcome_json(item)
    shown = {name: told[name] for name in ("id", "external_id", "status")}
    shown |= {"credits_reserved": item.credits_reserved, "credits_used": item.credits_used}
    shown |= {name: told[name] for name in ("result_url", "thumbnail_url", "error_code", "error_message")}
    return shown | ({"notes": list(item.notes)} if item.notes else {})


def outcome_json(item: ItemView) -> dict[str, Any]:
    """What became of an item, without what it cost."""
    return {
        "id": str(item.item_id),
        "external_id": item.external_id,
        "status": item.status.value,
        "result_url": item.result_url,
        "thumbnail_url": item.thumbnail_url,
        "error_code": item.error_code,
        "error_message": item.error_message,
    }
