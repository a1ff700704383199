# SPDX-License-Identifier: Apache-2.0
"""What sort of thing a silhouette is. Where outlines do not tell, it is just a product: no guess is better than a
wrong one."""

from enum import StrEnum
from typing import Final

import numpy as np

from affiche.recognition.silhouette import Profile, Silhouette


class Form(StrEnum):
    """The word for it in a sentence."""

    BOTTLE = "bottle"
    JAR = "jar"
    TUBE = "tube"
    CAN = "can"
    PACK = "pack"
    BAG = "bag"
    MUG = "mug"
    PRODUCT = "product"


_EVEN: Final = 0.92
_BOXY: Final = 0.86
_SOLID: Final = 0.90
_ROUND_FOOT: Final = 0.02
_HANDLE: Final = 0.01


def form_of(silhouette: Silhouette, *, printed: bool) -> Form:
    """The form that fits, or `Form.PRODUCT`. ``printed`` says that text was read on it: a rectangle with print is a
    pack, one without may be anything from a telephone to a cushion."""
    if silhouette.holes > _HANDLE:
        return _with_handle(silhouette)
    if silhouette.evenness > _EVEN and silhouette.solidity > _SOLID:
        turned = _turned(silhouette)
        if turned is not None:
            return turned
    boxy = silhouette.boxiness > _BOXY and silhouette.solidity > _SOLID
    return Form.PACK if boxy and printed else Form.PRODUCT


def _with_handle(silhouette: Silhouette) -> Form:
    """A handle on top makes a bag, one at the side a mug."""
    across, down = silhouette.hole_at
    if down < 0.4 and 0.35 < across < 0.65 and silhouette.width(0.75, 0.95) > 0.8 and silhouette.solidity > _SOLID:
        return Form.BAG
    sided = across < 0.3 or across > 0.7
    if sided and 0.25 < down < 0.75 and 0.6 < silhouette.aspect < 1.4 and silhouette.solidity > _SOLID:
        return Form.MUG
    return Form.PRODUCT


def _turned(silhouette: Silhouette) -> Form | None:
    """The forms that are alike on the left and on the right."""
    neck, body = silhouette.width(0.02, 0.12), silhouette.width(0.6, 0.9)
    if silhouette.aspect > 1.4 and neck < 0.62 and body > 0.9 and _straight(silhouette, 0.55, 0.85):
        return Form.BOTTLE
    if silhouette.aspect > 1.5 and (_tapers(silhouette.widths) or _tapers(silhouette.widths[::-1])):
        return Form.TUBE
    if silhouette.boxiness < _BOXY or silhouette.sag < _ROUND_FOOT:
        return None
    if 1.4 < silhouette.aspect < 2.6 and silhouette.evenness > 0.96 and silhouette.width(0.2, 0.8) > 0.97:
        return Form.CAN
    return Form.JAR if 0.55 < silhouette.aspect < 1.4 and silhouette.evenness > 0.94 else None


def _straight(silhouette: Silhouette, start: float, end: float) -> bool:
    part = silhouette.widths[int(start * 100) : int(end * 100)]
    return float(np.ptp(part)) < 0.12


def _tapers(widths: Profile) -> bool:
    """Whether it narrows evenly from a flat end that is the widest to a cap: from 1 to 0.4 .. 0.85 of it."""
    body = widths[4:70]
    rows = np.arange(len(body))
    slope, start = np.polyfit(rows, body, 1)
    strays = float(np.abs(body - (start + slope * rows)).max())
    fall = -slope * len(body)
    return bool(widths[2] > 0.93 and 0.10 < fall < 0.5 and strays < 0.04 and widths[85:96].mean() < 0.85)
