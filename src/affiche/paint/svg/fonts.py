# SPDX-License-Identifier: Apache-2.0
"""Fonts inside an SVG: of each face the characters that are set, with the tables that shape them."""

import io
import re
from collections import defaultdict
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from affiche.paint.svg.markup import data_url
from affiche.typography.faces import FontFace

_GENERIC: Final = "sans-serif"
_KEY: Final = re.compile(r"(?P<family>.+?)(?: (?P<weight>\d{3}|regular|bold))?(?P<italic> italic)?")
_NAMED_WEIGHTS: Final = {None: "400", "regular": "400", "bold": "700"}


class FontShelf:
    """Collects which characters of which face a document sets, and gives each face a family name of its own."""

    def __init__(self) -> None:
        self._characters: defaultdict[FontFace, set[str]] = defaultdict(set)

    def look(self, face: FontFace, text: str) -> dict[str, str]:
        """The attributes that set ``text`` in ``face``: the embedded subset, then the font itself where a program does
        not read embedded fonts but has it installed."""
        self._characters[face].update(text)
        family, weight, style = _names(face)
        return {
            "font_family": f"'{_name(face)}', '{family}', {_GENERIC}",
            "font_weight": weight,
            "font_style": style,
        }

    @property
    def styles(self) -> str:
        """The ``@font-face`` rules."""
        return "".join(_rule(face, signs) for face, signs in self._faces())

    def files(self) -> dict[str, bytes]:
        """The same subsets as font files by family name, for programs that are given fonts beside the drawing."""
        return {_name(face): subset(face, signs, None) for face, signs in self._faces()}

    def _faces(self) -> list[tuple[FontFace, set[str]]]:
        return sorted(self._characters.items(), key=lambda entry: entry[0].key)


def subset(face: FontFace, characters: set[str], flavour: str | None) -> bytes:
    """``face`` at its place on its axes with the glyphs of ``characters`` only, all its shaping kept. The same input
    gives the same bytes."""
    font = TTFont(face.path, fontNumber=face.index, lazy=True, recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True, flavor=flavour, name_IDs=[1, 2, 4, 6])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(sign) for sign in characters])
    subsetter.subset(font)
    if "fvar" in font:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | dict(face.variations)
        font = instancer.instantiateVariableFont(font, axes)
    for record in font["name"].names:
        record.string = "Regular" if record.nameID == 2 else _name(face)
    font.flavor = flavour
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _rule(face: FontFace, signs: set[str]) -> str:
    _, weight, style = _names(face)
    source = data_url("font/woff2", subset(face, signs, "woff2"))
    return f"@font-face{{font-family:'{_name(face)}';font-weight:{weight};font-style:{style};src:url({source})}}"


def _names(face: FontFace) -> tuple[str, str, str]:
    """Family, weight and style as CSS names them."""
    found = _KEY.fullmatch(face.key)
    assert found is not None  # the family takes anything
    weight = found["weight"]
    return found["family"], _NAMED_WEIGHTS.get(weight, weight), "italic" if found["italic"] else "normal"


def _name(face: FontFace) -> str:
    return "affiche-" + re.sub(r"[^a-z0-9]+", "-", face.key.lower()).strip("-")
