# SPDX-License-Identifier: Apache-2.0
"""Limits as values. None means that nothing is counted."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a limit leaves: ``limit`` in all, ``remaining`` now, all of it again at ``reset`` (Unix seconds)."""

    limit: int
    remaining: int
    reset: float


@dataclass(frozen=True, slots=True)
class RequestRates:
    """Requests per hour: to create and to look, by key; without a valid key, by address."""

    create: int | None = None
    status: int | None = None
    unauthenticated: int | None = None


@dataclass(frozen=True, slots=True)
class BatchCaps:
    """Pictures that a key may have made in an hour, and batches that may be active."""

    images_per_hour: int | None = None
    active_per_key: int | None = None
    active_per_account: int | None = None


VENDOR_RATES: Final = RequestRates(create=5, status=120, unauthenticated=100)
VENDOR_BATCHES: Final = BatchCaps(images_per_hour=25, active_per_key=1, active_per_account=2)
