# SPDX-License-Identifier: Apache-2.0
"""Set text as values: glyphs on lines, in pixels, ready to be drawn by a painter that measures nothing."""

from dataclasses import dataclass, replace

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


def enlarged(block: TextBlock, factor: float) -> TextBlock:
    """The same setting ``factor`` times as large: same lines, same breaks."""
    lines = tuple(
        replace(
            line,
            runs=tuple(_enlarged_run(run, factor) for run in line.runs),
            x=line.x * factor,
            baseline=line.baseline * factor,
            width=line.width * factor,
            ink=(line.ink[0] * factor, line.ink[1] * factor, line.ink[2] * factor, line.ink[3] * factor),
        )
        for line in block.lines
    )
    return replace(
        block, lines=lines, size=block.size * factor, width=block.width * factor, height=block.height * factor
    )


def _enlarged_run(run: GlyphRun, factor: float) -> GlyphRun:
    xs, ys = tuple(x * factor for x in run.xs), tuple(y * factor for y in run.ys)
    return replace(run, size=run.size * factor, xs=xs, ys=ys)
