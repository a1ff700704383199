# SPDX-License-Identifier: Apache-2.0
"""What instructions may not ask for: words that the operator lists."""

import re
import unicodedata
from collections.abc import Iterable


class ContentPolicy:
    """Finds whole words and phrases in whatever case, width and spacing they are written."""

    def __init__(self, words: Iterable[str]) -> None:
        listed = [re.escape(word) for word in map(_plain, words) if word]
        self._forbidden = re.compile(rf"\b(?:{'|'.join(listed)})\b") if listed else None

    def allows(self, text: str) -> bool:
        return self._forbidden is None or self._forbidden.search(_plain(text)) is None


def _plain(text: str) -> str:
    """Compatibility forms unfolded, case folded, white space and invisible characters reduced to single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    visible = "".join(" " if unicodedata.category(each) in ("Cc", "Zs", "Zl", "Zp") else each for each in folded)
    return " ".join("".join(each for each in visible if unicodedata.category(each) != "Cf").split())
