# SPDX-License-Identifier: Apache-2.0
"""How finely a plate is baked."""

from typing import Final, NamedTuple

SAMPLES_AT_ONCE: Final = 4
ROLE_SAMPLES: Final = 8
STEP: Final = "step"
"""The line that a baking process prints for each portion of work."""


class Quality(NamedTuple):
    """Size in px and samples per pixel."""

    size: tuple[int, int]
    samples: int

    @property
    def steps(self) -> int:
        """How many portions of work a bake reports."""
        return 2 * portions(self.samples) + portions(ROLE_SAMPLES) + 3


def portions(samples: int) -> int:
    """How many renders a number of samples takes: the whole at once would need many times the memory."""
    return -(-samples // SAMPLES_AT_ONCE)
