# SPDX-License-Identifier: Apache-2.0
"""Fitting a text into a box by search over its size."""

from typing import Final

from affiche.errors import AfficheError
from affiche.typography.setting import compose, set_text
from affiche.typography.text import TextBlock, TextStyle

_STEPS: Final = 512
_SLACK: Final = 0.01


class TextDoesNotFit(AfficheError):
    """A text cannot be set legibly; ``field`` names it and ``excess`` says how many characters to cut."""

    code = "text_does_not_fit"

    def __init__(self, field: str, excess: int) -> None:
        super().__init__(f"The {field} does not fit this format; cut about {max(1, excess)} characters.")
        self.field = field
        self.excess = max(1, excess)


def fit_text(
    text: str,
    style: TextStyle,
    width: float,
    height: float,
    sizes: tuple[float, float],
    *,
    most_lines: int | None = None,
    break_words: bool = False,
) -> TextBlock | None:
    """The largest setting of ``text`` within ``sizes`` (smallest, largest px) that fits ``width`` x ``height`` px on at
    most ``most_lines`` lines, or None."""
    smallest, largest = sizes
    best = None
    low, high = 0, _STEPS - 1
    while low <= high:
        middle = (low + high) // 2
        size = smallest + (largest - smallest) * middle / (_STEPS - 1)
        setting = compose(text, style, width / size, break_words)
        lines_fit = most_lines is None or len(setting.lines) <= most_lines
        if lines_fit and setting.width * size <= width + _SLACK and setting.height * size <= height + _SLACK:
            best, low = size, middle + 1
        else:
            high = middle - 1
    return None if best is None else set_text(text, style, best, width, break_words)
