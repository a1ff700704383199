# SPDX-License-Identifier: Apache-2.0
"""Breaking a paragraph into balanced lines, in em, for any measure.

A paragraph is shaped once; the width of any line is then the difference of two running sums. For the fewest lines that
the measure allows, dynamic programming finds the cut with the least raggedness and the least disliked breaks.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.typography.bidi import base_level, levels
from affiche.typography.breaks import DEAR, opportunities
from affiche.typography.hyphens import syllables
from affiche.typography.itemise import Item, Voice, clusters_of, itemise
from affiche.typography.shape import HYPHEN, ShapedLine, shape_item, shape_line

_SHORT_LAST_LINE: Final = 0.35
_SHORT_LAST_COST: Final = 0.8
_COST_WEIGHT: Final = 0.14
_AT_A_SYLLABLE: Final = 4.0
_AT_A_LETTER: Final = 9.0
_TOLERANCE: Final = 1e-6
_KEPT: Final = 256
_SOFT_HYPHEN: Final = "\u00ad"

Span = tuple[int, int]
"""A line as the places of its first segment and of the one after its last."""


@dataclass(slots=True)
class Pieces:
    """A paragraph cut into segments that this measure does not break. ``starts`` are the segments' first characters
    (and the text's end); ``begins`` and ``ends`` the running widths (em) at which a line that starts or ends there
    begins and ends, ``first`` and ``last`` the same in tracked letters; ``costs`` is what it costs to begin a line
    with a segment, ``hyphenated`` says which segments end in a hyphen when they end a line."""

    starts: tuple[int, ...]
    begins: tuple[float, ...]
    ends: tuple[float, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    costs: tuple[float, ...]
    hyphenated: tuple[bool, ...]
    _balanced: dict[int, list[Span]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.ends)

    def width(self, start: int, end: int, tracking: float = 0.0) -> float:
        """The width in em of a line of segments ``start``..``end``."""
        gaps = max(0, self.last[end - 1] - self.first[start] - 1)
        return self.ends[end - 1] - self.begins[start] + tracking * gaps

    def broken(self, measure: float, tracking: float) -> list[Span]:
        """The best lines for ``measure`` (em); only a line of one segment may exceed it."""
        greedy = self._greedy(measure, tracking)
        if len(greedy) == 1:
            return greedy
        lines = self._balanced.get(len(greedy))
        if lines is None:
            lines = self._balanced[len(greedy)] = self._best(len(greedy), None, 0.0)
        limit = measure + _TOLERANCE
        if all(end - start == 1 or self.width(start, end, tracking) <= limit for start, end in lines):
            return lines
        return self._best(len(greedy), limit, tracking)

    def _greedy(self, measure: float, tracking: float) -> list[Span]:
        lines, start = [], 0
        for end in range(2, self.count + 1):
            if end - start > 1 and self.width(start, end, tracking) > measure + _TOLERANCE:
                lines.append((start, end - 1))
                start = end - 1
        return [*lines, (start, self.count)]

    def _best(self, wanted: int, limit: float | None, tracking: float) -> list[Span]:
        """The cut into ``wanted`` lines with the least raggedness, break costs and short last line; lines of several
        segments are at most ``limit`` em wide."""
        inner, final = self._line_costs(wanted, limit, tracking)
        best = np.full(self.count + 1, np.inf)
        best[0] = 0.0
        choices = []
        for line in range(wanted):
            totals = best[:, None] + (final if line == wanted - 1 else inner)
            choices.append(totals.argmin(axis=0))
            best = totals.min(axis=0)
        lines, end = [], self.count
        for choice in reversed(choices):
            start = int(choice[end])
            lines.append((start, end))
            end = start
        return lines[::-1]

    def _line_costs(
        self, wanted: int, limit: float | None, tracking: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The cost of each possible line by (start, end), for lines before the last one and for the last one."""
        count = self.count
        begins, ends = np.array(self.begins), np.array((0.0, *self.ends))
        gaps = np.maximum(0, np.array((0, *self.last))[None, :] - np.array((*self.first, 0))[:, None] - 1)
        widths = ends[None, :] - np.append(begins, 0.0)[:, None] + tracking * gaps
        length = np.arange(count + 1)[None, :] - np.arange(count + 1)[:, None]
        target = max(_TOLERANCE, self.width(0, count, tracking) / wanted)
        ragged = ((widths - target) / target) ** 2
        ragged[length <= 0] = np.inf
        if limit is not None:
            ragged[(length > 1) & (widths > limit)] = np.inf
        inner = ragged + _COST_WEIGHT * np.array((*self.costs, 0.0))[None, :]
        final = ragged + np.where(widths < _SHORT_LAST_LINE * target, _SHORT_LAST_COST, 0.0)
        return inner, final


@dataclass(slots=True)
class Paragraph:
    """One paragraph of a text, shaped. ``widths`` and ``letters`` are running sums over its characters: the advance
    in em and the number of tracked letters before each character."""

    text: str
    voice: Voice
    items: tuple[Item, ...]
    missing: dict[int, str]
    rtl: bool
    widths: tuple[float, ...]
    letters: tuple[int, ...]
    places: tuple[int, ...]
    costs: dict[int, float]
    hyphen: float
    _pieces: dict[tuple[int, ...], Pieces] = field(default_factory=dict)
    _shaped: dict[tuple[int, int, bool], ShapedLine] = field(default_factory=dict)

    def lines(self, measure: float, tracking: float, break_words: bool) -> list[ShapedLine]:
        """The paragraph as lines whose ink is at most ``measure`` em wide, unless a piece cannot be broken. With
        ``break_words`` such a piece is broken between syllables or letters."""
        room = measure
        for _ in range(4):
            pieces = self._cut(room, tracking, break_words)
            spans = pieces.broken(room, tracking)
            lines = [self._line(pieces, start, end) for start, end in spans]
            # A line alone is not exactly its share of the paragraph: letters at its ends lose their kerning.
            widths = [
                line.ink[2] - line.ink[0] + tracking * line.gaps
                for line, (start, end) in zip(lines, spans, strict=True)
                if break_words or end - start > 1
            ]
            excess = max(widths, default=0.0)
            if excess <= measure + _TOLERANCE:
                break
            room *= 0.998 * measure / excess
        return lines

    def _line(self, pieces: Pieces, start: int, end: int) -> ShapedLine:
        first, last = pieces.starts[start], pieces.starts[end]
        hyphenated = pieces.hyphenated[end - 1] and end < pieces.count
        key = first, last, hyphenated
        line = self._shaped.get(key)
        if line is None:
            if len(self._shaped) >= _KEPT:
                self._shaped.clear()
            line = self._shaped[key] = shape_line(
                self.text,
                self.items,
                self.missing,
                (first, self._bare_end(first, last)),
                language=self.voice.language,
                rtl=self.rtl,
                hyphen=hyphenated,
            )
        return line

    def _cut(self, measure: float, tracking: float, break_words: bool) -> Pieces:
        """The segments for ``measure``: natural ones first, smaller ones only inside those that are too wide."""
        good = [place for place in self.places if self.costs[place] < DEAR]
        places = self._refined(good, self.places, measure, tracking)
        if break_words:
            places = self._refined(places, tuple(sorted(syllables(self.text))), measure, tracking)
            places = self._refined(places, self._letter_ends(), measure, tracking)
        key = tuple(places)
        pieces = self._pieces.get(key)
        if pieces is None:
            if len(self._pieces) >= _KEPT:
                self._pieces.clear()
            pieces = self._pieces[key] = self._segmented(key)
        return pieces

    def _refined(self, places: list[int], finer: tuple[int, ...], measure: float, tracking: float) -> list[int]:
        """``places`` with those of ``finer`` that lie inside a segment wider than ``measure``."""
        refined = []
        for start, end in pairwise([0, *places, len(self.text)]):
            gaps = max(0, self.letters[end] - self.letters[start] - 1)
            if self.widths[self._bare_end(start, end)] - self.widths[start] + tracking * gaps > measure:
                refined += [place for place in finer[bisect_right(finer, start) :] if place < end]
            if end < len(self.text):
                refined.append(end)
        return refined

    def _letter_ends(self) -> tuple[int, ...]:
        return tuple(accumulate(len(cluster) for cluster in clusters_of(self.text)))

    def _bare_end(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip())

    def _segmented(self, places: tuple[int, ...]) -> Pieces:
        starts = (0, *places, len(self.text))
        ends = [self._bare_end(start, end) for start, end in pairwise(starts)]
        divided = syllables(self.text) if any(place not in self.costs for place in places) else frozenset()
        hyphenated = tuple(
            (end in divided and end not in self.costs) or self.text[end - 1 : end] == _SOFT_HYPHEN for end in starts[1:]
        )
        costs = tuple(
            0.0 if not start else self.costs.get(start, _AT_A_SYLLABLE if start in divided else _AT_A_LETTER)
            for start in starts[:-1]
        )
        return Pieces(
            starts,
            tuple(self.widths[start] for start in starts[:-1]),
            tuple(
                self.widths[end] + self.hyphen * (hyphen and end < len(self.text))
                for end, hyphen in zip(ends, hyphenated, strict=True)
            ),
            tuple(self.letters[start] for start in starts[:-1]),
            tuple(self.letters[end] for end in ends),
            costs,
            hyphenated,
        )


@lru_cache(maxsize=64)
def paragraph(text: str, voice: Voice) -> Paragraph:
    """Shape ``text`` for breaking."""
    items, missing = itemise(text, levels(text), voice)
    advances, starts = [0.0] * len(text), [0] * len(text)
    for item in items:
        run = shape_item(text, item, voice.language)
        for cluster, advance, start in zip(run.clusters, run.advances, run.starts, strict=True):
            advances[cluster] += advance
            starts[cluster] += start
    places = opportunities(text)
    return Paragraph(
        text,
        voice,
        items,
        missing,
        base_level(text) == 1,
        tuple(accumulate(advances, initial=0.0)),
        tuple(accumulate(starts, initial=0)),
        tuple(place.index for place in places),
        {place.index: place.cost for place in places},
        _hyphen_width(voice),
    )


@lru_cache(maxsize=64)
def _hyphen_width(voice: Voice) -> float:
    items, missing = itemise(HYPHEN, (0,), voice)
    return shape_line(HYPHEN, items, missing, (0, 1)).width
