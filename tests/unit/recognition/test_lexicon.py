# SPDX-License-Identifier: Apache-2.0
import csv
from importlib.resources import files

import pytest

from affiche.recognition.lexicon import LANGUAGES, differing, kinds, note_within, notes
from affiche.recognition.words import folded, is_common, is_quantity, tokens


def kind_in(text: str) -> str | None:
    terms = sorted(kinds().terms(tokens(text)), key=lambda term: -term.sure)
    return terms[0].meaning.noun if terms else None


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("REPAIR SHAMPOO", "shampoo"), ("Shampooing doux", "shampoo"), ("champú", "shampoo"), ("シャンプー", "shampoo"),
        ("氨基酸洗面奶", "facial cleanser"), ("Café molido", "coffee"), ("Kaffee ganze Bohne", "coffee"), ("珈琲", "coffee"),
        ("Crème", "cream"), ("Crème mains", "hand cream"), ("Handcreme", "hand cream"), ("crema de manos", "hand cream"),
        ("Eau de Parfum", "perfume"), ("香水", "perfume"), ("Olio extra vergine di oliva", "olive oil"),
        ("Apfelsaft", "juice"), ("zumo de naranja", "juice"), ("果汁100%", "juice"), ("Sommarmjölk", "milk"),
        ("SOMMARMJOLK", "milk"), ("HAVRE GURT", "yoghurt"), ("gräddfil", "sour cream"), ("Body Milk", "body lotion"),
        ("tandpasta", "toothpaste"), ("pasta de dientes", "pasta"), ("Waschmittel", "laundry detergent"), ("啤酒", "beer"),
        ("Bourbon whiskey", "whisky"), ("płyn do naczyń", "dish soap"), ("headphones", "headphones"), ("茶", "tea"),
        ("SHAMP00", None), ("SHANPOO", "shampoo"), ("toothpasle", "toothpaste"), ("Adidas", None), ("Platte", None),
        ("Sony", None), ("paint", None), ("Preis", None), ("chinatown", None),
    ],
)  # fmt: skip
def test_kinds_are_known_by_the_words_of_labels(text: str, noun: str | None) -> None:
    assert kind_in(text) == noun


def test_longer_phrases_come_before_the_words_in_them() -> None:
    found = [(term.meaning.noun, term.start, term.end) for term in kinds().terms(tokens("soft shower cream and soap"))]
    assert ("shower gel", 1, 3) in found
    assert ("soap", 4, 5) in found
    assert all(noun != "cream" for noun, _, _ in found)


@pytest.mark.parametrize(
    ("text", "note"),
    [("APELSIN", "orange"), ("Vanilj", "vanilla"), ("pamplemousse", "grapefruit"), ("椰子", "coconut"), ("Aloe Vera", "aloe vera")],
)  # fmt: skip
def test_notes_are_named_in_english(text: str, note: str) -> None:
    assert [term.meaning for term in notes().terms(tokens(text))] == [note]


def test_compounds_begin_with_a_note() -> None:
    assert note_within("Apelsinjuice") == "orange"
    assert note_within("Vanillejoghurt") == "vanilla"
    assert note_within("Rosenheim") is None
    assert note_within("Nivea") is None


def test_the_table_is_wide() -> None:
    text = files("affiche.recognition").joinpath("kinds.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["noun"] for row in rows}) >= 40
    assert len(LANGUAGES) >= 8
    assert all(sum(bool(row[language]) for language in LANGUAGES) >= 8 for row in rows)


@pytest.mark.parametrize(
    ("one", "other", "most", "within"),
    [("juice", "jurce", 1, True), ("juice", "jurcc", 1, False), ("milk", "milks", 1, True), ("a", "abcd", 2, False)],
)
def test_differing_counts_letters(one: str, other: str, most: int, within: bool) -> None:
    assert differing(one, other, most) is within


def test_common_words_and_quantities_are_no_names() -> None:
    for word in ("Original", "ORGANIC", "für", "från", "Frische", "naturell"):
        assert is_common(word) is (word != "Frische")
    for word in ("250ml", "3,0%", "12", "1kg", "SPF50+", "2x"):
        assert is_quantity(word)
    assert not is_quantity("7up")
    assert folded("Mjölk-Æ") == "mjolkae"
