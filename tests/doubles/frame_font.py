# SPDX-License-Identifier: Apache-2.0
"""A font of frames: as wide as the characters of a Japanese font and inked where these are, drawn by code.

It lets tests look at breaks, leading and edges of Japanese copy on a machine that has no Japanese font.
"""

from pathlib import Path
from typing import Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

FILE: Final = "NotoSansCJK-Regular.ttc"
"""The name under which the engine looks for such a font."""
_EM: Final = 1000
_Rectangle = tuple[int, int, int, int]
_MARKS: Final[dict[str, _Rectangle]] = {
    "、": (60, -80, 220, 80), "。": (60, -80, 280, 140), "「": (600, 200, 920, 860), "」": (80, -60, 400, 600),
    "ー": (120, 340, 880, 440), "！": (430, -20, 570, 800),
}  # fmt: skip


def write_frame_font(folder: Path, text: str) -> None:
    """Write the font with the characters of ``text`` above U+2FFF into ``folder``."""
    signs = sorted({sign for sign in text if ord(sign) >= 0x3000})
    names = {sign: f"uni{ord(sign):04X}" for sign in signs}
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(sign): name for sign, name in names.items()})
    glyphs = {".notdef": _glyph(())} | {name: _glyph(_strokes(sign)) for sign, name in names.items()}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (_EM, glyphs[name].xMin or 0) for name in glyphs})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Frames", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(folder / FILE)


def _strokes(sign: str) -> tuple[_Rectangle, ...]:
    """The rectangles that ``sign`` is drawn with: a mark is one, a letter a frame, smaller for kana."""
    if sign in _MARKS:
        return (_MARKS[sign],)
    small = sign in "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
    kana = "\u3040" <= sign <= "\u30ff"
    left, bottom, right, top = (200, -40, 800, 520) if small else (110, -40, 890, 760) if kana else (40, -90, 960, 850)
    pen = 90
    return (
        (left, bottom, right, bottom + pen),
        (left, top - pen, right, top),
        (left, bottom + pen, left + pen, top - pen),
        (right - pen, bottom + pen, right, top - pen),
    )


def _glyph(rectangles: tuple[_Rectangle, ...]):  # type: ignore[no-untyped-def]
    pen = TTGlyphPen(None)
    for left, bottom, right, top in rectangles:
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph
