# SPDX-License-Identifier: Apache-2.0
"""Prompts in other languages than English: each is read as its writer means it."""

import csv
from itertools import product

import pytest

from affiche.studio.prompts import PromptNotUnderstood, understand
from affiche.studio.prompts.lexicon import DATA, ENGLISH, concepts, languages, lexicon

SAME = {
    "marble_and_gold": {
        "en": "on white marble",
        "de": "auf weißem Marmor",
        "fr": "sur du marbre blanc",
        "es": "sobre mármol blanco",
        "it": "su marmo bianco",
        "pt": "sobre mármore branco",
        "nl": "op wit marmer",
        "ja": "白い大理石の上",
        "zh": "放在白色大理石上",
    },
    "rustic_wood_in_garden": {
        "en": "on a wooden table, soft morning light",
        "de": "auf einem Holztisch, sanftes Morgenlicht",
        "fr": "sur une table en bois, lumière douce du matin",
        "es": "en una mesa de madera, luz suave de la mañana",
        "it": "su un tavolo di legno, luce morbida del mattino",
        "pt": "sobre uma mesa de madeira, luz suave da manhã",
        "nl": "op een houten tafel, zacht ochtendlicht",
        "ja": "木のテーブルの上、柔らかい朝の光",
        "zh": "在木桌上，柔和的晨光",
    },
    "light_blue_background": {
        "en": "in front of a light blue background",
        "de": "vor einem hellblauen Hintergrund",
        "fr": "devant un fond bleu clair",
        "es": "delante de un fondo azul claro",
        "it": "davanti a uno sfondo azzurro",
        "pt": "em frente a um fundo azul claro",
        "nl": "voor een lichtblauwe achtergrond",
        "ja": "水色の背景の前",
        "zh": "浅蓝色背景前",
    },
    "christmas_snow_and_baubles": {
        "en": "in the snow with christmas baubles",
        "de": "im Schnee mit Weihnachtskugeln",
        "fr": "dans la neige avec des boules de Noël",
        "es": "en la nieve con bolas de Navidad",
        "it": "nella neve con palline di Natale",
        "pt": "na neve com bolas de Natal",
        "nl": "in de sneeuw met kerstballen",
        "ja": "雪の中、クリスマスのオーナメント",
        "zh": "在雪地里，圣诞球",
    },
}
CASES = [
    pytest.param(preset, words, id=f"{preset}-{code}") for preset, told in SAME.items() for code, words in told.items()
]
WITHOUT = {
    "en": "on concrete without flowers",
    "de": "auf Beton ohne Blumen",
    "fr": "sur du béton sans fleurs",
    "es": "sobre hormigón sin flores",
    "it": "su cemento senza fiori",
    "pt": "sobre concreto sem flores",
    "nl": "op beton zonder bloemen",
    "ja": "コンクリートの上、花なし",
    "zh": "在混凝土上，没有花",
}


def test_every_language_says_all_of_it() -> None:
    for told in (*SAME.values(), WITHOUT):
        assert set(told) == set(languages())


@pytest.mark.parametrize(("preset", "words"), CASES)
def test_the_same_scene_is_found_in_every_language(preset: str, words: str) -> None:
    plan = understand(words)
    assert plan.nearest == preset
    assert plan.coverage >= 0.9
    assert not plan.ignored


@pytest.mark.parametrize("words", WITHOUT.values(), ids=WITHOUT)
def test_what_is_not_wanted_is_not_shown(words: str) -> None:
    """A scene without flowers shows all of the prompt only if it is concrete and has none."""
    plan = understand(words)
    assert plan.preset.stage == understand("on concrete").preset.stage
    assert plan.coverage == 1.0


def test_the_native_prompt_counts_where_the_translation_says_nothing() -> None:
    plan = understand("the thing, you know", "auf weißem Marmor")
    assert plan.nearest == "marble_and_gold"
    assert plan.preset.prompt == "auf weißem Marmor"


def test_english_stays_english() -> None:
    """Other languages hold all of English, but none of them may draw something else for English words."""
    surfaces = ("on beige linen", "on a mossy rock", "on moss", "on a pile of coins", "on wet black glass")
    surroundings = ("with eucalyptus leaves", "by the pool", "with a cat", "among autumn leaves", "in a cosy cabin")
    lights = ("golden hour", "harsh noon sun", "cinematic volumetric rays", "moody and dark")
    for words in map(", ".join, product(surfaces, surroundings, lights)):
        try:
            plan = understand(words)
        except PromptNotUnderstood:
            continue
        assert plan == _in_english(words), words


def _in_english(words: str) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("affiche.studio.prompts.understanding.languages", lambda: (ENGLISH,))
        return understand(words)


@pytest.mark.parametrize("code", [code for code in languages() if code != ENGLISH])
def test_a_lexicon_names_known_concepts_and_no_term_twice(code: str) -> None:
    with (DATA / f"lexicon.{code}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {row["concept"] for row in rows} <= set(concepts())
    terms = [term for row in rows for term in row["terms"].split(", ")]
    assert len(terms) == len(set(terms)) > 400
    assert lexicon(code).longest >= 3
