# SPDX-License-Identifier: Apache-2.0
"""Breaking a paragraph into balanced lines, in em, for any measure."""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from affiche.typography.bidi import levels
from affiche.typography.breaks import opportunities
from affiche.typography.shape import Voice, clusters_of, han_context, shape_line

_EXACT_UP_TO: Final = 34
_SHORT_LAST_LINE: Final = 0.35
_SHORT_LAST_COST: Final = 0.8
_COST_WEIGHT: Final = 0.09
_TOLERANCE: Final = 1e-6

Cut = tuple[int, ...]
"""Indexes of the segments at which lines begin, without the first 0."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph as segments that are never broken. ``full`` and ``letters`` are running sums of widths (em,
    trailing space included) and of tracked letters; ``trail`` is each segment's trailing space."""

    text: str
    segments: tuple[str, ...]
    full: tuple[float, ...]
    letters: tuple[int, ...]
    trail: tuple[float, ...]
    costs: tuple[float, ...]
    _cuts: dict[int, Cut] = field(default_factory=dict)

    def width(self, start: int, end: int, tracking: float = 0.0) -> float:
        """The width in em of a line of segments ``start``..``end``."""
        gaps = max(0, self.letters[end] - self.letters[start] - 1)
        return self.full[end] - self.full[start] - self.trail[end - 1] + tracking * gaps

    def lines(self, cut: Cut) -> list[tuple[int, int]]:
        ends = [*cut, len(self.segments)]
        return list(zip([0, *cut], ends, strict=True))

    def broken(self, measure: float, tracking: float) -> list[tuple[int, int]]:
        """The best lines that fit ``measure`` (em); lines of one too long segment may exceed it."""
        count = len(self.segments)
        greedy = self._greedy(measure, tracking)
        if len(greedy) == 1 or count > _EXACT_UP_TO:
            return self._evened(greedy, measure, tracking)
        cut = self._cuts.get(len(greedy))
        if cut is None:
            cut = self._cuts[len(greedy)] = self._balanced(len(greedy))
        lines = self.lines(cut)
        if all(self.width(start, end, tracking) <= measure + _TOLERANCE for start, end in lines):
            return lines
        return self._evened(greedy, measure, tracking)

    def _greedy(self, measure: float, tracking: float) -> list[tuple[int, int]]:
        lines, start = [], 0
        for end in range(1, len(self.segments) + 1):
            if end - start > 1 and self.width(start, end, tracking) > measure + _TOLERANCE:
                lines.append((start, end - 1))
                start = end - 1
        return [*lines, (start, len(self.segments))]

    def _evened(self, greedy: list[tuple[int, int]], measure: float, tracking: float) -> list[tuple[int, int]]:
        """The narrowest greedy setting with as many lines: no last line of one word."""
        low, high, best = 0.5 * measure, measure, greedy
        for _ in range(7):
            middle = (low + high) / 2
            lines = self._greedy(middle, tracking)
            if len(lines) == len(greedy) and all(self.width(*line, tracking) <= measure + _TOLERANCE for line in lines):
                best, high = lines, middle
            else:
                low = middle
        return best

    def _balanced(self, wanted: int) -> Cut:
        """The cut into ``wanted`` lines with the least raggedness, break costs and short last lines (dynamic
        programming over all cuts)."""
        count = len(self.segments)
        target = self.width(0, count) / wanted
        best: list[dict[int, tuple[float, Cut]]] = [{0: (0.0, ())}]
        for line in range(1, wanted + 1):
            row: dict[int, tuple[float, Cut]] = {}
            for end in range(line, count - (wanted - line) + 1):
                options = [
                    (cost + self._line_cost(start, end, target), (*cut, start) if start else cut)
                    for start, (cost, cut) in best[-1].items()
                    if start < end
                ]
                if options:
                    row[end] = min(options)
            best.append(row)
        return best[-1][count][1]

    def _line_cost(self, start: int, end: int, target: float) -> float:
        width = self.width(start, end)
        cost = ((width - target) / target) ** 2
        if end < len(self.segments):
            cost += _COST_WEIGHT * self.costs[end]
        elif width < _SHORT_LAST_LINE * target:
            cost += _SHORT_LAST_COST
        return cost


@lru_cache(maxsize=1024)
def paragraph(text: str, voice: Voice, break_words: bool) -> Paragraph:
    """Measure ``text`` for breaking; with ``break_words`` a line may end after any letter, at a price."""
    ends = {place.index: place.cost for place in opportunities(text)}
    if break_words:
        for index in accumulate(len(cluster) for cluster in clusters_of(text)):
            ends.setdefault(index, 5.0)
        ends.pop(len(text), None)
    indexes = [0, *sorted(ends), len(text)]
    segments = tuple(text[start:end] for start, end in pairwise(indexes))
    embedding, context = levels(text), han_context(text)
    widths, trails, letters = [], [], []
    for start, segment in zip(indexes, segments, strict=False):
        word = segment.rstrip()
        whole = _extent(segment, embedding[start : start + len(segment)], voice, context)
        bare = whole if word == segment else _extent(word, embedding[start : start + len(word)], voice, context)
        widths.append(whole[0])
        letters.append(whole[1])
        trails.append(whole[0] - bare[0])
    costs = tuple(ends.get(index, 0.0) for index in indexes[:-1])
    return Paragraph(
        text,
        segments,
        tuple(accumulate(widths, initial=0.0)),
        tuple(accumulate(letters, initial=0)),
        tuple(trails),
        costs,
    )


def _extent(text: str, embedding: tuple[int, ...], voice: Voice, context: str) -> tuple[float, int]:
    if not text:
        return 0.0, 0
    line = shape_line(text, embedding, voice, context)
    return line.width, line.gaps + 1


def longest_segment(text: str, voice: Voice) -> float:
    """The width in em of the widest piece that is never broken."""
    whole = paragraph(text, voice, False)
    return max((whole.width(place, place + 1) for place in range(len(whole.segments))), default=0.0)


def lines_needed(text: str, voice: Voice, measure: float) -> int:
    """A lower bound on the lines that ``text`` takes in a measure of ``measure`` em."""
    whole = paragraph(text, voice, False)
    return math.ceil(whole.width(0, len(whole.segments)) / measure)
