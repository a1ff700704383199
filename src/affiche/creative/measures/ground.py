# SPDX-License-Identifier: Apache-2.0
"""The benchmark's measures of elements against the picture under them: utility, occlusion, readability."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box
from affiche.creative.measures.elements import Element, Kind
from affiche.images.native import cv2
from affiche.vision.saliency import Map, saliency

Pixels = NDArray[np.uint8]

_AREA: Final = 513 * 750


@dataclass(frozen=True)
class Ground:
    """The picture on which elements are laid out, ``pixels`` (h, w, 3) RGB, ``scale`` times the canvas, with its
    ``salient`` map (h, w) of 0..1."""

    pixels: Pixels
    scale: tuple[float, float]
    salient: Map

    @classmethod
    def of(cls, canvas: Pixels, faces: Iterable[Box] = ()) -> Self:
        """Of a painted canvas (height, width, 3) RGB without elements, reduced to the area of the benchmark's 513 x 750
        pictures. Where the benchmark takes the larger of two networks' maps, we take our classical saliency, and
        ``faces`` (canvas px) as wholly salient."""
        height, width = canvas.shape[:2]
        factor = min(1.0, math.sqrt(_AREA / (width * height)))
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        pixels = canvas if factor == 1 else np.asarray(cv2.resize(canvas, size, interpolation=cv2.INTER_AREA), np.uint8)
        salient = np.asarray(cv2.resize(saliency(canvas), size, interpolation=cv2.INTER_LINEAR), np.float32)
        ground = cls(pixels, (size[0] / width, size[1] / height), salient)
        salient[ground.covered(faces)] = 1.0
        return ground

    def covered(self, boxes: Iterable[Box]) -> NDArray[np.bool_]:
        """Which pixels lie under ``boxes`` of the canvas."""
        mask = np.zeros(self.pixels.shape[:2], np.bool_)
        for box in boxes:
            mask[self._rows(box), self._columns(box)] = True
        return mask

    @cached_property
    def gradient(self) -> NDArray[np.float64]:
        """Sobel's gradient of the grey picture, sqrt((gx^2 + gy^2) / 2), as a share of the picture's steepest one."""
        grey = cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY)
        across = np.asarray(cv2.Sobel(grey, cv2.CV_64F, 1, 0))
        down = np.asarray(cv2.Sobel(grey, cv2.CV_64F, 0, 1))
        return _of_largest(np.sqrt((across * across + down * down) / 2))

    @cached_property
    def gradient_in_bytes(self) -> NDArray[np.float64]:
        """The same in arithmetic of eight bits, as the benchmark's program computes it: falling edges count nothing,
        squares and sums wrap at 256."""
        grey = cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY)
        across = np.asarray(cv2.Sobel(grey, -1, 1, 0), np.uint8)
        down = np.asarray(cv2.Sobel(grey, -1, 0, 1), np.uint8)
        return _of_largest(np.sqrt((across * across + down * down) / 2))

    def _columns(self, box: Box) -> slice:
        return slice(max(0, int(box.x * self.scale[0])), max(0, int(box.right * self.scale[0])))

    def _rows(self, box: Box) -> slice:
        return slice(max(0, int(box.y * self.scale[1])), max(0, int(box.bottom * self.scale[1])))


def utility(elements: Sequence[Element], ground: Ground) -> float:
    """Uti: how much of what is not salient (1 - saliency, summed) lies under elements, 0..1; more is better."""
    free = 1.0 - ground.salient.astype(np.float64)
    total = float(free.sum())
    return float(free[ground.covered(element.box for element in elements)].sum()) / total if total else 0.0


def occlusion(elements: Sequence[Element], ground: Ground) -> float:
    """Occ: mean saliency of the pixels under elements, underlays included, 0..1; less is better."""
    return _mean(ground.salient, ground.covered(element.box for element in elements))


def readability(elements: Sequence[Element], ground: Ground) -> float:
    """Rea: mean gradient, 0..1, of the picture under texts that have no underlay; less is better."""
    return _mean(ground.gradient, _bare_text(elements, ground))


def readability_in_bytes(elements: Sequence[Element], ground: Ground) -> float:
    """Rea in the benchmark's arithmetic of eight bits, the only one that its published 0.187 can be compared with."""
    return _mean(ground.gradient_in_bytes, _bare_text(elements, ground))


def _bare_text(elements: Sequence[Element], ground: Ground) -> NDArray[np.bool_]:
    texts = ground.covered(element.box for element in elements if element.kind is Kind.TEXT)
    under = ground.covered(element.box for element in elements if element.kind is Kind.UNDERLAY)
    return texts & ~under


def _mean(values: NDArray[np.floating], where: NDArray[np.bool_]) -> float:
    chosen = values[where]
    return float(chosen.mean(dtype=np.float64)) if chosen.size else 0.0


def _of_largest(gradient: NDArray[np.float64]) -> NDArray[np.float64]:
    largest = float(gradient.max(initial=0.0))
    return gradient / largest if largest else gradient
