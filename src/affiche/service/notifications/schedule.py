# SPDX-License-Identifier: Apache-2.0
"""When a failed notification is tried again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

RETRY_SECONDS: Final = (5.0, 30.0, 120.0, 600.0, 1800.0)
CALLBACK_RETRY_SECONDS: Final = (60.0, 300.0, 1800.0, 7200.0, 43200.0)
_WORTH_RETRYING: Final = frozenset({408, 425, 429})
_MOST_PATIENCE: Final = 2.0


def is_delivered(status: int) -> bool:
    return 200 <= status < 300


def is_final_refusal(status: int) -> bool:
    """A 4xx says that the message itself is unwelcome; only those that ask for patience are tried again."""
    return 400 <= status < 500 and status not in _WORTH_RETRYING


def delay_after(failures: int, asked: float | None = None, schedule: tuple[float, ...] = RETRY_SECONDS) -> float | None:
    """Seconds until the next try after ``failures`` failed ones, or None to give up. A receiver that asks for ``asked``
    seconds is given them, up to twice the schedule's own."""
    if failures > len(schedule):
        return None
    delay = schedule[failures - 1]
    return min(max(delay, asked or 0.0), _MOST_PATIENCE * delay)


def asked_seconds(retry_after: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header names, as seconds or as a date (RFC 9110, 10.2.3); None if it names none."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())
