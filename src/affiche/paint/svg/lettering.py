# SPDX-License-Identifier: Apache-2.0
"""Set text as live text: real characters at the positions that were measured, in embedded subsets of their fonts.

Letters of simple writing get a position each, so that tracking and kerning are those of the raster in every program.
Joined and right-to-left writing, and ligatures, are placed by the run and shaped by the program, from the same tables
of the same font.
"""

import unicodedata

from affiche.creative.composition import TextLayer
from affiche.paint.svg.fonts import FontShelf
from affiche.paint.svg.markup import colour, element, number, words
from affiche.typography.text import GlyphRun

_SIMPLE = ("L", "EN", "ES", "ET", "CS", "ON", "WS", "AN", "BN", "S", "B")
_JOINED_FROM, _JOINED_TO = "\u0590", "\u1fff"
_GREEK_EXTENDED = "\u1f00"


def text(layer: TextLayer, shelf: FontShelf) -> str:
    """All lines of ``layer`` as one ``text`` element, a ``tspan`` for each run."""
    if layer.opacity <= 0:
        return ""
    spans = [
        _span(run, layer.box.x + line.x, layer.box.y + line.baseline, shelf)
        for line in layer.block.lines
        for run in line.runs
        if run.glyphs
    ]
    x, y = layer.box.centre
    return element(
        "text",
        *spans,
        fill=colour(layer.colour),
        fill_opacity=layer.opacity if layer.opacity < 1 else None,
        transform=f"rotate({number(layer.rotation)} {number(x)} {number(y)})" if layer.rotation else None,
        style="white-space:pre;font-variant-numeric:lining-nums proportional-nums",
        text_rendering="geometricPrecision",
    )


def _span(run: GlyphRun, x: float, y: float, shelf: FontShelf) -> str:
    attributes: dict[str, str | float | None] = {
        "y": y,
        "font_family": shelf.family(run.face, run.text),
        "font_size": run.size,
    }
    if run.rtl:
        left = x + min(run.xs)
        attributes |= {"x": left, "direction": "rtl", "unicode_bidi": "bidi-override", "text_anchor": "end"}
    elif _is_simple(run):
        attributes["x"] = " ".join(number(x + at) for at in run.xs)
        attributes["font_kerning"] = "none"
    else:
        attributes["x"] = x + run.xs[0]
    return element("tspan", words(run.text), **attributes)


def _is_simple(run: GlyphRun) -> bool:
    """Whether each character is one glyph on the baseline."""
    return (
        len(run.glyphs) == len(run.text)
        and not any(run.ys)
        and not any("\u0590" <= sign < _GREEK_EXTENDED or unicodedata.combining(sign) for sign in run.text)
    )
