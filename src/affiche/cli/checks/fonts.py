# SPDX-License-Identifier: Apache-2.0
"""Fonts: the house families, and one sample of each script that a headline may be written in."""

from collections.abc import Iterator

from affiche.cli.checks.findings import Finding, State
from affiche.creative.brief import DEFAULT_ICON
from affiche.typography.coverage import SCRIPTS, Script, covered
from affiche.typography.fonts import face, families
from affiche.typography.icons import icon


def findings() -> Iterator[Finding]:
    yield _families()
    yield _icons()
    yield from map(script, SCRIPTS)


def script(wanted: Script) -> Finding:
    """Whether some font here has every character of the script's sample."""
    name = wanted.name
    try:
        found = covered(wanted)
    except Exception as error:
        return Finding(name, State.BROKEN, f"{type(error).__name__}: {error}", "Reinstall Affiche.")
    if not found.missing:
        return Finding(name, State.OK, f"{wanted.word}  {found.face}")
    cost = (
        "Such texts lack characters, and every creative reports them as missing; "
        f"install a font (Debian, Ubuntu: apt install {wanted.package})."
    )
    return Finding(name, State.LACKING, f"no font here has {' '.join(found.missing)}", cost)


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
