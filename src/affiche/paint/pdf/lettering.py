# SPDX-License-Identifier: Apache-2.0
"""Which glyphs say what, so that the text of a PDF can be selected, searched and copied in every reader.

A font in a PDF maps each of its glyphs to characters once. Shaped writing does not: a dotless beh with one dot or
another mark is five different letters, and a letter with its vowel signs is several glyphs. So, of the glyphs of a
letter (a grapheme cluster), those that move the pen say all of it and the others are drawn as mere outlines, and a
glyph that has to say something else elsewhere is taken there from a further copy of its font.
"""

from dataclasses import dataclass
from itertools import groupby

from affiche.paint.letters import letters_of
from affiche.typography.faces import FontFace, glyph_ink, hb_font
from affiche.typography.text import GlyphRun


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph at a pen position in px, relative to its line's origin. ``text`` is what it says."""

    glyph: int
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that are drawn at once, from copy number ``copy`` of ``face`` at ``size`` px."""

    face: FontFace
    size: float
    copy: int
    letters: tuple[Letter, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be seen of it."""
        return not any(_ink_width(self.face, letter.glyph) for letter in self.letters)


@dataclass(frozen=True, slots=True)
class SetRun:
    """A run as a PDF shows it: text, and ``marks``, whose letters the text says already."""

    pieces: tuple[Piece, ...]
    marks: tuple[Letter, ...]


class Lettering:
    """The copies of faces that a document needs, and what each of their glyphs says."""

    def __init__(self) -> None:
        self._copies: dict[FontFace, list[dict[int, str]]] = {}

    def set(self, run: GlyphRun) -> SetRun:
        """``run`` with the text of its glyphs."""
        letters, marks = _letters(run)
        copies: list[int] = []
        for letter in letters:
            # A space stays with the letters left of it: alone it would not be drawn.
            wish = copies[-1] if copies and letter.text.isspace() else 0
            copies.append(self._copy(run.face, letter, wish))
        groups = groupby(zip(copies, letters, strict=True), lambda pair: pair[0])
        pieces = (Piece(run.face, run.size, copy, tuple(letter for _, letter in group)) for copy, group in groups)
        return SetRun(tuple(pieces), tuple(marks))

    def _copy(self, face: FontFace, letter: Letter, wish: int) -> int:
        """The first copy from ``wish`` on in which the letter's glyph says its text, or nothing yet."""
        copies = self._copies.setdefault(face, [])
        for number in range(wish, len(copies) + 1):
            if number == len(copies):
                copies.append({})
            if copies[number].setdefault(letter.glyph, letter.text) == letter.text:
                return number
        raise AssertionError("a new copy takes any letter")


def _letters(run: GlyphRun) -> tuple[list[Letter], list[Letter]]:
    """From left to right, the glyphs that say a text and those that only show."""
    letters: list[Letter] = []
    marks: list[Letter] = []
    for places, text in letters_of(run):
        said = _said(run, places, text)
        for place in places:
            letter = Letter(run.glyphs[place], run.xs[place], run.ys[place], said.get(place, ""))
            (letters if place in said else marks).append(letter)
    return letters, marks


def _said(run: GlyphRun, places: range, text: str) -> dict[int, str]:
    """The glyphs at ``places`` that move the pen, in reading order, with one character each and the rest for the last:
    a reader who finds a gap between letters would see a space."""
    font = hb_font(run.face)
    movers = [place for place in places if font.get_glyph_h_advance(run.glyphs[place]) > 0]
    widest = sorted(movers or places, key=lambda place: -_ink_width(run.face, run.glyphs[place]))
    chosen = sorted(widest[: max(1, len(text))], reverse=run.rtl)
    said = {place: text[number : number + 1] for number, place in enumerate(chosen)}
    said[chosen[-1]] = text[len(chosen) - 1 :]
    return said


def _ink_width(face: FontFace, glyph: int) -> float:
    left, _, right, _ = glyph_ink(face, glyph)
    return right - left
