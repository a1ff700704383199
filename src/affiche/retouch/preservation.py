# SPDX-License-Identifier: Apache-2.0
"""How much of a picture may change."""

from enum import StrEnum
from typing import Final

from affiche.fidelity import Limits

STRICT: Final = Limits(1.0, 5.0)
BALANCED: Final = Limits(3.0, 10.0)


class Preservation(StrEnum):
    """How much of a picture may change: only light; noise and sharpness too; the scene too."""

    STRICT = "strict"
    BALANCED = "balanced"
    CREATIVE = "creative"

    @property
    def limits(self) -> Limits:
        """How far the product's colours may be from the photo's, in the allowed light."""
        return STRICT if self is Preservation.STRICT else BALANCED
