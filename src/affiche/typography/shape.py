# SPDX-License-Identifier: Apache-2.0
"""Glyphs for a stretch of text, shaped by HarfBuzz. Everything is in em, so that trying a size is arithmetic."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import uharfbuzz as hb

from affiche.typography.bidi import visual_order
from affiche.typography.faces import FontFace, glyph_ink, hb_font
from affiche.typography.itemise import Item

HYPHEN: Final = "-"
# Prices and percentages stand among capitals: figures as tall as these where the family's own are old-style, and each
# as wide as it is, because a headline is no column of a table.
_FEATURES: Final = {"lnum": True, "pnum": True}
# Full-width marks bring half an em of white; where two of them meet, one of the halves goes (JLReq 3.1.4).
_DOUBLE_WHITE: Final = re.compile(
    "[、。，．」』）】〉》](?=[、。，．」』）】〉》「『（【〈《])|(?<=[「『（【〈《])[「『（【〈《]"
)
# What is wider (an em dash and its space) would leave the margin: it stays inside.
_MOST_HANGING: Final = 0.66
# Guillemets stand in the line like letters: hung whole they would look lost, and leave the margin of a small banner.
_GUILLEMETS: Final = re.compile("[«»‹›]")
_PARTLY: Final = 0.7
_OPENING: Final = re.compile(r"(?:[“”„‟«»‹›‘’‚\"'–—―•]\s*)+(?=\S)")
_CLOSING: Final = re.compile(r"(?<=\S)(?:\s*[“”‟«»‹›‘’\"'–—―.,\-‐،؛۔।。、])+$")


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """Glyphs of one face in visual order, in em of the text: ``advances`` move the pen, ``offsets`` (x, y up) shift the
    glyph; ``clusters`` are the glyphs' places in the text; ``starts`` marks the glyphs that begin a letter, which
    tracking spaces. ``scale`` is the glyphs' size relative to the text's."""

    face: FontFace
    scale: float
    text: str
    rtl: bool
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    clusters: tuple[int, ...]
    starts: tuple[bool, ...]


class InkBox(NamedTuple):
    """Where a glyph leaves ink on its line, in em from the line's origin, y down. ``cluster`` is its place in the
    text, ``gap`` the number of letters left of it."""

    cluster: int
    gap: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """The runs of one line from left to right. ``width`` is its advance, ``gaps`` the places that tracking widens,
    ``ink`` (left, top, right, bottom) and ``boxes`` what can be seen, all in em from the line's origin with tracking
    left aside. ``hanging`` says how far quotes and dashes at the line's left and right end reach past the first and
    last letter. ``missing`` are the clusters that no font could draw."""

    text: str
    runs: tuple[ShapedRun, ...]
    width: float
    gaps: int
    ink: tuple[float, float, float, float]
    boxes: tuple[InkBox, ...]
    hanging: tuple[float, float]
    missing: tuple[str, ...]


def shape_line(
    text: str,
    items: Sequence[Item],
    missing: Mapping[int, str],
    span: tuple[int, int],
    *,
    language: str = "und",
    rtl: bool = False,
    hyphen: bool = False,
) -> ShapedLine:
    """Shape the characters ``span`` of the paragraph ``text`` as a line of their own.

    ``items`` and ``missing`` are those of the paragraph (see `itemise`); ``rtl`` is its base direction, which decides
    where the line begins. ``hyphen`` sets a hyphen after the line that is not part of the copy.
    """
    first, last = span
    shown = text[first:last] + HYPHEN * hyphen
    parts = [
        replace(item, start=max(0, item.start - first), end=min(item.end, last) - first)
        for item in items
        if item.start < last and item.end > first
    ]
    if hyphen and parts:
        parts[-1] = replace(parts[-1], end=len(shown))
    runs = [shape_item(shown, part, language) for part in parts]
    ordered = tuple(runs[place] for place in visual_order([part.level for part in parts]))
    gaps = max(0, sum(sum(run.starts) for run in ordered) - 1)
    boxes = _boxes(ordered)
    width = sum(sum(run.advances) for run in ordered)
    ink = (0.0, 0.0, width, 0.0)
    if boxes:
        ink = (
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
    absent = tuple(cluster for place, cluster in missing.items() if first <= place < last)
    return ShapedLine(text[first:last], ordered, width, gaps, ink, boxes, _hanging(shown, boxes, rtl), absent)


def shape_item(text: str, item: Item, language: str) -> ShapedRun:
    """The glyphs of one item of ``text``, in visual order."""
    rtl = item.level % 2 == 1
    buffer = hb.Buffer()
    buffer.add_str(text, item.start, item.end - item.start)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = item.script or "Zyyy"
    # Never HarfBuzz's own guess: that is the locale of the process, and the same brief must give the same picture.
    buffer.language = language
    hb.shape(hb_font(item.face), buffer, _features(text, item))
    em = item.face.upem / item.scale
    infos, positions = buffer.glyph_infos or (), buffer.glyph_positions or ()
    clusters = tuple(info.cluster for info in infos)
    return ShapedRun(
        item.face,
        item.scale,
        text[item.start : item.end],
        rtl,
        tuple(info.codepoint for info in infos),
        tuple(position.x_advance / em for position in positions),
        tuple((position.x_offset / em, position.y_offset / em) for position in positions),
        clusters,
        tuple(place == 0 or cluster != clusters[place - 1] for place, cluster in enumerate(clusters)),
    )


def _features(text: str, item: Item) -> dict[str, bool | Sequence[tuple[int, int, bool]]]:
    """The OpenType features for one item: the general ones, and half widths for marks that meet others."""
    halves = [(*match.span(), True) for match in _DOUBLE_WHITE.finditer(text) if item.start <= match.start() < item.end]
    return {**_FEATURES, "halt": halves} if halves else dict(_FEATURES)


def _boxes(runs: tuple[ShapedRun, ...]) -> tuple[InkBox, ...]:
    boxes, pen, gap = [], 0.0, -1
    for run in runs:
        for glyph, advance, (dx, dy), cluster, start in zip(
            run.glyphs, run.advances, run.offsets, run.clusters, run.starts, strict=True
        ):
            gap += start
            left, top, right, bottom = (run.scale * edge for edge in glyph_ink(run.face, glyph))
            if right > left:
                x = pen + dx
                boxes.append(InkBox(cluster, gap, x + left, top - dy, x + right, bottom - dy))
            pen += advance
    return tuple(boxes)


def _hanging(text: str, boxes: tuple[InkBox, ...], rtl: bool) -> tuple[float, float]:
    """How far opening marks at the line's start and closing marks at its end reach past its letters, in em."""
    opening, closing = _OPENING.match(text), _CLOSING.search(text)
    first = opening.end() if opening else 0
    last = closing.start() if closing else len(text)
    if first == 0 and last == len(text):
        return 0.0, 0.0
    letters = [box for box in boxes if first <= box.cluster < last]
    if not letters:
        return 0.0, 0.0
    left = min(box.left for box in letters) - min(box.left for box in boxes)
    right = max(box.right for box in boxes) - max(box.right for box in letters)
    starts, ends = (right, left) if rtl else (left, right)
    starts, ends = _hung(starts, text[:first]), _hung(ends, text[last:])
    return (ends, starts) if rtl else (starts, ends)


def _hung(reach: float, marks: str) -> float:
    """How much of the ``reach`` of ``marks`` beyond the letters is hung out, in em."""
    if not marks or reach > _MOST_HANGING:
        return 0.0
    return reach * _PARTLY if _GUILLEMETS.search(marks) else reach
