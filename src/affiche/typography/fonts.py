# SPDX-License-Identifier: Apache-2.0
"""The families that can be asked for, and the faces that help out where a family has no glyph.

The house families and four Noto faces come from wheels and are on every machine. CJK, Hebrew and colour emoji are
taken from the system's font folders when they are there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from affiche.errors import AfficheError
from affiche.typography.faces import FontFace, open_face

DEFAULT_FAMILY: Final = "Inter"
SYSTEM_FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


class UnknownFont(AfficheError):
    """A family that we do not have; ``known`` lists those that we do."""

    code = "unknown_font"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"The font '{name}' is not available; use one of {', '.join(known)}.")
        self.name = name
        self.known = known


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a family's files are: ``package`` is a wheel, ``upright`` and ``italic`` are variable files, or ``static``
    is the stem of one file per weight."""

    package: str
    upright: str = ""
    italic: str | None = None
    static: str | None = None


_FAMILIES: Final[dict[str, _Source]] = {
    "Inter": _Source("fontpkg_inter", "Inter[opsz,wght].ttf", "Inter-Italic[opsz,wght].ttf"),
    "Montserrat": _Source("fontpkg_montserrat", "Montserrat[wght].ttf", "Montserrat-Italic[wght].ttf"),
    "Poppins": _Source("fontpkg_poppins", static="Poppins"),
    "Playfair Display": _Source(
        "fontpkg_playfair_display", "PlayfairDisplay[wght].ttf", "PlayfairDisplay-Italic[wght].ttf"
    ),
    "Roboto": _Source("fontpkg_roboto", "Roboto[wdth,wght].ttf", "Roboto-Italic[wdth,wght].ttf"),
    "Noto Sans": _Source("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "NotoSans-Italic[wdth,wght].ttf"),
}
_HELPERS: Final[dict[str, _Source]] = {
    "Noto Sans Arabic": _Source("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    "Noto Sans Devanagari": _Source("fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
    "Noto Sans Thai": _Source("fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf"),
}
_STATIC_WEIGHTS: Final = {
    100: "Thin",
    200: "ExtraLight",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "SemiBold",
    700: "Bold",
    800: "ExtraBold",
    900: "Black",
}
_BOLD_FROM: Final = 600


@dataclass(frozen=True, slots=True)
class _SystemFont:
    """A family that a system may have: names of its regular and bold files in order of preference (a variable font is
    both), and the face's ``index`` in a collection."""

    family: str
    regular: tuple[str, ...]
    bold: tuple[str, ...]
    index: int = 0


_CJK_REGULAR: Final = ("NotoSansCJK-VF.ttc", "NotoSansCJK-VF.otf.ttc", "NotoSansCJK-Regular.ttc")
_CJK_BOLD: Final = (*_CJK_REGULAR[:2], "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc")
_CJK: Final = {
    "ja": _SystemFont("Noto Sans CJK JP", _CJK_REGULAR, _CJK_BOLD, 0),
    "ko": _SystemFont("Noto Sans CJK KR", _CJK_REGULAR, _CJK_BOLD, 1),
    "zh-hans": _SystemFont("Noto Sans CJK SC", _CJK_REGULAR, _CJK_BOLD, 2),
    "zh-hant": _SystemFont("Noto Sans CJK TC", _CJK_REGULAR, _CJK_BOLD, 3),
}
_DEJAVU: Final = _SystemFont("DejaVu Sans", ("DejaVuSans.ttf",), ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf"))
_EMOJI_FILES: Final = ("NotoColorEmoji.ttf", "NotoColorEmoji-Regular.ttf")
_NOTO_SANS: Final = re.compile(r"NotoSans(?P<script>[A-Z]\w*)(?:-Regular|\[[\w,]*wght[\w,]*\])\.(?:ttf|otf)")
_NO_SCRIPT: Final = frozenset({"Mono", "Display", "CJK"})


def families() -> tuple[str, ...]:
    """The names that ``fontIdentifier`` accepts."""
    return tuple(_FAMILIES)


def canonical(name: str) -> str:
    """The family's own spelling; case, spaces and dashes do not matter. Raises `UnknownFont`."""
    wanted = re.sub(r"[\s_-]+", "", name).lower()
    for family in _FAMILIES:
        if re.sub(r"\s+", "", family).lower() == wanted:
            return family
    raise UnknownFont(name, families())


@cache
def face(family: str, weight: int, italic: bool = False) -> FontFace:
    """The face of ``family`` at ``weight`` (100..900). Raises `UnknownFont`."""
    return _packaged(canonical(family), _FAMILIES[canonical(family)], weight, italic)


def fallbacks(weight: int) -> Iterator[FontFace]:
    """Faces that are asked in turn for what a family does not have; those of the system are opened only when it
    comes to them."""
    yield face("Noto Sans", weight)
    for name, source in _HELPERS.items():
        yield _packaged(name, source, weight, False)
    for font in (*_CJK.values(), *_system_noto(), _DEJAVU):
        found = _system_face(font, weight)
        if found is not None:
            yield found


@cache
def emoji_face() -> FontFace | None:
    """The system's colour emoji, or None."""
    path = next((path for name in _EMOJI_FILES if (path := _system_files().get(name))), None)
    return open_face("Noto Color Emoji", str(path), colour=True) if path else None


def cjk_face(language: str, weight: int) -> FontFace | None:
    """The system's CJK face in the forms of ``language`` (ja, ko, zh-hans or zh-hant; ja for others), or None."""
    return _system_face(_CJK.get(language, _CJK["ja"]), weight)


@cache
def _packaged(family: str, source: _Source, weight: int, italic: bool) -> FontFace:
    folder = Path(str(resources.files(source.package))) / "files"
    key = f"{family} {weight}{' italic' if italic else ''}"
    if source.static:
        name = _STATIC_WEIGHTS[min(_STATIC_WEIGHTS, key=lambda known: abs(known - weight))]
        name = (
            name.replace("Regular", "Italic") if italic and name == "Regular" else name + ("Italic" if italic else "")
        )
        return open_face(key, str(folder / f"{source.static}-{name}.ttf"))
    file = source.italic if italic and source.italic else source.upright
    variations = [("wght", float(weight))]
    if "opsz" in file:
        # Headlines and texts of ads are looked at, not read for hours: the display cut has the finer details.
        variations.append(("opsz", 32.0 if weight >= _BOLD_FROM else 20.0))
    return open_face(key, str(folder / file), 0, tuple(variations))


@cache
def _system_face(font: _SystemFont, weight: int) -> FontFace | None:
    files = _system_files()
    bold = weight >= _BOLD_FROM
    path = next((path for name in (font.bold if bold else font.regular) if (path := files.get(name))), None)
    if path is None:
        return None
    if "VF" in path.name or "wght" in path.name:
        return open_face(f"{font.family} {weight}", str(path), font.index, (("wght", float(weight)),))
    return open_face(f"{font.family} {'bold' if bold else 'regular'}", str(path), font.index)


@cache
def _system_noto() -> tuple[_SystemFont, ...]:
    """Noto Sans for other scripts (Hebrew, Bengali, Georgian ...), by name."""
    fonts: dict[str, _SystemFont] = {}
    for name in sorted(_system_files()):
        match = _NOTO_SANS.fullmatch(name)
        if match and match["script"] not in _NO_SCRIPT:
            bold = name.replace("-Regular", "-Bold")
            fonts.setdefault(match["script"], _SystemFont(f"Noto Sans {match['script']}", (name,), (bold, name)))
    return tuple(fonts.values())


@cache
def _system_files() -> dict[str, Path]:
    """The fonts in the system's folders by file name; the first in path order wins."""
    found: dict[str, Path] = {}
    for folder in SYSTEM_FOLDERS:
        for path in sorted(folder.rglob("*.[ot]t[fc]")) if folder.is_dir() else []:
            found.setdefault(path.name, path)
    return found
