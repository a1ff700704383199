# SPDX-License-Identifier: Apache-2.0
"""What kind of writing a text is, as far as setting it depends on that."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import uharfbuzz as hb

_HAN: Final = r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_KANA: Final = r"\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL: Final = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_ARABIC: Final = r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_HEBREW: Final = r"\u0590-\u05ff\ufb1d-\ufb4f"
_INDIC: Final = r"\u0900-\u0dff"
_THAI: Final = r"\u0e00-\u0eff"
_RIGHT_TO_LEFT: Final = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_TURKISH: Final = re.compile("[ğĞışŞİ]")
# Common characters that simplified Chinese and Japanese write otherwise.
_TRADITIONAL: Final = re.compile(
    "[們個來這說給對為會讓還從關開點買賣麼沒與訂購優惠樣變歡帶實專體齊廣經線據戶臺灣號單發幾氣價隊應後邊頭課觀嗎]"
)
_URDU: Final = re.compile("[ٹڈڑںےۓ]")


@dataclass(frozen=True, slots=True)
class Writing:
    """Facts about a text's scripts. ``line_height`` is the least line height that its marks need; ``tracks`` says
    whether letters may be spaced; ``cased`` whether capitals define the top of a line."""

    line_height: float
    tracks: bool
    cased: bool
    has_kana: bool
    has_han: bool
    has_hangul: bool
    has_thai: bool
    has_rtl: bool


@lru_cache(maxsize=64)
def writing_of(text: str) -> Writing:
    """Read the scripts of ``text``."""

    def has(characters: str) -> bool:
        return re.search(f"[{characters}]", text) is not None

    cjk, arabic = has(_HAN + _KANA + _HANGUL), has(_ARABIC)
    tall = has(_INDIC) or has(_THAI)
    height = 1.42 if tall else 1.35 if arabic else 1.3 if cjk else 1.0
    joined = arabic or tall or cjk
    return Writing(
        height,
        not joined,
        not joined and not has(_HEBREW),
        has(_KANA),
        has(_HAN),
        has(_HANGUL),
        has(_THAI),
        has(_RIGHT_TO_LEFT),
    )


@lru_cache(maxsize=64)
def language_of(text: str) -> str:
    """The language whose letter forms ``text`` needs, as far as its letters give it away, else ``und``: Han
    characters differ between Japanese, Korean and Chinese, the Turkish i must keep its dot before f, and Urdu has
    forms of its own."""
    writing = writing_of(text)
    if writing.has_kana:
        return "ja"
    if writing.has_hangul:
        return "ko"
    if writing.has_han:
        return "zh-hant" if _TRADITIONAL.search(text) else "zh-hans"
    if is_turkic(text):
        return "tr"
    return "ur" if _URDU.search(text) else "und"


def is_turkic(text: str) -> bool:
    """Whether ``text`` has letters that tell Turkish or Azeri from other languages."""
    return _TURKISH.search(text) is not None


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """The four-letter script (ISO 15924) of ``character``, or "" if it serves several: digits, marks, spaces."""
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    return buffer.script or ""
