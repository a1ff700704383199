# SPDX-License-Identifier: Apache-2.0
"""The benchmark's measures of boxes among each other: overlap, alignment, underlays."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from affiche.creative.composition import Box
from affiche.creative.measures.elements import Element, Kind

_TOLERANCE: Final = 0.5
_LARGEST_STEP: Final = 1 - 1e-9


def overlap(elements: Sequence[Element]) -> float:
    """Ove: intersection over union of every pair of elements that are no underlays, summed and divided by their
    number; 0 is best."""
    boxes = [element.box for element in elements if element.kind is not Kind.UNDERLAY]
    if not boxes:
        return 0.0
    return sum(_over_union(one, other) for one, other in combinations(boxes, 2)) / len(boxes)


def alignment(elements: Sequence[Element], canvas: Box) -> float:
    """Ali as the benchmark's program computes it; 0 is best.

    Of all elements the left, middle and right edges in widths of the canvas, and the top, middle and bottom ones in
    heights. For each of the six kinds the two elements that lie closest are found, their distance d costs -log10(1 -
    d), and the cheapest kind is counted once for each element. A layout with a single element costs nothing.

    One exact common edge of one pair makes it 0; `alignment_of_each` asks every element.
    """
    if len(elements) < 2:
        return 0.0
    kinds = zip(*(_edges(element.box, canvas) for element in elements), strict=True)
    nearest = min(min(abs(a - b) for a, b in combinations(values, 2)) for values in kinds)
    return len(elements) * _cost(nearest)


def alignment_of_each(elements: Sequence[Element], canvas: Box) -> float:
    """The same with every element's own nearest neighbour, as the paper's formula reads: summed over the elements the
    least, over six kinds of edges, of -log10(1 - d) with d its distance to the nearest other element."""
    if len(elements) < 2:
        return 0.0
    edges = [_edges(element.box, canvas) for element in elements]
    total = 0.0
    for place, own in enumerate(edges):
        others = [other for index, other in enumerate(edges) if index != place]
        total += _cost(min(abs(a - b) for other in others for a, b in zip(own, other, strict=True)))
    return total


def underlay_loose(elements: Sequence[Element]) -> float | None:
    """Und_l: for each underlay the largest share of another element's area that it covers, averaged over underlays;
    1 is best, None without underlays."""
    under, over = _layers(elements)
    if not under:
        return None
    best = (max((_share(one.box, other.box) for other in over), default=0.0) for one in under)
    return sum(best) / len(under)


def underlay_strict(elements: Sequence[Element]) -> float | None:
    """Und_s: the share of underlays that wholly contain another element; 1 is best, None without underlays.

    All four sides are asked, to half a pixel; the benchmark's program compares the right side with itself.
    """
    under, over = _layers(elements)
    if not under:
        return None
    return sum(any(one.box.contains(other.box, _TOLERANCE) for other in over) for one in under) / len(under)


def _layers(elements: Sequence[Element]) -> tuple[list[Element], list[Element]]:
    under = [element for element in elements if element.kind is Kind.UNDERLAY]
    return under, [element for element in elements if element.kind is not Kind.UNDERLAY]


def _over_union(one: Box, other: Box) -> float:
    common = one.intersection(other).area
    return common / (one.area + other.area - common) if common else 0.0


def _share(under: Box, over: Box) -> float:
    return under.intersection(over).area / over.area


def _edges(box: Box, canvas: Box) -> tuple[float, ...]:
    middle_x, middle_y = box.centre
    across = (box.x / canvas.width, middle_x / canvas.width, box.right / canvas.width)
    return (*across, box.y / canvas.height, middle_y / canvas.height, box.bottom / canvas.height)


def _cost(distance: float) -> float:
    return -math.log10(1 - min(_LARGEST_STEP, distance)) + 0.0
