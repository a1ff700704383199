# SPDX-License-Identifier: Apache-2.0
"""Set text as plain words again, for titles and names."""

from typing import Final

import regex

from affiche.typography.text import TextBlock

# Writing that has no spaces between words: its lines are joined without one. A hyphen joins as well.
_UNSPACED: Final = regex.compile(r"[-\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}、。！？]")


def one_line(block: TextBlock) -> str:
    """The text of ``block`` on one line, as it was broken."""
    text = ""
    for line in block.lines:
        joint = "" if not text or _UNSPACED.match(text[-1]) else " "
        text += joint + line.text
    return text
