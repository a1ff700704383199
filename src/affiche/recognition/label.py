# SPDX-License-Identifier: Apache-2.0
"""The words on a product, line by line. They are a stranger's: short, printable and free of markup from here on."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LONGEST_LINE: Final = 60
"""Characters that are kept of a line."""

MOST_LINES: Final = 40
"""Lines that are kept of a label, the tallest first."""

_KEPT_CATEGORIES: Final = frozenset("LMNPSZ")
_MARKUP: Final = re.compile(r"[<>{}\[\]\\|`^~*_=\"]|&(?=#|\w+;)")

_TURKISH: Final = re.compile("[ğĞşŞİ]")


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line of print. ``confidence`` is 0..1; ``height`` is that of its letters, and ``left``, ``top``, ``right``,
    ``bottom`` are where it is, all in shares of the product's height or width."""

    text: str
    confidence: float
    height: float
    left: float
    top: float
    right: float
    bottom: float


LabelReader = Callable[[NDArray[np.uint8]], tuple[LabelLine, ...]]
"""Reads RGBA pixels; the lines come in reading order."""


def unread(cutout: NDArray[np.uint8]) -> tuple[LabelLine, ...]:
    """A reader that reads nothing: recommendations then rest on colours and form alone."""
    return ()


def cleaned(text: str, longest: int = LONGEST_LINE) -> str:
    """At most ``longest`` printable characters without markup, control characters or marks of direction."""
    normal = unicodedata.normalize("NFKC", text[: 4 * longest])
    kept = (mark if unicodedata.category(mark)[0] in _KEPT_CATEGORIES else " " for mark in normal)
    return " ".join(_MARKUP.sub(" ", "".join(kept)).split())[:longest].strip()


def dotted(text: str) -> str:
    """With the dots that a reader misses on the letter i; Turkish, which has an i without one, stays."""
    return text if _TURKISH.search(text) else text.replace("ı", "i")
