# SPDX-License-Identifier: Apache-2.0
"""Setting a text in a measure: lines, positions and the box that the eye sees."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from affiche.typography.bidi import base_level
from affiche.typography.breaks import paragraphs
from affiche.typography.capitals import capitals
from affiche.typography.itemise import Voice
from affiche.typography.leading import least_leading
from affiche.typography.lines import Paragraph, paragraph
from affiche.typography.scripts import Writing, language_of, writing_of
from affiche.typography.shape import ShapedLine
from affiche.typography.text import GlyphRun, Line, TextBlock, TextStyle

_DESCENDER: Final = 0.2
# How much of a line's slack lies left of it, by alignment and right-to-left reading.
_SHARE: Final = {
    ("start", False): 0.0,
    ("start", True): 1.0,
    ("centre", False): 0.5,
    ("centre", True): 0.5,
    ("end", False): 1.0,
    ("end", True): 0.0,
}


@dataclass(frozen=True, slots=True)
class _Copy:
    """A text ready to be set in one voice at any size: shaped paragraphs and what its scripts ask for."""

    paragraphs: tuple[Paragraph, ...]
    writing: Writing
    rtl: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of a text in em, not yet placed. ``lefts`` are their origins in the block, ``leading`` the distance of the
    baselines, ``top`` that of the first one from the block's top; ``width`` and ``height`` are the block's."""

    lines: tuple[ShapedLine, ...]
    lefts: tuple[float, ...]
    tracking: float
    leading: float
    top: float
    width: float
    height: float
    rtl: bool


@lru_cache(maxsize=256)
def set_text(text: str, style: TextStyle, size: float, measure: float, break_words: bool = False) -> TextBlock:
    """Set ``text`` at ``size`` px in lines of at most ``measure`` px, balanced, aligned by their ink.

    A piece that cannot be broken may be wider than ``measure``: callers compare the block's width. With
    ``break_words`` such a piece is broken between syllables or letters. Line height and tracking are adjusted to the
    script. Quotes and dashes at the aligned edge hang out of the block, so that its letters share the edge.
    """
    return placed(compose(text, style, measure / size, break_words), size)


def natural_width(text: str, family: str, weight: int, capital: bool = False) -> float:
    """The width in em of ``text`` with all its paragraphs on one line, tracking left aside."""
    return sum(part.widths[-1] for part in _copy(text, family, weight, False, capital).paragraphs)


def compose(text: str, style: TextStyle, measure: float, break_words: bool = False) -> Setting:
    """Break ``text`` into lines of at most ``measure`` em and measure the block."""
    copy = _copy(text, style.family, style.weight, style.italic, style.capitals)
    tracking = style.tracking if copy.writing.tracks else 0.0
    shaped = [line for part in copy.paragraphs for line in part.lines(measure, tracking, break_words)]
    share = _SHARE[style.align, copy.rtl]
    edges = [_edges(line, tracking, share) for line in shaped]
    width = max(right - left for left, right in edges)
    lefts = tuple(share * (width - (right - left)) - left for left, right in edges)
    leading = line_height = max(style.line_height, copy.writing.line_height)
    for (upper, x), (lower, other) in pairwise(zip(shaped, lefts, strict=True)):
        leading = max(leading, least_leading(upper, lower, other - x, tracking, line_height))
    top = _top(shaped[0], copy.writing.cased)
    foot = max(_DESCENDER if copy.writing.cased else 0.0, shaped[-1].ink[3])
    height = top + (len(shaped) - 1) * leading + foot
    return Setting(tuple(shaped), lefts, tracking, leading, top, width, height, copy.rtl)


def placed(setting: Setting, size: float) -> TextBlock:
    """``setting`` at ``size`` px."""
    lines = []
    for place, (line, left) in enumerate(zip(setting.lines, setting.lefts, strict=True)):
        x, baseline = left * size, (setting.top + place * setting.leading) * size
        right = line.ink[2] + setting.tracking * line.gaps
        ink = (x + line.ink[0] * size, baseline + line.ink[1] * size, x + right * size, baseline + line.ink[3] * size)
        advance = (line.width + setting.tracking * line.gaps) * size
        lines.append(Line(line.text, _runs(line, size, setting.tracking), x, baseline, advance, ink))
    missing = tuple(dict.fromkeys(cluster for line in setting.lines for cluster in line.missing))
    width, height = setting.width * size, setting.height * size
    return TextBlock(tuple(lines), size, setting.leading, width, height, setting.rtl, missing)


@lru_cache(maxsize=64)
def _copy(text: str, family: str, weight: int, italic: bool, capital: bool) -> _Copy:
    shown = capitals(text) if capital else text
    voice = Voice(family, weight, italic, language_of(shown))
    shaped = tuple(paragraph(part, voice) for part in paragraphs(shown))
    return _Copy(shaped, writing_of(shown), base_level(shown) == 1)


def _edges(line: ShapedLine, tracking: float, share: float) -> tuple[float, float]:
    """Left and right of the line's letters in em: what hangs at the aligned edge does not count."""
    left, right = line.ink[0], line.ink[2] + tracking * line.gaps
    if share == 0.0:
        return left + line.hanging[0], right
    return (left, right - line.hanging[1]) if share == 1.0 else (left, right)


def _top(first: ShapedLine, cased: bool) -> float:
    """What the eye takes for the first line's top, in em above the baseline: capital height, or the ink of scripts
    without capitals."""
    if cased and first.runs:
        return first.runs[0].face.cap_height * first.runs[0].scale
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
        drawn = size * run.scale
        runs.append(GlyphRun(run.face, drawn, run.glyphs, tuple(xs), tuple(ys), run.text, run.rtl, run.face.colour))
    return tuple(runs)
