# SPDX-License-Identifier: Apache-2.0
"""What makes pictures of scenes: the studio, and whatever may stand in for it."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from affiche.studio.preset import Preset
from affiche.studio.studio import Photograph

Bytes = NDArray[np.uint8]


class SceneEngine(Protocol):
    """Sizes in px; RGB pictures (height, width, 3), RGBA cut-outs. ``variant`` counts from 1; the same arguments give
    the same picture."""

    def picture(
        self,
        preset: Preset,
        cutout: Bytes | None,
        width: int,
        height: int,
        variant: int = 1,
        seed: int = 0,
        *,
        personal: bool = True,
    ) -> Bytes:
        """The picture alone; without a cut-out the empty scene."""
        ...

    def photograph(
        self,
        preset: Preset,
        cutout: Bytes,
        width: int,
        height: int,
        variant: int = 1,
        seed: int = 0,
        *,
        personal: bool = True,
    ) -> Photograph:
        """The picture with its receipt. Raises `NotFaithful` for a product that would not look like its cut-out."""
        ...
