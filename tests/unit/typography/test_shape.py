# SPDX-License-Identifier: Apache-2.0
import locale

import pytest

from affiche.typography.bidi import levels
from affiche.typography.faces import hb_font
from affiche.typography.fonts import cjk_face, families
from affiche.typography.itemise import Voice, itemise
from affiche.typography.scripts import language_of
from affiche.typography.shape import ShapedLine, shape_line


def shaped(text: str, family: str = "Inter", *, rtl: bool = False, hyphen: bool = False) -> ShapedLine:
    voice = Voice(family, 700, False, language_of(text))
    items, missing = itemise(text, levels(text), voice)
    return shape_line(text, items, missing, (0, len(text)), language=voice.language, rtl=rtl, hyphen=hyphen)


def names(line: ShapedLine) -> list[str]:
    return [hb_font(run.face).get_glyph_name(glyph) for run in line.runs for glyph in run.glyphs]


def test_devanagari_after_latin_in_one_face_is_reordered() -> None:
    """The vowel sign i is written after its consonant and drawn before it."""
    mixed, alone = shaped("Sale कि", "Poppins"), shaped("कि", "Poppins")
    assert mixed.runs[-1].glyphs == alone.runs[0].glyphs
    assert len(set(names(alone))) == 2


def test_a_turkish_i_keeps_its_dot_before_f() -> None:
    turkish, english = shaped("ışık fikir", "Playfair Display"), shaped("fikir", "Playfair Display")
    assert len(names(turkish)) == len("ışık fikir")
    assert names(turkish)[-5:] != names(english)[:5] or len(names(english)) < 5


def test_the_locale_of_the_process_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shaped("fikir 静か", "Playfair Display")
    old = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("tr_TR.UTF-8", "C.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            assert shaped("fikir 静か", "Playfair Display") == before
    finally:
        locale.setlocale(locale.LC_CTYPE, old)


def test_figures_are_as_tall_as_capitals() -> None:
    """Playfair's own are old-style: a price would be half as tall as the word beside it."""
    top = shaped("H", "Playfair Display").ink[1]
    for digit in "0123456789":
        assert shaped(digit, "Playfair Display").ink[1] == pytest.approx(top, abs=0.06)


@pytest.mark.parametrize("text", ["“Quiet", "‘Quiet", "„Quiet"])
def test_opening_quotes_hang_left(text: str) -> None:
    line, bare = shaped(text), shaped("Quiet")
    left, right = line.hanging
    assert right == 0
    assert left == pytest.approx((line.ink[2] - line.ink[0]) - (bare.ink[2] - bare.ink[0]), abs=0.03)


def test_closing_marks_hang_right_and_mirrored_in_hebrew() -> None:
    assert shaped("Quiet.”").hanging[1] > 0.2
    assert shaped("Quiet").hanging == (0, 0)
    left, right = shaped("“שקט", rtl=True).hanging
    assert right > 0.2
    assert left == 0


def test_guillemets_hang_in_part_and_at_the_right_in_arabic() -> None:
    left, right = shaped("«قهوة» كما", rtl=True).hanging
    assert left == 0
    assert 0.3 < right < 0.46
    assert 0 < shaped("«Oui»").hanging[0] < 0.46


@pytest.mark.parametrize("text", ["قهوة،", "قهوة.", "قهوة؛"])
def test_arabic_stops_hang_left(text: str) -> None:
    left, right = shaped(text, rtl=True).hanging
    assert left > 0.1
    assert right == 0


def test_wide_dashes_stay_inside_the_margin() -> None:
    assert shaped("— Never").hanging == (0, 0)
    assert shaped("”").hanging == (0, 0)


def test_a_hyphen_is_drawn_but_is_no_part_of_the_copy() -> None:
    line = shaped("Wort", hyphen=True)
    assert line.text == "Wort"
    assert names(line)[-1] == "hyphen"


def test_ink_is_where_the_glyphs_are() -> None:
    line = shaped("Hug")
    assert line.ink[0] == min(box.left for box in line.boxes)
    assert line.ink[3] == max(box.bottom for box in line.boxes) > 0.1
    assert [box.gap for box in line.boxes] == [0, 1, 2]
    assert line.gaps == 2


@pytest.mark.parametrize("family", families())
def test_figures_are_not_tabular(family: str) -> None:
    """A 1 as wide as a 0 leaves a hole in a price."""
    one, nought = (shaped(digit, family).width for digit in "10")
    assert one < 0.9 * nought


@pytest.mark.skipif(cjk_face("ja", 700) is None, reason="No Japanese font (Debian: apt install fonts-noto-cjk)")
def test_full_width_marks_that_meet_lose_half_an_em() -> None:
    assert shaped("海。「海").width == pytest.approx(3.5)
    assert shaped("海」。海").width == pytest.approx(3.5)
    assert shaped("海。海「海").width == pytest.approx(5)
