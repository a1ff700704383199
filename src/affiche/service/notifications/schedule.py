# SPDX-License-Identifier: Apache-2.0
"""When a failed notification is tried again."""

from typing import Final

RETRY_SECONDS: Final = (5.0, 30.0, 120.0, 600.0, 1800.0)
_WORTH_RETRYING: Final = frozenset({408, 425, 429})


def is_delivered(status: int) -> bool:
    return 200 <= status < 300


def is_final_refusal(status: int) -> bool:
    """A 4xx says that the message itself is unwelcome; only those that ask for patience are tried again."""
    return 400 <= status < 500 and status not in _WORTH_RETRYING


def delay_after(attempts: int) -> float | None:
    """Seconds until the next try after ``attempts`` failed ones of a round, or None to give up."""
    return RETRY_SECONDS[attempts - 1] if attempts <= len(RETRY_SECONDS) else None
