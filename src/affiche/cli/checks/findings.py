# SPDX-License-Identifier: Apache-2.0
"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """LACKING: works, with less. BROKEN: does not work."""

    OK = "ok"
    LACKING = "lacking"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``cost`` says what does not work without it, and the remedy."""

    name: str
    state: State
    detail: str
    cost: str = ""
