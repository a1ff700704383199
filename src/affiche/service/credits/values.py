# SPDX-License-Identifier: Apache-2.0
"""The names that the ledger is written in, and what its use cases give."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Pool(StrEnum):
    """Credits of one kind. Only purchased ones pay for work; ``OPEN`` is what work costs on a server that meters
    nothing, where the books are kept all the same."""

    PURCHASED = "purchased"
    PROMOTIONAL = "promotional"
    OPEN = "open"


class Account(StrEnum):
    """Where credits of a pool can be. ``ISSUED`` is where they come from, so its balance is what was granted, below
    zero."""

    ISSUED = "issued"
    AVAILABLE = "available"
    HELD = "held"
    SPENT = "spent"


class Movement(StrEnum):
    """Everything that ever moves credits, as (source, target)."""

    GRANT = "grant"
    HOLD = "hold"
    SETTLE = "settle"
    RELEASE = "release"

    @property
    def way(self) -> tuple[Account, Account]:
        return {
            Movement.GRANT: (Account.ISSUED, Account.AVAILABLE),
            Movement.HOLD: (Account.AVAILABLE, Account.HELD),
            Movement.SETTLE: (Account.HELD, Account.SPENT),
            Movement.RELEASE: (Account.HELD, Account.AVAILABLE),
        }[self]


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """``metered`` servers let nobody spend more than was purchased, and ask for ``threshold`` credits purchased in all
    before live use."""

    metered: bool = False
    threshold: int = 200


@dataclass(frozen=True, slots=True)
class Balance:
    """An application's credits of one pool. ``granted`` is all that was ever put in."""

    application_id: UUID
    pool: Pool
    granted: int
    available: int
    held: int
    spent: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of the ledger. ``key`` names the effect; ``hold`` is the number of the hold that it ends in part."""

    number: int
    key: str
    application_id: UUID
    pool: Pool
    movement: Movement
    amount: int
    hold: int | None
    note: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Audit:
    """What a check of the books saw: how many entries, the credits they spent and hold, a sentence for each fault."""

    entries: int
    spent: int
    held: int
    findings: tuple[str, ...]
