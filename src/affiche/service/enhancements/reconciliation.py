# SPDX-License-Identifier: Apache-2.0
"""Whether the ledger tells of the enhancement batches what became of them, credit by credit."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy.orm import Session

from affiche.service.credits.credits import end_key, hold_key
from affiche.service.credits.values import Movement
from affiche.service.enhancements.create import part_of, work_of
from affiche.service.enhancements.values import ItemStatus
from affiche.store import enhancements, ledger
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.ledger_tables import LedgerEntryRow

_HOLDS: Final = hold_key("enhancement:")
_ENDS: Final = end_key("enhancement-item:")
_MOVEMENTS: Final[Mapping[str, Movement]] = {
    ItemStatus.COMPLETED: Movement.SETTLE,
    ItemStatus.FAILED: Movement.RELEASE,
    ItemStatus.CANCELLED: Movement.RELEASE,
}
"""How an item of a status has to have ended; one of another status must not have ended."""


def reconcile(session: Session) -> Iterator[str]:
    """A sentence for every difference: each batch that costs credits has one hold of all its pictures' price; what was
    completed is settled at that price, what was not is released, once each; and nothing else is held or ended."""
    holds, ends = ledger.named(session, _HOLDS), ledger.named(session, _ENDS)
    held: dict[object, LedgerEntryRow] = {}
    for batch in enhancements.paid(session):
        hold = holds.pop(hold_key(work_of(batch)), None)
        price = batch.credits_per_item * batch.total_items
        if hold is None or (hold.amount, hold.application_id) != (price, batch.application_id):
            yield f"Enhancement {batch.id} costs {price} credits, but the ledger has: {_told(hold)}."
        else:
            held[batch.id] = hold
    for item, batch in enhancements.paid_items(session):
        end = ends.pop(end_key(part_of(item)), None)
        if not _is_right(item, batch, end, held.get(batch.id)):
            yield f"Item {item.id} of enhancement {batch.id} is {item.status}, but the ledger has: {_told(end)}."
    for entry in (*holds.values(), *ends.values()):
        yield f"Entry {entry.number} ({entry.key}) is of no picture that costs credits."


def _is_right(
    item: EnhancementItemRow, batch: EnhancementRow, end: LedgerEntryRow | None, hold: LedgerEntryRow | None
) -> bool:
    movement = _MOVEMENTS.get(item.status)
    if movement is None or end is None:
        return movement is None and end is None
    of_its_hold = hold is None or end.hold_number == hold.number
    return end.kind == movement and end.amount == batch.credits_per_item and of_its_hold


def _told(entry: LedgerEntryRow | None) -> str:
    return f"{entry.kind} of {entry.amount}" if entry else "nothing"
