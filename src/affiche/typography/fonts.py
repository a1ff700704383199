# SPDX-License-Identifier: Apache-2.0
"""The families that can be asked for, and the faces that help out where a family has no glyph.

The house families and four Noto faces come from wheels and are on every machine. CJK, Hebrew and colour emoji are
taken from the system's font folders when they are there.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import uharfbuzz as hb

from affiche.errors import AfficheError
from affiche.typography.faces import FontFace, covered, open_face

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
# Family, regular file, bold file, index inside a collection. CJK order: a text with kana is Japanese, and so on.
_SYSTEM: Final = (
    ("Noto Sans CJK JP", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 0),
    ("Noto Sans CJK KR", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 1),
    ("Noto Sans CJK SC", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 2),
    ("Noto Sans Hebrew", "NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf", 0),
    ("DejaVu Sans", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", 0),
)
_EMOJI_FILE: Final = "NotoColorEmoji.ttf"
_BOLD_FROM: Final = 600


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


@cache
def fallbacks(weight: int) -> tuple[FontFace, ...]:
    """Faces that are asked in turn for what a family does not have."""
    helpers = [_packaged(name, source, weight, False) for name, source in _HELPERS.items()]
    return (face("Noto Sans", weight), *helpers, *_system_faces(weight))


@cache
def emoji_face() -> FontFace | None:
    """The system's colour emoji, or None."""
    path = _system_files().get(_EMOJI_FILE)
    return open_face("Noto Color Emoji", str(path), colour=True) if path else None


@cache
def face_for(character: str, family: str, weight: int, italic: bool) -> FontFace | None:
    """The first face that has ``character``: the family's own, then the fallbacks; None if no font has it."""
    point = ord(character)
    own = face(family, weight, italic)
    if point in covered(own):
        return own
    return next((helper for helper in fallbacks(weight) if point in covered(helper)), None)


def cjk_face(language: str, weight: int) -> FontFace | None:
    """The system's CJK face in the forms of ``language`` (JP, KR or SC), or None."""
    name = f"Noto Sans CJK {language}"
    return next((helper for helper in _system_faces(weight) if helper.key.startswith(name)), None)


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
def _system_faces(weight: int) -> tuple[FontFace, ...]:
    files = _system_files()
    found = []
    for family, regular, bold, index in _SYSTEM:
        path = files.get(bold if weight >= _BOLD_FROM else regular) or files.get(regular)
        if path is not None:
            found.append(open_face(f"{family} {'bold' if weight >= _BOLD_FROM else 'regular'}", str(path), index))
    return tuple(found)


@cache
def _system_files() -> dict[str, Path]:
    """The wanted files of the system's font folders by name; the first in path order wins."""
    wanted = {_EMOJI_FILE, *(name for _, regular, bold, _ in _SYSTEM for name in (regular, bold))}
    found: dict[str, Path] = {}
    for folder in SYSTEM_FOLDERS:
        for path in sorted(folder.rglob("*.tt[fc]")) if folder.is_dir() else []:
            if path.name in wanted:
                found.setdefault(path.name, path)
    return found


def harfbuzz_version() -> str:
    """The version of the shaper, for receipts and the doctor."""
    return str(hb.version_string())
