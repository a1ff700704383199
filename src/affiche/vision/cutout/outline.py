# SPDX-License-Identifier: Apache-2.0
"""Where the product is in a small copy of the photo: the best guess, freed of what the old floor added to it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Mask
from affiche.vision.cutout.bars import within_bars
from affiche.vision.cutout.evidence import SIDE, read_evidence
from affiche.vision.cutout.floor import Ground, floor_at_foot, mirror_line, read_ground, shadow
from affiche.vision.cutout.holes import settled
from affiche.vision.cutout.hypotheses import Hypothesis, hypotheses, without_crumbs
from affiche.vision.cutout.pale import completed
from affiche.vision.saliency import shrunk

_STUDIO: Final = 0.3
_LARGEST_LOSS: Final = 0.5
_LIFTS: Final = 2
"""With the shadow gone the product's own colours are known better, and with them what is left of the shadow."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The product as a ``mask`` (h, w) on a small copy of the photo, long side at most 400.

    ``ground`` is the stage it stands on, if that is a quiet one; ``clean`` how far it is a studio's, 0..1. ``score``
    is the best guess's, ``agreement`` 0..1 the mean overlap (IoU) of the other guesses with it, ``contrast`` how much
    more salient the inside is than the outside.
    """

    mask: Mask
    ground: Ground | None
    score: float
    agreement: float
    clean: float
    contrast: float


def find_outline(rgb: NDArray[np.uint8]) -> Outline:
    """The product's outline in an RGB photo (height, width, 3). The mask may be empty."""
    small = shrunk(rgb, SIDE)
    rows, columns = within_bars(small)
    seen = read_evidence(small[rows, columns])
    best, *others = hypotheses(seen)
    mask, ground = best.mask, None
    if seen.backdrop.clean > _STUDIO and mask.any():
        for _ in range(_LIFTS):
            ground = read_ground(seen.rgb, mask)
            mask = _lifted(ground, mask)
        lifted = completed(seen, mask)
        mask = settled(without_crumbs(lifted, seen.fused), seen.lab, seen.backdrop)
    inside, outside = seen.fused[mask], seen.fused[~mask]
    contrast = float(inside.mean() - outside.mean()) if len(inside) and len(outside) else 0.0
    whole = np.zeros(small.shape[:2], np.bool_)
    whole[rows, columns] = mask
    # A ground that covers only part of the photo would not fit its whole; bars and studios do not go together.
    fits = ground if whole.shape == mask.shape else None
    return Outline(whole, fits, best.score, _agreement(best, others), seen.backdrop.clean, contrast)


def _lifted(ground: Ground, mask: Mask) -> Mask:
    """``mask`` without the product's shadow and without its mirror image in the floor."""
    line = mirror_line(ground, mask)
    without = mask.copy()
    if line is not None:
        without[line:] = False
    without &= ~shadow(ground, without)
    without &= ~floor_at_foot(ground, without)
    without = cv2.morphologyEx(without.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0
    return np.asarray(without if without.sum() >= _LARGEST_LOSS * mask.sum() else mask)


def _agreement(best: Hypothesis, others: list[Hypothesis]) -> float:
    overlaps = [float((best.mask & other.mask).sum() / max(1, int((best.mask | other.mask).sum()))) for other in others]
    return sum(overlaps) / len(overlaps)
