# SPDX-License-Identifier: Apache-2.0
"""Which scripts the fonts of this machine can set, and what to install for the others."""

from dataclasses import dataclass
from typing import Final

from affiche.typography.fonts import DEFAULT_FAMILY
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle

_CORE, _CJK, _EMOJI = "fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji"


@dataclass(frozen=True, slots=True)
class Script:
    """A script by the name of its best known languages, a word of it, and the Debian package of a font that has it,
    "" if one comes with Affiche."""

    name: str
    word: str
    package: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands for ``script`` here: the key of the face that draws most of its word, and the characters of the word
    that no font has."""

    script: Script
    face: str
    missing: tuple[str, ...]


SCRIPTS: Final = (
    Script("Latin", "Größe"),
    Script("Greek", "Ωμέγα"),
    Script("Cyrillic", "Привет"),
    Script("Vietnamese", "Tiếng Việt"),
    Script("Arabic", "عرض"),
    Script("Persian, Urdu", "گھریلو"),
    Script("Devanagari", "नया"),
    Script("Thai", "ใหม่"),
    Script("Hebrew", "חדש", _CORE),
    Script("Japanese", "新しい", _CJK),
    Script("Korean", "새로운", _CJK),
    Script("Chinese", "全新", _CJK),
    Script("Chinese, traditional", "訂購", _CJK),
    Script("Bengali", "নতুন", _CORE),
    Script("Gurmukhi", "ਨਵਾਂ", _CORE),
    Script("Gujarati", "નવું", _CORE),
    Script("Tamil", "புதிய", _CORE),
    Script("Telugu", "కొత్త", _CORE),
    Script("Kannada", "ಹೊಸ", _CORE),
    Script("Malayalam", "പുതിയ", _CORE),
    Script("Sinhala", "අලුත්", _CORE),
    Script("Lao", "ໃໝ່", _CORE),
    Script("Khmer", "ថ្មី", _CORE),
    Script("Burmese", "အသစ်", _CORE),
    Script("Georgian", "ახალი", _CORE),
    Script("Armenian", "Նոր", _CORE),
    Script("Amharic", "አዲስ", _CORE),
    Script("Emoji", "🎉", _EMOJI),
)


def covered(script: Script) -> Coverage:
    """How ``script`` is set on this machine in the default family."""
    block = set_text(script.word, TextStyle(DEFAULT_FAMILY, 700), 40.0, 4000.0)
    runs = [run for line in block.lines for run in line.runs]
    face = max(runs, key=lambda run: len(run.glyphs)).face.key if runs else ""
    return Coverage(script, face, block.missing)
