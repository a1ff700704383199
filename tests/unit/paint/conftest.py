# SPDX-License-Identifier: Apache-2.0
"""Texts for the painter's tests, set by HarfBuzz alone on one straight line per text."""

from collections.abc import Callable

import pytest
import uharfbuzz as hb

from affiche.typography.faces import FontFace, hb_font
from affiche.typography.fonts import face
from affiche.typography.text import GlyphRun, Line, TextBlock

SetLine = Callable[..., TextBlock]


@pytest.fixture(scope="session")
def set_line() -> SetLine:
    def set_one(text: str, size: float = 60, weight: int = 700, family: str = "Inter") -> TextBlock:
        return _line(text, size, face(family, weight))

    return set_one


def _line(text: str, size: float, chosen: FontFace) -> TextBlock:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb_font(chosen), buffer)
    scale, pen, xs = size / chosen.upem, 0.0, []
    for position in buffer.glyph_positions:
        xs.append((pen + position.x_offset) * scale)
        pen += position.x_advance
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    run = GlyphRun(chosen, size, glyphs, tuple(xs), (0.0,) * len(xs), text)
    width, cap = pen * scale, chosen.cap_height * size
    line = Line(text, (run,), 0.0, cap, width, (0.0, 0.0, width, cap))
    return TextBlock((line,), size, 1.2, width, cap, rtl=False)
