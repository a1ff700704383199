# SPDX-License-Identifier: Apache-2.0
"""Cutting a text into stretches that are shaped as one: a face, a script, a direction.

Each cluster (UAX #29) gets the first face that can draw all of it: colour emoji for what is shown as emoji, the
family that was asked for, the system's CJK face in the text's language, then the fallbacks. A cluster that no face can
draw is named, and left out.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import regex
import uharfbuzz as hb

from affiche.typography.faces import FontFace, has_glyph, hb_font
from affiche.typography.fonts import cjk_face, emoji_face, face, fallbacks
from affiche.typography.optical import optical_scale
from affiche.typography.scripts import script_of

_CLUSTERS: Final = regex.compile(r"\X")
_EMOJI: Final = regex.compile(
    r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Emoji}\ufe0f?\u20e3|\p{RI}\p{RI}"
)
_TEXT_PRESENTATION: Final = "\ufe0e"
_UNSEEN: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\s]")
_CJK: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Voice:
    """The face that a text asks for, and the ``language`` (BCP 47) whose letter forms it wants."""

    family: str
    weight: int
    italic: bool
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Item:
    """Characters ``start`` to ``end`` of a text: one ``face``, one bidi ``level``, one ``script`` ("" if it has none
    of its own). ``scale`` is the face's size relative to the text's."""

    face: FontFace
    start: int
    end: int
    level: int
    script: str
    scale: float = 1.0


@lru_cache(maxsize=64)
def clusters_of(text: str) -> tuple[str, ...]:
    """The user-perceived characters of ``text`` (UAX #29)."""
    return tuple(_CLUSTERS.findall(text))


def itemise(text: str, levels: tuple[int, ...], voice: Voice) -> tuple[tuple[Item, ...], dict[int, str]]:
    """The items of a paragraph in logical order, and the clusters that no face can draw by their place in it.

    Spaces and signs without a script of their own join the item before them. The space after a cluster that is left
    out goes with it, so that no double space stays.
    """
    items: list[Item] = []
    missing: dict[int, str] = {}
    faces = _faces_of_scripts(text, voice)
    place = 0
    for cluster in clusters_of(text):
        start, place = place, place + len(cluster)
        level, script = levels[start], script_of(cluster[0])
        last = items[-1] if items else None
        joins = last is not None and last.end == start and last.level == level
        if _UNSEEN.match(cluster):
            if missing and items and items[-1].end < start and text[items[-1].end - 1].isspace():
                continue
            if joins and last is not None and not last.face.colour:
                items[-1] = replace(last, end=place)
                continue
        chosen = faces.get(script) or face_of_cluster(cluster, voice)
        if chosen is None:
            missing[start] = cluster
        elif joins and last is not None and last.face is chosen and (script in ("", last.script) or not last.script):
            items[-1] = replace(last, end=place, script=last.script or script)
        else:
            items.append(Item(chosen, start, place, level, script))
    family = face(voice.family, voice.weight, voice.italic)
    return tuple(replace(item, scale=optical_scale(item.face, item.script, family)) for item in items), missing


def _faces_of_scripts(text: str, voice: Voice) -> dict[str, FontFace]:
    """One face for all letters of a script where the family lacks some of them: a word in two faces is worse than a
    text in another. Scripts for which no face has everything are left to `face_of_cluster`."""
    if text.isascii():
        return {}
    letters: dict[str, set[str]] = {}
    for cluster in clusters_of(text):
        if script := script_of(cluster[0]):
            letters.setdefault(script, set()).add(cluster)
    faces = {}
    for script, clusters in letters.items():
        drawn = {face_of_cluster(cluster, voice) for cluster in clusters}
        if len(drawn) > 1 and None not in drawn:
            for candidate in fallbacks(voice.weight):
                if all(_draws(candidate, cluster, _seen(cluster)) for cluster in clusters):
                    faces[script] = candidate
                    break
    return faces


@lru_cache(maxsize=8192)
def face_of_cluster(cluster: str, voice: Voice) -> FontFace | None:
    """The first face that has glyphs for the whole of ``cluster``, or None."""
    signs = _seen(cluster)
    own = face(voice.family, voice.weight, voice.italic)
    if not signs:
        return own
    emoji = emoji_face()
    as_emoji = _EMOJI.match(cluster) is not None and _TEXT_PRESENTATION not in cluster
    if emoji is not None and as_emoji and _draws(emoji, cluster, signs):
        return emoji
    if _draws(own, cluster, signs):
        return own
    if _CJK.match(cluster):
        cjk = cjk_face(voice.language, voice.weight)
        if cjk is not None and _draws(cjk, cluster, signs):
            return cjk
    for helper in fallbacks(voice.weight):
        if _draws(helper, cluster, signs):
            return helper
    return emoji if emoji is not None and _draws(emoji, cluster, signs) else None


def _seen(cluster: str) -> list[str]:
    return [sign for sign in cluster if not _UNSEEN.match(sign)]


def _draws(candidate: FontFace, cluster: str, signs: list[str]) -> bool:
    if len(signs) == 1 or not has_glyph(candidate, signs[0]):
        return has_glyph(candidate, signs[0])
    if all(has_glyph(candidate, sign) for sign in signs):
        return True
    # A letter and its accent may exist as one glyph only: the shaper composes them.
    buffer = hb.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    hb.shape(hb_font(candidate), buffer)
    return all(info.codepoint for info in buffer.glyph_infos)
