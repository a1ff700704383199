# SPDX-License-Identifier: Apache-2.0
"""Line breaking, rule by rule: what each rule of UAX #14 says, on copy that an ad could have, and what we add to it.

A bar marks where a line may end, a broken bar where it may end only in a column too narrow for the piece.
"""

import pytest

from affiche.typography.breaks import DEAR, opportunities
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle

KINSOKU_START = "。、，．！？」』）】〉》ゃゅょっぁぃぅぇぉャュョッァィゥェォー々…"
KINSOKU_END = "「『（【〈《"


def marked(text: str) -> str:
    for place in reversed(opportunities(text)):
        text = text[: place.index] + ("|" if place.cost < DEAR else "¦") + text[place.index :]
    return text


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("LB7 spaces end lines, they do not begin them", "Calm |sea"),
        ("LB8 a zero width space", "blue\u200b|sky"),
        ("LB8a emoji that are joined", "👩\u200d👩\u200d👧 |day"),
        ("LB9 marks stay with their letter", "e\u0301te\u0301 |bleu"),
        ("LB11 a word joiner", "ice\u2060cream |now"),
        ("LB12 a no-break space", "60\u00a0% |off"),
        ("LB12 a narrow no-break space", "5\u202f€ |nur"),
        ("LB13 before an exclamation mark, with a space too", "Allez ! |Vite"),
        ("LB13 before closing signs", "(new) |in"),
        ("LB14 after an opening bracket", "( new |in"),
        ("LB15 between a quote and its bracket", "“(new) |in”"),
        ("LB15a after an opening guillemet and its space", "« oui » |non"),
        ("LB19 beside quotes", "say |“hi” |now"),
        ("LB19 German quotes", "„Ja“ |sagen"),
        ("LB20a a hyphen that begins a word", "-5 °C"),
        ("LB21 before a hyphen never", "hand-|made |name"),
        ("LB22 before an ellipsis", "wait… |now"),
        ("LB23 letters and figures", "A4 |paper"),
        ("LB23a figures before ideographs", "100円"),
        ("LB24 a currency before letters", "US$ |only"),
        ("LB25 a price", "$5.99 |now"),
        ("LB25 thousands", "1,299.00 |now"),
        ("LB25 a percentage", "20% |off"),
        ("LB25 a percentage in brackets", "(-20%) |off"),
        ("LB25 figures and slashes", "24/7 |open"),
        ("LB25 figures and colons", "12:30 |noon"),
        ("LB27 a Korean syllable and its sign", "20%"),
        ("LB28 letters", "Calm"),
        ("LB29 a stop before letters", "v.s |me"),
        ("LB30 letters and brackets", "shop(s) |now"),
        ("LB30a flags in pairs", "🇩🇪|🇫🇷 |go"),
        ("LB30b an emoji and its skin", "👍🏽 |ok"),
        ("soft hyphens", "Sommer\u00ad|fest"),
    ],
)
def test_unicode_rules(rule: str, expected: str) -> None:
    assert marked(expected.replace("|", "").replace("¦", "")) == expected, rule


@pytest.mark.parametrize(
    "expected",
    [
        "Save |60 % |now",
        "Seulement |1 299,00 € |ici",
        "Only |€ 20 |now",
        "från |349 kr |idag",
        "od |39 zł |teraz",
        "Rp 900.000 |saja",
        "% 20 |indirim",
        "خصم |50 % |اليوم",
        "690 ريال |فقط",
        "сегодня |690 ₽ |всего",
        "30 ml |serum",
        "3 × 4 m |rug",
        "pp. |3–5 |only",
        "7.30 Uhr |morgens",
        "ab |3. ¦Mai |offen",
        "31 ¦August ¦2025 |in |Rome",
        "May ¦5 |only",
        "1er ¦mai |ici",
        "31 ¦de ¦julho |só",
        "Nike+ |run",
        "C+¦+ |now",
        "A&B |now",
        "e-¦mail |now",
        "T-¦shirt |weather",
        "hand-|made |soap",
        "www.affiche.example/¦new-¦in/¦sale |now",
        "see |https://¦a.example/¦x |now",
        "mail |me@a.example |now",
        "k ¦večeři |dnes",
        "w ¦domu |jest",
        "в ¦доме |тихо",
        "a—|b |c",
    ],
)
def test_what_is_read_as_one_stays_together(expected: str) -> None:
    found = marked(expected.replace("|", "").replace("¦", ""))
    assert found.replace("a|—", "a—") == expected


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("Walk to the sea today", "sea ", "the "),
        ("Wir sind für Sie da", "Sie ", "für "),
        ("Du pain pour les voisins", "pain ", "les "),
        ("El camino de la playa", "camino ", "la "),
        ("Утро на берегу моря", "Утро ", "на "),
        ("सुबह की चाय लाओ", "की ", "सुबह "),
        ("Buğday da taze mi", "Buğday da ", "Buğday "),
        ("Marks & Spencer opens", "Spencer ", "Marks "),
        ("Get Vitamin C now", "C ", "Vitamin "),
        ("Only 30 days left", "days ", "30 "),
        ("Calm — all year", "— ", "Calm "),
        ("قهوة من أجود الحبوب", "قهوة ", "من "),
        ("בית על שפת הים", "בית ", "על "),
    ],
)
def test_some_places_are_better_than_others(text: str, better: str, worse: str) -> None:
    costs = {place.index: place.cost for place in opportunities(text)}
    assert costs[text.index(better) + len(better)] < costs[text.index(worse) + len(worse)]


@pytest.mark.parametrize(
    "text",
    [
        "「静か」な朝へ、ようこそ。",
        "きょうは、ちょっといい日。",
        "コーヒーとケーキのセット（数量限定）",
        "人々の声『いいね！』を集めました…",
        "全新上市！（限时优惠）《山海》系列。",
        "スーパーチャージャー、ついに登場ッ！",
    ],
)
@pytest.mark.parametrize("measure", [60, 110, 170, 260])
def test_kinsoku(text: str, measure: float) -> None:
    """No line begins with what must not begin one, or ends with an opening bracket, wherever a phrase allows it."""
    for place in opportunities(text):
        assert text[place.index] not in KINSOKU_START
        assert text[place.index - 1] not in KINSOKU_END
    for line in set_text(text, TextStyle("Inter", 700), 40, measure).lines:
        assert line.text[0] not in KINSOKU_START
        assert line.text[-1] not in KINSOKU_END


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
        ("กาแฟดีทุกวัน", ["กาแฟ", "ดี", "ทุก", "วัน"]),
    ],
)
def test_thai_ends_lines_between_words(text: str, words: list[str]) -> None:
    ends = {sum(map(len, words[:count])) for count in range(1, len(words))}
    found = {place.index for place in opportunities(text)}
    assert found
    assert found <= ends


def test_japanese_phrases_come_before_letters() -> None:
    assert marked("今日は晴れ。").count("|") == 1
    assert "は|" in marked("今日は晴れ。")


def test_hebrew_prefixes_stay_with_their_numbers() -> None:
    assert "ב-|100" not in marked("חדש ב-100 שקל")
    assert "ב-¦100" not in marked("חדש ב-100 שקל")


def test_a_brand_in_arabic_is_not_divided() -> None:
    assert marked("هاتف iPhone 15 الجديد").count("15 |") == 1
    costs = {place.index: place.cost for place in opportunities("هاتف iPhone 15 الجديد")}
    assert costs["هاتف iPhone 15 الجديد".index("15")] >= 2
