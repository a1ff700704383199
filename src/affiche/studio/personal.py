# SPDX-License-Identifier: Apache-2.0
"""A preset's colours, blended with the product's: the picture is of the preset, in a shade that suits the product."""

import cmath
import math
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour, Oklch, from_oklch, to_oklch
from affiche.images.native import cv2
from affiche.studio.look import Look
from affiche.studio.plate import Plate
from affiche.studio.preset import Category, Preset
from affiche.studio.scene import Role
from affiche.vision.colours import dominant_colours

_SAMPLED: Final = 96
_OPAQUE: Final = 200
_COLOURED: Final = 0.05
_TURN: Final = 0.15
_MOST_TURN: Final = 9.0
_NEUTRAL: Final = 0.025
_HINT: Final = 0.006
_PAINTED: Final = (Category.MONOCHROME, Category.GRADIENT)


def personalised(preset: Preset, plate: Plate, cutout: NDArray[np.uint8]) -> Look:
    """The preset's look with the hues of all its roles turned a little towards the most frequent strong
    colour of ``cutout`` (RGBA): 15 % of the way, at most 9 degrees. Greys take a hint of it; lightness stays.

    A product without colour changes nothing, and neither do scenes whose colours are those of wood, stone or night."""
    look, wanted = preset.look, _strongest(cutout)
    if wanted is None or not is_painted(preset):
        return look
    colours = list(look.colours)
    for role in Role:
        colours[role] = _leaning(Colour.from_hex(look.colours[role] or plate.meta.colours[role]), wanted).hex
    return replace(look, colours=(colours[0], colours[1], colours[2], colours[3]))


def is_painted(preset: Preset) -> bool:
    """Whether a preset's colours are paint, which may be of any colour, and not those of wood, stone or night."""
    return preset.category in _PAINTED


def _strongest(cutout: NDArray[np.uint8]) -> Oklch | None:
    """The colour that weighs most by its share and its chroma, if it is one."""
    small = np.asarray(cv2.resize(cutout, (_SAMPLED, _SAMPLED), interpolation=cv2.INTER_AREA), np.uint8)
    pixels = small[..., :3][small[..., 3] > _OPAQUE]
    if not len(pixels):
        return None
    found = [(share, to_oklch(colour)) for colour, share in dominant_colours(pixels)]
    share, best = max(found, key=lambda one: one[0] * one[1].chroma)
    return best if best.chroma > _COLOURED and share > _COLOURED else None


def _leaning(colour: Colour, wanted: Oklch) -> Colour:
    own = to_oklch(colour)
    if own.chroma < _NEUTRAL:
        hint = cmath.rect(own.chroma, math.radians(own.hue))
        hint += cmath.rect(_HINT * own.lightness, math.radians(wanted.hue))
        return from_oklch(own.lightness, abs(hint), math.degrees(cmath.phase(hint)) % 360)
    apart = (wanted.hue - own.hue + 180) % 360 - 180
    turn = float(np.clip(_TURN * apart, -_MOST_TURN, _MOST_TURN))
    return from_oklch(own.lightness, own.chroma, (own.hue + turn) % 360)
