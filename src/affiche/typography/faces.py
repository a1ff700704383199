# SPDX-License-Identifier: Apache-2.0
"""One face of a font: where it lies, at which variation, and its measures in em."""

from dataclasses import dataclass, field
from functools import cache, lru_cache

import uharfbuzz as hb


@dataclass(frozen=True, slots=True)
class FontFace:
    """A face is its ``key``: family, style and weight. ``variations`` are (axis tag, value) pairs; ``ascent``,
    ``descent`` (positive), ``cap_height`` and ``x_height`` are in em. ``colour`` faces bring their own colours."""

    key: str
    path: str = field(compare=False)
    index: int = field(compare=False, default=0)
    variations: tuple[tuple[str, float], ...] = field(compare=False, default=())
    upem: int = field(compare=False, default=1000)
    ascent: float = field(compare=False, default=0.9)
    descent: float = field(compare=False, default=0.2)
    cap_height: float = field(compare=False, default=0.7)
    x_height: float = field(compare=False, default=0.5)
    colour: bool = field(compare=False, default=False)


def open_face(
    key: str, path: str, index: int = 0, variations: tuple[tuple[str, float], ...] = (), *, colour: bool = False
) -> FontFace:
    """Read a face's measures from its file. Capital height is the ink of an H, x height that of an x, where the face
    has them."""
    font = _font(path, index, variations)
    upem = font.face.upem
    extents = font.get_font_extents("ltr")
    return FontFace(
        key,
        path,
        index,
        variations,
        upem,
        extents.ascender / upem,
        -extents.descender / upem,
        _ink_height(font, "H", 0.7),
        _ink_height(font, "x", 0.5),
        colour,
    )


def hb_font(face: FontFace) -> hb.Font:
    """The HarfBuzz font of ``face``, opened once per process."""
    return _font(face.path, face.index, face.variations)


def has_glyph(face: FontFace, character: str) -> bool:
    """Whether ``face`` maps ``character`` to a glyph of its own."""
    return bool(hb_font(face).get_nominal_glyph(ord(character)))


@lru_cache(maxsize=16384)
def glyph_ink(face: FontFace, glyph: int) -> tuple[float, float, float, float]:
    """The (left, top, right, bottom) of a glyph's ink in em relative to its pen position, y down; zeros when blank."""
    extents = hb_font(face).get_glyph_extents(glyph)
    if extents is None or extents.width == 0 or extents.height == 0:
        return 0.0, 0.0, 0.0, 0.0
    upem = face.upem
    left, top = extents.x_bearing / upem, -extents.y_bearing / upem
    return left, top, left + extents.width / upem, top - extents.height / upem


@cache
def _font(path: str, index: int, variations: tuple[tuple[str, float], ...]) -> hb.Font:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(path), index))
    if variations:
        font.set_variations(dict(variations))
    return font


def _ink_height(font: hb.Font, letter: str, default: float) -> float:
    glyph = font.get_nominal_glyph(ord(letter))
    extents = font.get_glyph_extents(glyph) if glyph else None
    return extents.y_bearing / font.face.upem if extents and extents.y_bearing > 0 else default
