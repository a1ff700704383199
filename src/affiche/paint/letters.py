# SPDX-License-Identifier: Apache-2.0
"""Which glyphs of a set run are which letters of its text."""

from collections.abc import Iterator
from itertools import pairwise

import uharfbuzz as hb

from affiche.typography.faces import hb_font
from affiche.typography.text import GlyphRun


def letters_of(run: GlyphRun) -> Iterator[tuple[range, str]]:
    """The run's letters (shaping clusters) from left to right: the places of their glyphs and their text. They are the
    whole run at once where its text alone does not tell."""
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.rtl else "ltr"
    hb.shape(hb_font(run.face), buffer)
    count = len(run.glyphs)
    starts = [info.cluster for info in buffer.glyph_infos]
    if tuple(info.codepoint for info in buffer.glyph_infos) != run.glyphs:
        # Shaped with more than its text (features, a language): letter for glyph, or all of it at once.
        starts = list(range(count)) if count == len(run.text) else [0] * count
        starts = starts[::-1] if run.rtl else starts
    ends = dict(pairwise([*sorted(set(starts)), len(run.text)]))
    edges = [place for place in range(count) if place == 0 or starts[place] != starts[place - 1]]
    for first, end in pairwise([*edges, count]):
        yield range(first, end), run.text[starts[first] : ends[starts[first]]]
