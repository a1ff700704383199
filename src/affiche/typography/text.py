# SPDX-License-Identifier: Apache-2.0
"""Set text as values: glyphs on lines, in pixels, ready to be drawn by a painter that measures nothing."""

from dataclasses import dataclass

from affiche.typography.faces import FontFace


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set. ``weight`` 100..900; ``tracking`` is extra space per cluster in em (ignored by joined
    scripts); ``line_height`` is a factor of the size and is raised for scripts that need more; ``align`` is
    ``start``, ``centre`` or ``end`` in the reading direction."""

    family: str
    weight: int = 400
    italic: bool = False
    line_height: float = 1.2
    tracking: float = 0.0
    align: str = "start"
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face on one line. ``xs``/``ys`` are pen positions in px relative to the line's origin (left end
    of the baseline, y down). ``colour`` marks glyphs that bring their own colours (emoji)."""

    face: FontFace
    size: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    text: str
    rtl: bool = False
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``x`` and ``baseline`` place its origin inside the block, in px; ``ink`` is the (left, top, right,
    bottom) of its visible marks inside the block."""

    text: str
    runs: tuple[GlyphRun, ...]
    x: float
    baseline: float
    width: float
    ink: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A set text. Its box is ``width`` x ``height`` px: as wide as the widest line's ink, from the cap height (or
    ascender of scripts without capitals) of the first line to the baseline of the last one plus its descent, so that
    what the eye sees as the edge is the edge. ``missing`` lists clusters for which no font has a glyph."""

    lines: tuple[Line, ...]
    size: float
    line_height: float
    width: float
    height: float
    rtl: bool
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)
