# SPDX-License-Identifier: Apache-2.0
"""One measured figure, and how to sum up many."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit, and under which conditions it was measured."""

    name: str
    value: float
    unit: str
    conditions: str


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0..1) of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1)]
