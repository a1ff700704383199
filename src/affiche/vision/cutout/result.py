# SPDX-License-Identifier: Apache-2.0
"""What a cut-out is, and the refusal to make one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.errors import AfficheError


class State(StrEnum):
    """How far a cut-out can be trusted without a look at it."""

    OK = "ok"
    LOW_CONFIDENCE = "low_confidence"


class TrimBox(NamedTuple):
    """The part of the photo that the product fills, in its px."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Cutout:
    """A product without its background.

    ``pixels`` are RGBA (height, width, 4) of the photo's size with straight alpha; clear pixels are black and edge
    pixels have the product's own colour. ``box`` holds everything that is not clear. ``confidence`` is 0..1.
    """

    pixels: NDArray[np.uint8]
    box: TrimBox
    state: State
    confidence: float

    @property
    def trimmed(self) -> NDArray[np.uint8]:
        """The pixels within ``box``."""
        x, y, width, height = self.box
        return np.ascontiguousarray(self.pixels[y : y + height, x : x + width])


class UnknownForeground(AfficheError):
    """Nothing in the photo can be told from the rest as the product; ``confidence`` 0..1 says how unlikely it is."""

    code: ClassVar[str] = "unknown_foreground"

    def __init__(self, reason: str, confidence: float = 0.0) -> None:
        super().__init__(f"{reason} Send a photo of one product in front of a plain background.")
        self.confidence = confidence
