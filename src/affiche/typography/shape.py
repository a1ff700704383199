# SPDX-License-Identifier: Apache-2.0
"""Glyphs for a stretch of text: itemised by face and level, shaped by HarfBuzz at unit size and kept.

Everything here is in em, so that trying another size is arithmetic.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex
import uharfbuzz as hb

from affiche.typography.bidi import visual_order
from affiche.typography.faces import FontFace, glyph_ink, hb_font
from affiche.typography.fonts import cjk_face, emoji_face, face, face_for
from affiche.typography.scripts import writing_of

_CLUSTERS: Final = regex.compile(r"\X")
_EMOJI: Final = regex.compile(
    r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Emoji}\ufe0f?\u20e3|\p{RI}\p{RI}"
)
_TEXT_PRESENTATION: Final = "\ufe0e"
_IGNORABLE: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\s]")
_HAN: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Voice:
    """The face that a text asks for."""

    family: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """Glyphs of one face in visual order, in em: ``advances`` move the pen, ``offsets`` (x, y up) shift the glyph;
    ``clusters`` counts the letters that tracking spaces."""

    face: FontFace
    text: str
    rtl: bool
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    starts: tuple[bool, ...]

    @property
    def width(self) -> float:
        return sum(self.advances)


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """The runs of one line from left to right with the clusters that no font could draw. ``ink`` is (left, top,
    right, bottom) in em from the line's origin, tracking left aside."""

    runs: tuple[ShapedRun, ...]
    width: float
    gaps: int
    ink: tuple[float, float, float, float]
    missing: tuple[str, ...]


@lru_cache(maxsize=8192)
def shape_line(text: str, levels: tuple[int, ...], voice: Voice, context: str) -> ShapedLine:
    """Shape ``text``, whose characters have the bidi ``levels``. ``context`` is the script hint for Han characters
    (see `han_context`)."""
    items, missing = _itemised(text, levels, voice, context)
    runs = [_shaped(item_face, chunk, level % 2 == 1) for item_face, chunk, level in items]
    ordered = tuple(runs[place] for place in visual_order([level for _, _, level in items]))
    gaps = max(0, sum(sum(run.starts) for run in ordered) - 1)
    return ShapedLine(ordered, sum(run.width for run in ordered), gaps, _ink(ordered), missing)


@lru_cache(maxsize=512)
def han_context(text: str) -> str:
    """Whose Han forms a text wants: JP if it has kana, KR if it has hangul, else SC."""
    writing = writing_of(text)
    return "JP" if writing.has_kana else "KR" if writing.has_hangul else "SC"


@lru_cache(maxsize=1024)
def clusters_of(text: str) -> tuple[str, ...]:
    """The user-perceived characters of ``text`` (UAX #29)."""
    return tuple(_CLUSTERS.findall(text))


def _itemised(
    text: str, levels: tuple[int, ...], voice: Voice, context: str
) -> tuple[list[tuple[FontFace, str, int]], tuple[str, ...]]:
    """Maximal stretches of one face and level, in logical order; clusters without a glyph are left out."""
    items: list[tuple[FontFace, str, int]] = []
    missing = []
    place = 0
    for cluster in clusters_of(text):
        level = levels[place]
        place += len(cluster)
        last = items[-1] if items else None
        if _IGNORABLE.fullmatch(cluster[0]) and last is not None and last[2] == level and not last[0].colour:
            items[-1] = (last[0], last[1] + cluster, level)
            continue
        chosen = _face_of_cluster(cluster, voice, context)
        if chosen is None:
            missing.append(cluster)
            continue
        if last is not None and last[0] is chosen and last[2] == level:
            items[-1] = (chosen, last[1] + cluster, level)
        else:
            items.append((chosen, cluster, level))
    return items, tuple(missing)


@lru_cache(maxsize=8192)
def _face_of_cluster(cluster: str, voice: Voice, context: str) -> FontFace | None:
    if _EMOJI.match(cluster) and _TEXT_PRESENTATION not in cluster:
        emoji = emoji_face()
        if emoji is not None:
            return emoji
    own = face(voice.family, voice.weight, voice.italic)
    letters = [sign for sign in cluster if not _IGNORABLE.match(sign)]
    if not letters:
        return own
    if _HAN.match(cluster):
        han = cjk_face(context, voice.weight)
        if han is not None:
            return han
    found = {face_for(sign, voice.family, voice.weight, voice.italic) for sign in letters}
    if None in found:
        return None
    # One face for the whole cluster: that of its base letter.
    return face_for(letters[0], voice.family, voice.weight, voice.italic)


def _shaped(item_face: FontFace, text: str, rtl: bool) -> ShapedRun:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(hb_font(item_face), buffer)
    upem = item_face.upem
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    seen: set[int] = set()
    starts = []
    for info in infos:
        starts.append(info.cluster not in seen)
        seen.add(info.cluster)
    return ShapedRun(
        item_face,
        text,
        rtl,
        tuple(info.codepoint for info in infos),
        tuple(position.x_advance / upem for position in positions),
        tuple((position.x_offset / upem, position.y_offset / upem) for position in positions),
        tuple(starts),
    )


def _ink(runs: tuple[ShapedRun, ...]) -> tuple[float, float, float, float]:
    left, top, right, bottom, pen = float("inf"), 0.0, float("-inf"), 0.0, 0.0
    for run in runs:
        for glyph, advance, (dx, dy) in zip(run.glyphs, run.advances, run.offsets, strict=True):
            ink = glyph_ink(run.face, glyph)
            if ink[2] > ink[0]:
                left, right = min(left, pen + dx + ink[0]), max(right, pen + dx + ink[2])
                top, bottom = min(top, ink[1] - dy), max(bottom, ink[3] - dy)
            pen += advance
    return (left, top, right, bottom) if right > left else (0.0, 0.0, pen, 0.0)
