# SPDX-License-Identifier: Apache-2.0
"""The one way in: a photo, or a picture that is cut out already, becomes a `Cutout`."""

from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.evidence import to_lab
from affiche.vision.cutout.result import Cutout, State, TrimBox, UnknownForeground
from affiche.vision.saliency import shrunk

Pixels = NDArray[np.uint8]

SMALLEST: Final = 0.003
LARGEST: Final = 0.97
"""Shares of the picture within which a product must lie."""

_VISIBLE: Final = 8
_OPAQUE: Final = 250
_CLEAR_SHARE: Final = 0.005
_BLANK_SIDE: Final = 128
_BLANK_SPREAD: Final = 4.0


class Cutter(Protocol):
    """Something that finds the product in an opaque photo."""

    def cut(self, rgb: Pixels) -> Cutout:
        """The cut-out of an upright RGB photo (height, width, 3). Raises `UnknownForeground`."""
        ...


def cut_out(picture: Pixels, cutter: Cutter) -> Cutout:
    """The product in an RGBA picture (height, width, 4) with straight alpha.

    A picture with clear parts is somebody's cut-out already and stays as it is. Raises `UnknownForeground`, always for
    a blank picture and for a product of less than `SMALLEST` or more than `LARGEST` of it.
    """
    alpha = picture[..., 3]
    if float((alpha < _OPAQUE).mean()) >= _CLEAR_SHARE:
        pixels = picture.copy()
        pixels[alpha == 0] = 0
        return finished(pixels, 1.0, State.OK)
    rgb = np.ascontiguousarray(picture[..., :3])
    refuse_blank(rgb)
    return cutter.cut(rgb)


def refuse_blank(rgb: Pixels) -> None:
    """Raise `UnknownForeground` where there is nothing but one colour and noise."""
    lab = to_lab(np.asarray(cv2.GaussianBlur(shrunk(rgb, _BLANK_SIDE), (0, 0), 1.5), np.uint8))
    low, high = np.percentile(lab.reshape(-1, 3), (0.2, 99.8), axis=0)
    if float(np.linalg.norm(high - low)) < _BLANK_SPREAD:
        raise UnknownForeground("The picture is blank.")


def refuse_size(share: float) -> None:
    """Raise `UnknownForeground` if the product's ``share`` of the picture is too little or too much."""
    if share < SMALLEST:
        raise UnknownForeground("Nothing large enough stands out in the photo.")
    if share > LARGEST:
        raise UnknownForeground("The product fills the whole photo.")


def finished(pixels: Pixels, confidence: float, state: State) -> Cutout:
    """A cut-out of RGBA pixels, trimmed to what is visible. Raises as `refuse_size` does."""
    alpha = pixels[..., 3]
    refuse_size(float(alpha.mean()) / 255)
    box = TrimBox(*(int(value) for value in cv2.boundingRect((alpha >= _VISIBLE).astype(np.uint8))))
    return Cutout(pixels, box, state, round(confidence, 3))
