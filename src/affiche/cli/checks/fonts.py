# SPDX-License-Identifier: Apache-2.0
"""Fonts: the house families, and one sample of each script that a headline may be written in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from affiche.cli.checks.findings import Finding, State
from affiche.creative.brief import DEFAULT_ICON
from affiche.typography.fonts import DEFAULT_FAMILY, face, families
from affiche.typography.icons import icon
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle


@dataclass(frozen=True, slots=True)
class Script:
    """A script, a word of it, and the Debian package whose font has it if ours have not."""

    name: str
    word: str
    package: str = ""


SCRIPTS: Final = (
    Script("Latin, Greek, Cyrillic", "Größe Ωμέγα Привет"),
    Script("Arabic", "عرض"),
    Script("Devanagari", "नया"),
    Script("Thai", "ใหม่"),
    Script("Hebrew", "חדש", "fonts-noto-core"),
    Script("Japanese", "新しい", "fonts-noto-cjk"),
    Script("Korean", "새로운", "fonts-noto-cjk"),
    Script("Chinese", "全新", "fonts-noto-cjk"),
    Script("Emoji", "🎉", "fonts-noto-color-emoji"),
)


def findings() -> Iterator[Finding]:
    yield _families()
    yield _icons()
    yield from map(script, SCRIPTS)


def script(wanted: Script) -> Finding:
    """Whether some font here has every character of the script's sample."""
    name = wanted.name
    try:
        missing = set_text(wanted.word, TextStyle(DEFAULT_FAMILY, 700), 40.0, 4000.0).missing
    except Exception as error:
        return Finding(name, State.BROKEN, f"{type(error).__name__}: {error}", "Reinstall Affiche.")
    if not missing:
        return Finding(name, State.OK, wanted.word)
    cost = f"Such texts lack characters, and every creative reports them as missing; install {wanted.package}."
    return Finding(name, State.LACKING, f"no font here has {' '.join(missing)}", cost)


def _families() -> Finding:
    broken = []
    for family in families():
        try:
            face(family, 700)
        except Exception as error:
            broken.append(f"{family} ({type(error).__name__}: {error})")
    if broken:
        cost = "Briefs that ask for it fail; reinstall the fontpkg-* packages."
        return Finding("Font families", State.BROKEN, ", ".join(broken), cost)
    return Finding("Font families", State.OK, ", ".join(families()))


def _icons() -> Finding:
    try:
        icon(DEFAULT_ICON)
    except Exception as error:
        cost = "No button has an icon; reinstall fontawesomefree."
        return Finding("Icons", State.BROKEN, f"{type(error).__name__}: {error}", cost)
    return Finding("Icons", State.OK, "FontAwesome Free")
