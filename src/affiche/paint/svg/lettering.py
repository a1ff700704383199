# SPDX-License-Identifier: Apache-2.0
"""Set text as live text: real characters at the positions that were measured, in embedded subsets of their fonts.

Letters of writing that may be spaced get a position each, so that tracking and kerning are those of the raster in every
program. Joined writing is placed by the run and shaped by the program, from the same tables of the same font. Runs
follow each other as they are read, which is what a selection copies.
"""

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from affiche.creative.composition import Role, TextLayer
from affiche.paint.captions import joint
from affiche.paint.letters import letters_of
from affiche.paint.svg.fonts import FontShelf
from affiche.paint.svg.markup import colour, element, number, words
from affiche.typography.faces import hb_font
from affiche.typography.scripts import language_of, writing_of
from affiche.typography.shape import HYPHEN
from affiche.typography.text import GlyphRun, Line


def text(layer: TextLayer, shelf: FontShelf) -> str:
    """All lines of ``layer`` as one ``text`` element, a ``tspan`` for each run. Icons become outlines: the private
    characters of an icon font are nothing to read."""
    if layer.opacity <= 0:
        return ""
    x, y = layer.box.centre
    look: dict[str, str | float | None] = {
        "fill": colour(layer.colour),
        "fill_opacity": layer.opacity if layer.opacity < 1 else None,
        "transform": f"rotate({number(layer.rotation)} {number(x)} {number(y)})" if layer.rotation else None,
    }
    if layer.role is Role.ICON:
        return element("path", d=_outlines(layer), **look)
    spans = [span for line in layer.block.lines for span in _line(line, layer, shelf)]
    language = language_of(layer.block.text)
    return element(
        "text",
        *spans,
        **look,
        **({} if language == "und" else {"xml:lang": language}),
        style="white-space:pre;font-variant-numeric:lining-nums proportional-nums",
        text_rendering="geometricPrecision",
    )


def _outlines(layer: TextLayer) -> str:
    """Path data of all glyphs of ``layer``."""
    pen = SVGPathPen(None, ntos=number)
    for line in layer.block.lines:
        left, baseline = layer.box.x + line.x, layer.box.y + line.baseline
        for run in line.runs:
            scale = run.size / run.face.upem
            for glyph, x, y in zip(run.glyphs, run.xs, run.ys, strict=True):
                placed = TransformPen(pen, (scale, 0, 0, -scale, left + x, baseline + y))
                hb_font(run.face).draw_glyph_with_pen(glyph, placed)
    return str(pen.getCommands())


def _line(line: Line, layer: TextLayer, shelf: FontShelf) -> list[str]:
    """The runs of one line, and the space that a selection over several lines copies between them."""
    x, y = layer.box.x + line.x, layer.box.y + line.baseline
    runs = [run for run in reading_order(line, rtl=layer.block.rtl) if run.glyphs]
    spans = [span for run in runs for span in _spans(run, x, y, shelf)]
    if line is not layer.block.lines[-1] and joint(line):
        spans.append(element("tspan", " ", x=x, y=y))
    return spans


def reading_order(line: Line, *, rtl: bool) -> tuple[GlyphRun, ...]:
    """The runs of ``line``, which stand from left to right, in the order of its text; a hyphen that was set after it
    comes last. ``rtl`` is the paragraph's direction. Runs that do not make up the text stay as they stand."""
    text = line.text + HYPHEN
    rest = list(reversed(line.runs) if rtl else line.runs)
    ordered: list[GlyphRun] = []
    said = 0
    while rest:
        # The longest is the right one: a shorter one would leave its end to a run that begins anew.
        following = max(rest, key=lambda run: len(run.text) if text.startswith(run.text, said) else -1)
        if not text.startswith(following.text, said):
            return line.runs
        rest.remove(following)
        ordered.append(following)
        said += len(following.text)
    return tuple(ordered)


def _spans(run: GlyphRun, x: float, y: float, shelf: FontShelf) -> list[str]:
    """``run`` as one ``tspan``, or one for each letter where letters of several characters stand alone."""
    look: dict[str, str | float | None] = {
        "y": y,
        "font_size": run.size,
        **shelf.look(run.face, run.text),
    }
    if run.rtl:
        # The left end of each piece is what is known of it.
        look |= {"direction": "rtl", "unicode_bidi": "bidi-override", "text_anchor": "end"}
    if not _stands_apart(run):
        return [element("tspan", words(run.text), x=x + min(run.xs), **look)]
    letters = [(_pen(run, places), text) for places, text in letters_of(run)]
    if run.rtl:
        letters.reverse()
    look["font_kerning"] = "none"
    if any(len(text) > 1 for _, text in letters):
        return [element("tspan", words(text), x=x + at, **look) for at, text in letters]
    return [element("tspan", words(run.text), x=" ".join(number(x + at) for at, _ in letters), **look)]


def _stands_apart(run: GlyphRun) -> bool:
    """Whether the letters do not join, so that each may have a place of its own."""
    writing = writing_of(run.text)
    return writing.tracks or writing.has_han or writing.has_kana or writing.has_hangul


def _pen(run: GlyphRun, places: range) -> float:
    """Where the letter at ``places`` begins: its marks stand elsewhere."""
    font = hb_font(run.face)
    return next((run.xs[place] for place in places if font.get_glyph_h_advance(run.glyphs[place])), run.xs[places[0]])
