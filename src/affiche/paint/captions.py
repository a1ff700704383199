# SPDX-License-Identifier: Apache-2.0
"""Set text as plain words again, for titles and names."""

from typing import Final

import regex

from affiche.typography.text import Line, TextBlock

# Writing that has no spaces between words: its lines are joined without one. A hyphen joins as well.
_UNSPACED: Final = regex.compile(r"[-\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}、。！？]")


def one_line(block: TextBlock) -> str:
    """The text of ``block`` on one line."""
    joints = [joint(line) for line in block.lines[:-1]] + [""]
    return "".join(line.text + between for line, between in zip(block.lines, joints, strict=False))


def joint(line: Line) -> str:
    """What stands between ``line`` and the next one when both are written in one: nothing after a hyphen, one of the
    copy's or one that was set after the line because a word goes on, and in writing without spaces."""
    is_divided = sum(len(run.text) for run in line.runs) > len(line.text)
    return "" if is_divided or not line.text or _UNSPACED.match(line.text[-1]) else " "
