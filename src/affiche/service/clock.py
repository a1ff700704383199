# SPDX-License-Identifier: Apache-2.0
"""Time as a port: use cases ask a clock that is handed to them."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, UTC."""
    return datetime.now(UTC)
