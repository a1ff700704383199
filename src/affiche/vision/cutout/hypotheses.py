# SPDX-License-Identifier: Apache-2.0
"""Several guesses at the product's outline, each from another hint, and how believable each of them is."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Mask, rim
from affiche.vision.cutout.cutting import LARGEST, SMALLEST
from affiche.vision.cutout.evidence import Evidence, Map, stretched
from affiche.vision.cutout.holes import settled

_ROUNDS: Final = 2
_SEED: Final = 1
_MINOR: Final = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Hypothesis:
    """One outline ``mask`` (h, w) with its ``score``: about 0 for nonsense, 2.5 for a product on seamless paper."""

    name: str
    mask: Mask
    score: float


def hypotheses(seen: Evidence) -> tuple[Hypothesis, ...]:
    """The outlines that ``seen`` suggests, the most believable first."""
    judge = _Judge(seen)
    clean = seen.backdrop.clean
    leaning = 0.25 * clean
    found = [
        judge.judged("fused", _grown(seen, seen.fused, 1.35, 1.0)),
        judge.judged("region", _grown(seen, seen.region, 1.35, 0.9)),
        judge.judged("barrier", _grown(seen, stretched(seen.barrier * (0.5 + 0.5 * seen.centre)), 1.3, 1.0)),
    ]
    if clean > 0.15:
        misfit = seen.backdrop.misfit
        opened = cv2.morphologyEx((misfit > 0.5).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        found.append(judge.judged("backdrop", opened > 0, leaning))
        found.append(judge.judged("backdrop, grown", _grown(seen, misfit, 1.3, 0.8), leaning))
    return tuple(sorted(found, key=lambda one: -one.score))


def _grown(seen: Evidence, hint: Map, sure: float, likely: float) -> Mask:
    """GrabCut (C. Rother et al., 2004) seeded by a hint: sure and likely are factors of its Otsu threshold."""
    levels = (np.clip(hint, 0, 1) * 255).astype(np.uint8)
    threshold = float(np.clip(cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)[0] / 255, 0.15, 0.75))
    certain, probable = min(0.95, threshold * sure), threshold * likely
    labels = np.where(hint > probable, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[hint < 0.35 * probable] = cv2.GC_BGD
    core = cv2.erode((hint > certain).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    labels[core] = cv2.GC_FGD
    labels[rim(hint.shape, 2) & (hint < certain)] = cv2.GC_BGD
    inside = (labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)
    if not inside.any() or inside.all():
        return np.asarray(hint > probable)
    cv2.setRNGSeed(_SEED)
    beyond, within = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(seen.rgb, labels, (0, 0, 0, 0), beyond, within, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.asarray((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD))


class _Judge:
    """Scores masks over one photo."""

    def __init__(self, seen: Evidence) -> None:
        self._seen = seen

    def judged(self, name: str, mask: Mask, leaning: float = 0.0) -> Hypothesis:
        seen = self._seen
        tidy = without_crumbs(settled(mask, seen.lab, seen.backdrop), seen.fused)
        return Hypothesis(name, tidy, self._score(tidy) + leaning)

    def _score(self, mask: Mask) -> float:
        """Different colours inside and outside, salience inside, edges along the outline; against it speak contact
        with the frame, pieces, size and a ragged outline."""
        share = float(mask.mean())
        if not SMALLEST <= share <= LARGEST:
            return -1.0
        edge = _outline(mask)
        inner = edge & ~rim(mask.shape, 2)
        support = float(self._gradient[inner].mean()) if inner.any() else 0.0
        contact = float(mask[rim(mask.shape, 2)].mean())
        salience = float(self._seen.fused[mask].mean() - self._seen.fused[~mask].mean())
        areas = cv2.connectedComponentsWithStats(mask.astype(np.uint8))[2][1:, cv2.CC_STAT_AREA]
        pieces = 1 - float(areas.max() / areas.sum())
        ragged = float(edge.sum()) / 2 / float(np.sqrt(mask.sum()))
        score = 1.1 * (1 - self._shared_colours(mask)) + 1.2 * salience + 0.9 * support
        score -= 0.9 * max(0.0, contact - 0.12) + 0.35 * pieces
        return score - 0.25 * max(0.0, share - 0.7) / 0.3 - 0.03 * max(0.0, ragged - 8)

    def _shared_colours(self, mask: Mask) -> float:
        """Bhattacharyya overlap 0..1 of the colours inside and outside."""
        count = int(self._colours.max()) + 1
        inside = np.bincount(self._colours[mask], minlength=count) / mask.sum()
        outside = np.bincount(self._colours[~mask], minlength=count) / (~mask).sum()
        return float(np.sqrt(inside * outside).sum())

    @cached_property
    def _colours(self) -> NDArray[np.int64]:
        """The bin, 12 x 14 x 14 in Lab, that each pixel falls into."""
        bins = np.floor(self._seen.lab / np.array([12, 14, 14], np.float32)).astype(np.int64)
        bins += np.array([0, 10, 10])
        return np.asarray(bins[..., 0] * 400 + bins[..., 1] * 20 + bins[..., 2])

    @cached_property
    def _gradient(self) -> Map:
        """Steps in colour, 1 for the strongest three in a hundred."""
        smooth = cv2.GaussianBlur(self._seen.lab, (0, 0), 1.0)
        along, down = (cv2.Sobel(smooth, cv2.CV_32F, *axis) for axis in ((1, 0), (0, 1)))
        steep = np.sqrt((along**2 + down**2).sum(axis=2))
        return np.asarray(np.clip(steep / (np.percentile(steep, 97) + 1e-6), 0, 1), np.float32)


def _outline(mask: Mask) -> Mask:
    levels, square = mask.astype(np.uint8), np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(levels, square) != cv2.erode(levels, square))


def without_crumbs(mask: Mask, salient: Map) -> Mask:
    """``mask`` without the pieces that weigh little, area times salience, beside the main one."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count <= 2:
        return mask
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    salience = np.bincount(labels.ravel(), salient.ravel(), count) / areas
    weight = areas * np.maximum(salience, 0) ** 1.5
    kept = weight >= _MINOR * weight[1:].max()
    kept[0] = False
    return np.asarray(kept[labels])
