# SPDX-License-Identifier: Apache-2.0
"""FontAwesome classes as glyphs: ``fa-solid fa-angle-right`` and the spellings of versions 4, 5 and 6."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from affiche.errors import AfficheError
from affiche.typography.faces import FontFace, glyph_ink, hb_font, open_face
from affiche.typography.text import GlyphRun, Line, TextBlock

_STYLES: Final = {
    "fa-solid": "solid",
    "fas": "solid",
    "fa-regular": "regular",
    "far": "regular",
    "fa-brands": "brands",
    "fab": "brands",
}
_FILES: Final = {"solid": "fa-solid-900.ttf", "regular": "fa-regular-400.ttf", "brands": "fa-brands-400.ttf"}
_MODIFIERS_LIST: Final = """
    fa fa-classic fa-fw fa-xs fa-sm fa-lg fa-xl fa-2xs fa-2xl fa-1x fa-2x fa-3x fa-4x fa-5x fa-6x fa-7x fa-8x
    fa-9x fa-10x fa-li fa-ul fa-border fa-inverse fa-spin fa-pulse fa-beat fa-fade fa-bounce fa-shake
"""
_MODIFIERS: Final = frozenset(_MODIFIERS_LIST.split())
_PREFERRED: Final = ("solid", "regular", "brands")


class UnknownIcon(AfficheError):
    """A class that names no icon of FontAwesome Free."""

    code = "unknown_icon"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The icon '{name}' is not in FontAwesome Free; use a class such as 'fa-solid fa-angle-right'."
        )
        self.name = name


@dataclass(frozen=True, slots=True)
class Icon:
    """One icon: the face that draws it and its code point."""

    name: str
    face: FontFace
    point: int


@lru_cache(maxsize=256)
def icon(classes: str) -> Icon:
    """The icon of a class attribute. Raises `UnknownIcon`."""
    words = classes.split()
    style = next((_STYLES[word] for word in words if word in _STYLES), None)
    names = [word.removeprefix("fa-") for word in words if word not in _STYLES and word not in _MODIFIERS]
    if len(names) != 1 or not any(word.startswith("fa") for word in words):
        raise UnknownIcon(classes)
    table, old = _table()
    name = names[0]
    if name not in table and name in old:
        old_style, name = old[name]
        style = style if style == "brands" else old_style or style
    elif name in old and style is None:
        style = old[name][0]
    point, styles = table.get(name, (0, ()))
    style = style if style is not None else next((known for known in _PREFERRED if known in styles), None)
    if style is None or style not in styles:
        raise UnknownIcon(classes)
    return Icon(name, _face(style), point)


def icon_block(classes: str, size: float, *, mirrored: bool = False) -> TextBlock:
    """The icon as a text of one glyph of ``size`` px whose box is its ink. ``mirrored`` turns an icon that points
    along the reading direction. Raises `UnknownIcon`."""
    found = icon(classes)
    if mirrored:
        found = _turned(found)
    glyph = hb_font(found.face).get_nominal_glyph(found.point) or 0
    left, top, right, bottom = (edge * size for edge in glyph_ink(found.face, glyph))
    run = GlyphRun(found.face, size, (glyph,), (-left,), (0.0,), chr(found.point))
    line = Line(f":{found.name}:", (run,), 0.0, -top, right - left, (0.0, 0.0, right - left, bottom - top))
    return TextBlock((line,), size, 1.0, right - left, bottom - top, False)


def icon_faces() -> tuple[FontFace, ...]:
    """The faces that icons are set in."""
    return tuple(_face(style) for style in _FILES)


def _turned(found: Icon) -> Icon:
    other = found.name.replace("right", "left") if "right" in found.name else found.name.replace("left", "right")
    point, _ = _table()[0].get(other, (found.point, ()))
    turned = Icon(other, found.face, point)
    return turned if hb_font(found.face).get_nominal_glyph(point) else found


@cache
def _table() -> tuple[dict[str, tuple[int, tuple[str, ...]]], dict[str, tuple[str | None, str]]]:
    """Name -> (code point, free styles), aliases included; and the names of version 4 -> (style, name)."""
    families = json.loads((_folder() / "metadata" / "icon-families.json").read_text("utf-8"))
    table: dict[str, tuple[int, tuple[str, ...]]] = {}
    for name, entry in families.items():
        styles = tuple(kind["style"] for kind in entry["familyStylesByLicense"]["free"])
        for known in (name, *entry.get("aliases", {}).get("names", ())):
            table.setdefault(known, (int(entry["unicode"], 16), styles))
    old: dict[str, tuple[str | None, str]] = {}
    for name, prefix, current in json.loads((_folder() / "metadata" / "shims.json").read_text("utf-8")):
        old[name] = (_STYLES.get(prefix or ""), current or name)
    return table, old


@cache
def _face(style: str) -> FontFace:
    return open_face(f"FontAwesome {style}", str(_folder() / "webfonts" / _FILES[style]))


def _folder() -> Path:
    return Path(str(resources.files("fontawesomefree"))) / "static" / "fontawesomefree"
