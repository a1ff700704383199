# SPDX-License-Identifier: Apache-2.0
"""Text in capitals, as a typesetter writes them."""

import re
import unicodedata
from typing import Final

from affiche.typography.scripts import is_turkic

# Georgian has capitals in Unicode, but the language does not write with them and few fonts have them.
_UNCASED: Final = re.compile(r"[\u10d0-\u10ff]+")
_GREEK: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_TONOS: Final = "\u0301"


def capitals(text: str) -> str:
    """``text`` in capitals, in scripts that have them. A Turkish or Azeri text keeps its dotted and dotless i apart;
    Greek loses its stress marks."""
    if is_turkic(text):
        text = text.replace("i", "İ").replace("ı", "I")
    if _GREEK.search(text):
        text = _without_stress(text)
    parts = zip(_UNCASED.split(text), [*_UNCASED.findall(text), ""], strict=True)
    return "".join(cased.upper() + uncased for cased, uncased in parts)


def _without_stress(text: str) -> str:
    """Greek letters lose the tonos but keep the diaeresis."""
    return "".join(
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", sign).replace(_TONOS, ""))
        if _GREEK.match(sign)
        else sign
        for sign in text
    )
