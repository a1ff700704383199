# SPDX-License-Identifier: Apache-2.0
"""Setting a text in a measure: lines, positions and the box that the eye sees."""

from functools import lru_cache
from typing import Final

from affiche.typography.bidi import base_level, levels
from affiche.typography.breaks import paragraphs
from affiche.typography.lines import Paragraph, paragraph
from affiche.typography.scripts import writing_of
from affiche.typography.shape import ShapedLine, Voice, han_context, shape_line
from affiche.typography.text import GlyphRun, Line, TextBlock, TextStyle

_DESCENDER: Final = 0.2
# Letters that are measured one by one may be kerned apart when they stand together.
_LETTER_SLACK: Final = 0.975
# How much of a line's slack lies left of it, by alignment and right-to-left reading.
_SHARE: Final = {
    ("start", False): 0.0,
    ("start", True): 1.0,
    ("centre", False): 0.5,
    ("centre", True): 0.5,
    ("end", False): 1.0,
    ("end", True): 0.0,
}
_SOFT_HYPHEN: Final = "\u00ad"


@lru_cache(maxsize=1024)
def set_text(text: str, style: TextStyle, size: float, measure: float, break_words: bool = False) -> TextBlock:
    """Set ``text`` at ``size`` px in lines of at most ``measure`` px, balanced, aligned by their ink.

    A piece that cannot be broken may be wider than ``measure``: callers compare the block's width. With
    ``break_words`` such a piece is broken between letters. Line height and tracking are adjusted to the script.
    """
    shown = capitals(text) if style.capitals else text
    writing = writing_of(shown)
    voice = Voice(style.family, style.weight, style.italic)
    tracking = style.tracking if writing.tracks else 0.0
    shaped = [line for part in paragraphs(shown) for line in _lines(part, voice, measure / size, tracking, break_words)]
    line_height = max(style.line_height, writing.line_height)
    return _block(shaped, style, size, line_height, tracking, writing.cased, base_level(shown) == 1)


def capitals(text: str) -> str:
    """``text`` in capitals; a Turkish or Azeri text keeps its dotted and dotless i apart."""
    if any(sign in text for sign in "ığşİ"):
        text = text.replace("i", "İ").replace("ı", "I")
    return text.upper()


def _lines(text: str, voice: Voice, measure: float, tracking: float, break_words: bool) -> list[tuple[str, ShapedLine]]:
    whole = paragraph(text, voice, False)
    broken = whole.broken(measure, tracking)
    if break_words and any(whole.width(start, end, tracking) > measure + 1e-6 for start, end in broken):
        whole = paragraph(text, voice, True)
        broken = whole.broken(_LETTER_SLACK * measure, tracking)
    embedding, context = levels(text), han_context(text)
    return [_line(whole, start, end, embedding, voice, context) for start, end in broken]


def _line(
    whole: Paragraph, start: int, end: int, embedding: tuple[int, ...], voice: Voice, context: str
) -> tuple[str, ShapedLine]:
    first = sum(len(segment) for segment in whole.segments[:start])
    line = "".join(whole.segments[start:end]).rstrip()
    span = embedding[first : first + len(line)]
    if line.endswith(_SOFT_HYPHEN):
        line = line[:-1] + "-"
    return line, shape_line(line, span, voice, context)


def _block(
    shaped: list[tuple[str, ShapedLine]],
    style: TextStyle,
    size: float,
    line_height: float,
    tracking: float,
    cased: bool,
    rtl: bool,
) -> TextBlock:
    lefts, rights = [], []
    for _, line in shaped:
        lefts.append(line.ink[0] * size)
        rights.append((line.ink[2] + tracking * line.gaps) * size)
    width = max(right - left for left, right in zip(lefts, rights, strict=True))
    top = _top(shaped, cased) * size
    lines = []
    for place, (text, line) in enumerate(shaped):
        ink_width = rights[place] - lefts[place]
        x = _SHARE[style.align, rtl] * (width - ink_width) - lefts[place]
        baseline = top + place * line_height * size
        ink = (x + lefts[place], baseline + line.ink[1] * size, x + rights[place], baseline + line.ink[3] * size)
        advance = (line.width + tracking * line.gaps) * size
        lines.append(Line(text, _runs(line, size, tracking), x, baseline, advance, ink))
    foot = max(_DESCENDER if cased else 0.0, shaped[-1][1].ink[3]) * size
    missing = tuple(dict.fromkeys(cluster for _, line in shaped for cluster in line.missing))
    return TextBlock(tuple(lines), size, line_height, width, lines[-1].baseline + foot, rtl, missing)


def _top(shaped: list[tuple[str, ShapedLine]], cased: bool) -> float:
    """What the eye takes for the first line's top, in em above the baseline: capital height, or the ink of scripts
    without capitals."""
    first = shaped[0][1]
    if cased and first.runs:
        return first.runs[0].face.cap_height
    return max(0.1, -first.ink[1])


def _runs(line: ShapedLine, size: float, tracking: float) -> tuple[GlyphRun, ...]:
    runs, pen, begun = [], 0.0, False
    for run in line.runs:
        xs, ys = [], []
        for advance, (dx, dy), start in zip(run.advances, run.offsets, run.starts, strict=True):
            if start and begun:
                pen += tracking
            begun = True
            xs.append((pen + dx) * size)
            ys.append(-dy * size)
            pen += advance
        runs.append(GlyphRun(run.face, size, run.glyphs, tuple(xs), tuple(ys), run.text, run.rtl, run.face.colour))
    return tuple(runs)
