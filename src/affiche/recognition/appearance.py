# SPDX-License-Identifier: Apache-2.0
"""What a product looks like apart from its words: colours, and those at its edge."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour, to_oklch
from affiche.images.native import cv2
from affiche.vision.colours import Shares, dominant_colours

Pixels = NDArray[np.uint8]

_SIDE: Final = 160
_SOLID: Final = 250
_HALF: Final = 127
_LEADS: Final = 0.5
_RIM: Final = 0.05


@dataclass(frozen=True, slots=True)
class Appearance:
    """``colours`` of the whole product with their shares and those of its ``rim``, the part next to the background,
    most frequent first."""

    colours: Shares
    rim: Shares

    @property
    def accent_hue(self) -> float | None:
        """The hue in degrees (OKLCH) that the product is remembered by: of the strongest colour by share and chroma;
        None for a product without colour."""
        found = [(share, to_oklch(colour)) for colour, share in self.colours]
        strong = [(share * seen.chroma, seen.hue) for share, seen in found if seen.chroma > 0.06 and share > 0.05]
        return max(strong)[1] if strong else None


def appearance_of(cutout: Pixels) -> Appearance:
    """Of RGBA pixels with straight alpha. Half-clear pixels are left out: they are as much background as product."""
    scale = _SIDE / max(cutout.shape[:2])
    size = max(1, round(cutout.shape[1] * scale)), max(1, round(cutout.shape[0] * scale))
    small = np.asarray(cv2.resize(cutout, size, interpolation=cv2.INTER_AREA), np.uint8) if scale < 1 else cutout
    solid = small[..., 3] >= _SOLID
    if not solid.any():
        solid = small[..., 3] > 0
    reach = cv2.distanceTransform(
        cv2.copyMakeBorder(solid.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 3
    )
    near = (reach[1:-1, 1:-1] <= max(2.0, _RIM * max(small.shape[:2]))) & solid
    return Appearance(dominant_colours(small[solid][:, :3]), dominant_colours(small[near][:, :3]))


def label_colour(cutout: Pixels, box: tuple[float, float, float, float]) -> Colour | None:
    """The colour that the print stands on; None if none leads.

    ``box`` is left, top, right and bottom of the print in shares of the product's box."""
    x, y, width, height = cv2.boundingRect((cutout[..., 3] > _HALF).astype(np.uint8))
    product = cutout[y : y + height, x : x + width]
    left, top, right, bottom = (round(share * side) for share, side in zip(box, (width, height) * 2, strict=True))
    inside = np.zeros(product.shape[:2], np.bool_)
    inside[max(top, 0) : bottom, max(left, 0) : right] = True
    solid = product[..., 3] >= _SOLID
    ground = dominant_colours(product[inside & solid][:, :3])
    if not ground or ground[0][1] < _LEADS:
        return None
    return ground[0][0]
