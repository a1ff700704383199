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

_TURKISH: Final = re.compile("[ğĞşŞİ]")  # elsewhere an i without its dot has been misread


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


def cleaned(text: str) -> str:
    """At most `LONGEST_LINE` printable characters without markup, control characters or marks of direction."""
    normal = unicodedata.normalize("NFKC", text[: 4 * LONGEST_LINE])
    spaced = "".join(
        " " if unicodedata.category(character)[0] not in _KEPT_CATEGORIES else character for character in normal
    )
    if not _TURKISH.search(spaced):
        spaced = spaced.replace("ı", "i")
    return " ".join(_MARKUP.sub(" ", spaced).split())[:LONGEST_LINE].strip()
