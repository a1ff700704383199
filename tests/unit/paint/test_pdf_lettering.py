# SPDX-License-Identifier: Apache-2.0
"""Every character of a run is said once, by letters that readers find in reading order."""

from dataclasses import replace

import pytest
import uharfbuzz as hb

from affiche.paint.pdf.lettering import Lettering, SetRun
from affiche.typography.faces import FontFace, hb_font
from affiche.typography.fonts import face, fallbacks
from affiche.typography.text import GlyphRun

SIZE = 100.0


def helper_face(name: str) -> FontFace:
    return next(found for found in fallbacks(500) if name in found.key)


def shaped(text: str, chosen: FontFace, rtl: bool = False) -> GlyphRun:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(hb_font(chosen), buffer)
    scale, pen, xs, ys = SIZE / chosen.upem, 0.0, [], []
    for position in buffer.glyph_positions:
        xs.append((pen + position.x_offset) * scale)
        ys.append(-position.y_offset * scale)
        pen += position.x_advance
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    return GlyphRun(chosen, SIZE, glyphs, tuple(xs), tuple(ys), text, rtl)


def read(text: SetRun, rtl: bool = False) -> str:
    """What a reader makes of the letters, which lie from left to right."""
    said = [letter.text for piece in text.pieces for letter in piece.letters]
    return "".join(reversed(said) if rtl else said)


def glyph_count(text: SetRun) -> int:
    return len(text.marks) + sum(len(piece.letters) for piece in text.pieces)


@pytest.mark.parametrize(
    ("text", "name", "rtl"),
    [
        ("Find your quiet place", "Noto Sans", False),
        ("Ångström e\u0301té", "Noto Sans", False),
        ("شتكا", "Arabic", True),
        ("بيت تين ثابت", "Arabic", True),
        ("शांति की स्त्री किताब", "Devanagari", False),
        ("ค้นพบสถานที่", "Thai", False),
        ("น้ำดื่ม", "Thai", False),
    ],
)
def test_nothing_is_lost_or_said_twice(text: str, name: str, rtl: bool) -> None:
    run = shaped(text, helper_face(name), rtl)
    found = Lettering().set(run)
    assert read(found, rtl) == text
    assert glyph_count(found) == len(run.glyphs)
    assert all(not mark.text for mark in found.marks)


def test_a_glyph_says_one_thing_per_copy_of_its_font() -> None:
    """Beh, teh, theh, noon and yeh share one shape in the middle of a word."""
    lettering = Lettering()
    found = [lettering.set(shaped(word, helper_face("Arabic"), True)) for word in ("ببببب", "تتتتت", "ثثثثث")]
    said: dict[tuple[int, int], set[str]] = {}
    for piece in (piece for text in found for piece in text.pieces):
        for letter in piece.letters:
            said.setdefault((piece.copy, letter.glyph), set()).add(letter.text)
    assert all(len(texts) == 1 for texts in said.values())
    assert {copy for copy, _ in said} == {0, 1, 2}


def test_a_ligature_says_all_its_letters() -> None:
    chosen = face("Playfair Display", 600)
    run = shaped("offer", chosen)
    assert len(run.glyphs) < len(run.text), "this face has a ligature for ff"
    (piece,) = Lettering().set(run).pieces
    assert [letter.text for letter in piece.letters] == ["o", "ff", "e", "r"]


def test_marks_are_drawn_where_the_shaper_put_them() -> None:
    run = shaped("ที่", helper_face("Thai"))
    found = Lettering().set(run)
    placed = {(letter.glyph, letter.x, letter.y) for letter in found.marks}
    placed |= {(letter.glyph, letter.x, letter.y) for piece in found.pieces for letter in piece.letters}
    assert placed == set(zip(run.glyphs, run.xs, run.ys, strict=True))
    assert len(found.marks) == 2


def test_spaces_stay_with_the_word_before_them() -> None:
    found = Lettering().set(shaped("one two", helper_face("Noto Sans")))
    assert len(found.pieces) == 1
    assert not found.pieces[0].is_blank
    (blank,) = Lettering().set(shaped(" ", helper_face("Noto Sans"))).pieces
    assert blank.is_blank


def test_glyphs_that_were_chosen_by_other_means_are_read_letter_for_letter() -> None:
    run = shaped("1234", helper_face("Noto Sans"))
    other = replace(run, glyphs=run.glyphs[::-1])
    assert read(Lettering().set(other)) == "1234"
    fewer = replace(run, glyphs=run.glyphs[2:], xs=run.xs[2:], ys=run.ys[2:])
    assert read(Lettering().set(fewer)) == "1234"
