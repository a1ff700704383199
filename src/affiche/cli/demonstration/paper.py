# SPDX-License-Identifier: Apache-2.0
"""What sheets of pictures are made of: paper, rules, lettering, and pictures that hang on it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box, Role, TextLayer
from affiche.images.colour import Colour
from affiche.images.decode import decode_photo
from affiche.images.resample import PhotoPyramid
from affiche.paint.glyphs import lay_text
from affiche.typography.setting import set_text
from affiche.typography.text import TextBlock, TextStyle

Pixels = NDArray[np.uint8]

INK: Final = Colour(0x1D, 0x24, 0x26)
PALE: Final = Colour(0x7B, 0x80, 0x80)
TITLE: Final = TextStyle("Playfair Display", 600, tracking=-0.01)
NAME: Final = TextStyle("Inter", 600)
PLAIN: Final = TextStyle("Inter", 400)
_PAPER: Final = Colour(0xF5, 0xF3, 0xEF)
_RULE: Final = Colour(0xD5, 0xD1, 0xC9)
_EDGE_OPACITY: Final = 0.10
_ONE_LINE: Final = 8000.0


def blank(width: int, height: int) -> Pixels:
    """An empty sheet, (height, width, 4) BGRA."""
    return np.full((height, width, 4), (*reversed(_PAPER), 255), np.uint8)


def draw_rule(canvas: Pixels, x: int, y: int, width: int) -> None:
    """A hairline to the right of (x, y)."""
    canvas[y, x : x + width, :3] = tuple(reversed(_RULE))


def hang(canvas: Pixels, content: bytes, place: Box) -> None:
    """Lay a picture's file on the sheet, as large as ``place`` (in whole px), with a faint edge so that pale ones end
    somewhere."""
    pixels = decode_photo(content)
    height, width = pixels.shape[:2]
    x, y, columns, rows = (int(side) for side in (place.x, place.y, place.width, place.height))
    small = PhotoPyramid(pixels).crop(Box(0, 0, width, height), columns, rows)
    area = canvas[y : y + rows, x : x + columns, :3]
    area[:] = small[..., ::-1]
    for edge in (area[0], area[-1], area[1:-1, 0], area[1:-1, -1]):
        edge[:] = np.rint(edge * (1 - _EDGE_OPACITY)).astype(np.uint8)


def line(text: str, style: TextStyle, size: float) -> TextBlock:
    """A text on one line."""
    return set_text(text, style, size, _ONE_LINE)


def write(canvas: Pixels, block: TextBlock, x: float, y: float, colour: Colour) -> None:
    """Lay a text with its top left corner at (x, y)."""
    lay_text(canvas, TextLayer(Role.HEADLINE, Box(x, y, block.width, block.height), block, colour))
