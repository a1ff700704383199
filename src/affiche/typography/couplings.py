# SPDX-License-Identifier: Apache-2.0
"""Words and figures that are read as one: a price, a measure, a date, a name with its number.

Like the table of `clitics`, these serve all languages at once.
"""

import re
from enum import StrEnum
from typing import Final

import regex


class Coupling(StrEnum):
    """Why two neighbours belong together, the strongest first."""

    ONE_FIGURE = "one figure"
    DATE = "date"
    NAME = "name"
    COUNT = "count"


_UNIT_WORDS: Final = """
    % ‰ ٪ ° °C °F € $ £ ¥ ₺ ₹ ₽ ₴ ₸ ₪ ฿ ₫ ₩ ₦ EUR USD GBP CHF kr kr. kn zł Kč Ft lei RON so’m
    лв лв. руб руб. грн ден дин km kg mg cm mm ml dl cl kWh kW W GB MB TB h min s Uhr m² m³ m g l L
    л кг км м ч мин хв am pm a.m. p.m. ريال درهم جنيه دينار ليرة تومان ریال روپے रुपये रुपए रु. บาท
"""
_UNITS: Final = "|".join(sorted((re.escape(unit) for unit in set(_UNIT_WORDS.split())), key=len, reverse=True))
_SIGNS: Final = r"[€$£¥₺₹₽₩₪₫№#§]|\b(?:EUR|USD|GBP|CHF|TRY|Rp|Rs\.?|Nr\.|No\.|kl\.|R\$|RM|Ksh)"
_MONTH_STEMS: Final = """
    janu janv janeiro gennaio ene ian styczni ledna ocak янв січ ιαν يناير
    febr févr fevereiro feb lut únor şubat фев лют φεβ فبراير
    march mars marz marzo março märz maart marca březn mart берез мар μαρ مارس
    april avril abril aprile kwiet dubn nisan апр квіт απρ أبريل
    may maj mai maio maggio mei mayo května mája mayıs мая мај трав μαΐ مايو
    june juin juni junio junho giugno czerw červ júna haziran iunie июн черв ιουν يونيو
    july juil juli julio julho luglio lipca júla temmuz iulie июл лип ιουλ يوليو
    augu août agost sierp srpn ağustos авг серп αυγ أغسطس
    sept settem setem wrześ září eylül сент верес σεπ سبتمبر
    octo octu okto ottob outub paździ říj ekim окт жовт οκτ أكتوبر
    nove novi listop kasım нояб листоп νοε نوفمبر
    dece dez déce dici deze deke grud prosin aralık дек груд δεκ ديسمبر
"""
_MONTHS: Final = "|".join(sorted(set(_MONTH_STEMS.split()), key=len, reverse=True))
_ONE_FIGURE: Final = (
    re.compile(rf"[\d.,٫٬]\s(?:{_UNITS})(?!\w)"),
    re.compile(rf"(?:{_SIGNS})\s\d|(?<!\d)(?<!\d\s)%\s\d"),
    re.compile(r"\d\s?[円元圓원折]"),
    re.compile(r"\d\s\d{3}(?!\d)"),
    re.compile(r"\d\s?[–—×x:]\s?\d"),
)
_DATE: Final = (
    re.compile(rf"(?<![\d,.])\d{{1,2}}(?:\.|º|er|\sde)?\s(?:de\s)?(?:{_MONTHS}|\w+kuuta\b|tháng\b)", re.IGNORECASE),
    re.compile(rf"\b(?:{_MONTHS})\w*\.?\s\d", re.IGNORECASE),
    re.compile(r"\btháng\s\d"),
)
# "iPhone 15", "the Golf 8", "Vitamin C", "Marks & Spencer"; but not "Save 60 %", where the number is the news.
_NAME: Final = (
    regex.compile(r"(?:(?<=\w\s)\p{Lu}\w*|\p{L}+\p{Lu}\w*)\s\d{1,4}(?![\w.,]|\s?[%‰€$£¥₺₹])"),
    regex.compile(r"\p{Lu}\w+\s\p{Lu}(?![\w’'])"),
    regex.compile(r"\p{Lu}\w*\s[&+]\s\p{Lu}"),
)
# "30 days", "7 Nächte": readable apart, but better together.
_COUNT: Final = (regex.compile(r"(?<![\w.,])\d[\d.,]*\s[\p{L}]"),)
_ALL: Final = (
    (Coupling.ONE_FIGURE, _ONE_FIGURE),
    (Coupling.DATE, _DATE),
    (Coupling.NAME, _NAME),
    (Coupling.COUNT, _COUNT),
)
_DIGIT_OR_CAPITAL: Final = regex.compile(r"[\d\p{Lu}%]")


def coupled(text: str, place: int) -> Coupling | None:
    """What joins the words or figures on both sides of ``place`` in ``text``, or None."""
    if not _DIGIT_OR_CAPITAL.search(text):
        return None
    for coupling, patterns in _ALL:
        for pattern in patterns:
            if any(match.start() < place < match.end() for match in pattern.finditer(text)):
                return coupling
    return None
