# SPDX-License-Identifier: Apache-2.0
"""Whether the ledger charges product photos that were downloaded, once each, and no others."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy.orm import Session

from affiche.service.credits.credits import end_key, hold_key
from affiche.service.credits.values import Movement
from affiche.service.photoshoots.downloads import work_of
from affiche.service.processes.families import Family
from affiche.store import ledger, processes

_WORK: Final = work_of("")


def reconcile(session: Session) -> Iterator[str]:
    """A sentence for every difference. A photo that was downloaded while photos cost nothing has no entries."""
    holds, ends = ledger.named(session, hold_key(_WORK)), ledger.named(session, end_key(_WORK))
    downloaded = {str(task): owner for task, owner in processes.downloaded(session, Family.PHOTOSHOOTS)}
    for key, hold in holds.items():
        photo = key.removeprefix(hold_key(_WORK))
        end = ends.pop(end_key(work_of(photo)), None)
        if downloaded.get(photo) != hold.application_id:
            yield f"Entry {hold.number} holds credits for product photo {photo}, which was never downloaded."
        if end is None or (end.kind, end.amount, end.hold_number) != (Movement.SETTLE, hold.amount, hold.number):
            told = f"{end.kind} of {end.amount}" if end else "nothing"
            yield f"Entry {hold.number} holds {hold.amount} for product photo {photo}, but its end is: {told}."
    for end in ends.values():
        yield f"Entry {end.number} ({end.key}) charges a product photo for which nothing was held."
