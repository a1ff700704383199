# SPDX-License-Identifier: Apache-2.0
"""English names of colours, as people say them of things."""

import math
from functools import lru_cache
from typing import Final

from affiche.images.colour import Colour, Oklch, from_oklch, to_oklch
from affiche.vision.colours import Shares

NEUTRALS: Final = frozenset({"white", "ivory", "light grey", "grey", "charcoal", "black"})
"""Names that say little of a product: packaging of anything is white or black."""

_GREY_BELOW: Final = 0.022
# The lightness up to which a grey has each name.
_GREYS: Final = ((0.30, "black"), (0.46, "charcoal"), (0.74, "grey"), (0.90, "light grey"), (1.01, "white"))
_NEAR_BLACK: Final = 0.20
# Lightness, chroma and hue of what people agree on calling by each name.
_NAMED: Final[tuple[tuple[str, float, float, float], ...]] = (
    ("ivory", 0.95, 0.035, 90),
    ("beige", 0.84, 0.055, 80),
    ("tan", 0.72, 0.085, 72),
    ("brown", 0.46, 0.085, 55),
    ("brown", 0.58, 0.11, 58),
    ("dark brown", 0.30, 0.05, 50),
    ("red", 0.60, 0.23, 27),
    ("red", 0.50, 0.19, 26),
    ("burgundy", 0.36, 0.12, 18),
    ("terracotta", 0.60, 0.125, 42),
    ("coral", 0.71, 0.16, 30),
    ("orange", 0.73, 0.18, 55),
    ("orange", 0.67, 0.19, 45),
    ("peach", 0.84, 0.085, 55),
    ("amber", 0.78, 0.165, 75),
    ("yellow", 0.88, 0.18, 96),
    ("yellow", 0.92, 0.12, 98),
    ("mustard", 0.70, 0.13, 86),
    ("olive", 0.52, 0.09, 108),
    ("lime green", 0.80, 0.20, 125),
    ("green", 0.58, 0.17, 142),
    ("green", 0.66, 0.15, 135),
    ("dark green", 0.38, 0.09, 145),
    ("sage green", 0.76, 0.05, 130),
    ("mint green", 0.88, 0.07, 160),
    ("teal", 0.52, 0.09, 195),
    ("turquoise", 0.76, 0.12, 195),
    ("light blue", 0.82, 0.07, 235),
    ("sky blue", 0.71, 0.13, 235),
    ("blue", 0.52, 0.19, 260),
    ("blue", 0.45, 0.22, 264),
    ("navy blue", 0.30, 0.10, 265),
    ("slate blue", 0.52, 0.06, 250),
    ("lavender", 0.78, 0.09, 300),
    ("purple", 0.48, 0.20, 305),
    ("dark purple", 0.32, 0.11, 310),
    ("magenta", 0.62, 0.24, 345),
    ("raspberry", 0.45, 0.16, 5),
    ("pink", 0.80, 0.10, 0),
    ("hot pink", 0.68, 0.20, 355),
    ("rose", 0.70, 0.10, 12),
)


@lru_cache(maxsize=4096)
def name_of(colour: Colour) -> str:
    """The name whose sample is nearest in OKLab, hue weighing most; greys are named by their lightness."""
    seen = to_oklch(colour)
    # Eyes see less colour in what is very dark or very bright.
    if seen.chroma < _GREY_BELOW or seen.lightness < _NEAR_BLACK:
        return next(name for limit, name in _GREYS if seen.lightness < limit)
    return min(_NAMED, key=lambda named: _distance(seen, Oklch(*named[1:])))[0]


def _distance(one: Oklch, other: Oklch) -> float:
    """Squared distance in OKLab with lightness at half its weight."""
    turn = math.radians(one.hue - other.hue)
    apart = one.chroma**2 + other.chroma**2 - 2 * one.chroma * other.chroma * math.cos(turn)
    return (0.5 * (one.lightness - other.lightness)) ** 2 + apart


def named_shares(shares: Shares) -> dict[str, float]:
    """The share of each name, most frequent first."""
    sums: dict[str, float] = {}
    for colour, share in shares:
        name = name_of(colour)
        sums[name] = sums.get(name, 0.0) + share
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def distance(one: Colour, other: Colour) -> float:
    """How different two colours look: their distance in OKLab; 0.02 is just visible, 1 is from black to white."""
    a, b = to_oklch(one), to_oklch(other)
    turn = math.radians(a.hue - b.hue)
    return math.sqrt(
        (a.lightness - b.lightness) ** 2 + max(a.chroma**2 + b.chroma**2 - 2 * a.chroma * b.chroma * math.cos(turn), 0)
    )


def sample_of(name: str) -> Colour:
    """The colour that a name stands for. Raises `KeyError` for a name that `name_of` never gives."""
    return _SAMPLES[name]


def _samples() -> dict[str, Colour]:
    samples: dict[str, Colour] = {}
    low = 0.0
    for high, name in _GREYS:
        samples[name] = from_oklch((low + min(high, 1.0)) / 2 if low else 0.15, 0.0, 0.0)
        low = high
    for name, lightness, chroma, hue in _NAMED:
        samples.setdefault(name, from_oklch(lightness, chroma, hue))
    return samples


_SAMPLES: Final = _samples()
