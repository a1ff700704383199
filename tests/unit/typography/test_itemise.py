# SPDX-License-Identifier: Apache-2.0
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from affiche.typography import fonts, itemise
from affiche.typography.bidi import levels
from affiche.typography.itemise import Item, Voice, clusters_of
from affiche.typography.scripts import language_of
from tests.doubles.fonts import system_fonts_in

INTER, POPPINS, MONTSERRAT = (Voice(family, 700, False) for family in ("Inter", "Poppins", "Montserrat"))


def parts(text: str, voice: Voice = INTER) -> list[tuple[str, str, str]]:
    """What is shaped together: (text, face, script)."""
    items, _ = itemise.itemise(text, levels(text), voice)
    return [(text[item.start : item.end], item.face.key, item.script) for item in items]


@pytest.fixture
def system_fonts(tmp_path: Path) -> Iterator[Path]:
    """An empty folder that stands for the system's fonts."""
    with system_fonts_in(tmp_path):
        yield tmp_path


def install(folder: Path, family: str, name: str) -> None:
    shutil.copy(fonts.face(family, 400).path, folder / name)


@pytest.mark.parametrize(
    ("text", "count"),
    [("👩‍👩‍👧‍👦", 1), ("🇩🇪🇯🇵", 2), ("👍🏽", 1), ("1️⃣", 1), ("é", 1), ("क्षि", 1), ("กำ", 1), ("abc", 3)],
)
def test_clusters_are_what_a_reader_counts(text: str, count: int) -> None:
    assert len(clusters_of(text)) == count


def test_scripts_are_shaped_apart_even_in_one_face() -> None:
    assert [script for _, _, script in parts("Sale शांति now", POPPINS)] == ["Latn", "Deva", "Latn"]
    assert {face for _, face, _ in parts("Sale शांति now", POPPINS)} == {"Poppins 700"}


def test_digits_and_signs_join_the_script_before_them() -> None:
    assert parts("Only 20 € today!") == [("Only 20 € today!", "Inter 700", "Latn")]


def test_a_script_that_the_family_has_in_part_is_set_in_one_other_face() -> None:
    """Montserrat has a Delta and an Omega for formulas; the word around them must not be torn."""
    assert parts("ΔΩ ΚΑΛΗ", MONTSERRAT) == [("ΔΩ ΚΑΛΗ", "Noto Sans 700", "Grek")]


def test_accents_are_drawn_with_their_letter_or_not_at_all() -> None:
    assert parts("e\u0301a", POPPINS) == [("e\u0301a", "Poppins 700", "Latn")]
    (item,) = parts("q\u0308", POPPINS)
    assert item[1] != "Poppins 700"


def test_what_no_font_has_is_named_with_its_place(system_fonts: Path) -> None:
    text = "Fly \U00013000 away"
    items, missing = itemise.itemise(text, levels(text), INTER)
    assert missing == {4: "\U00013000"}
    assert "".join(text[item.start : item.end] for item in items) == "Fly away"


@pytest.mark.parametrize("emoji", ["👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "😀"])
def test_emoji_without_an_emoji_font_are_missing_whole(system_fonts: Path, emoji: str) -> None:
    items, missing = itemise.itemise(emoji, levels(emoji), INTER)
    assert (items, list(missing.values())) == ((), [emoji])


def test_system_fonts_of_other_scripts_are_found_by_name(system_fonts: Path) -> None:
    install(system_fonts, "Poppins", "NotoSansHebrew-Regular.ttf")
    install(system_fonts, "Poppins", "NotoSansHebrew-Bold.ttf")
    install(system_fonts, "Inter", "NotoSansMono-Regular.ttf")
    install(system_fonts, "Inter", "SomethingElse.ttf")
    assert [font.family for font in fonts._system_noto()] == ["Noto Sans Hebrew"]
    *_, last = fonts.fallbacks(700)
    assert last.key == "Noto Sans Hebrew bold"
    assert last.path.endswith("NotoSansHebrew-Bold.ttf")


def test_a_variable_system_font_takes_the_weight(system_fonts: Path) -> None:
    install(system_fonts, "Noto Sans", "NotoSansCJK-VF.ttc")
    bold = fonts.cjk_face("und", 700)
    assert bold is not None
    assert bold.variations == (("wght", 700.0),)


def test_an_emoji_font_brings_its_own_colours(system_fonts: Path) -> None:
    install(system_fonts, "Inter", "NotoColorEmoji.ttf")
    text = "☀\ufe0f Sun"
    items, _ = itemise.itemise(text, levels(text), INTER)
    emoji = fonts.emoji_face()
    assert emoji is not None
    assert emoji.colour
    assert [type(item) for item in items] == [Item] * len(items)
    assert items[0].face is emoji
    assert text[items[0].start : items[0].end] == "☀\ufe0f"


@pytest.mark.parametrize(
    ("text", "language", "index"), [("全新上市，立即购买", "zh-hans", 2), ("讓每個早晨都有好咖啡", "zh-hant", 3)]
)
def test_chinese_takes_the_forms_of_its_own_writing(
    text: str, language: str, index: int, system_fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(system_fonts, "Noto Sans", "NotoSansCJK-Regular.ttc")
    opened: list[int] = []

    def open_face(key: str, path: str, index: int = 0, *rest: object) -> object:
        opened.append(index)
        return fonts.face("Noto Sans", 400)

    monkeypatch.setattr(fonts, "open_face", open_face)
    assert language_of(text) == language
    fonts.cjk_face(language, 700)
    assert opened == [index]
