# SPDX-License-Identifier: Apache-2.0
"""sRGB colours, OKLCH, and the two contrast measures that decide whether text can be read."""

import math
import re
from functools import lru_cache
from typing import Final, NamedTuple, Self

from affiche.errors import InvalidInput

_MIDDLE: Final = 0.36  # a ground of this luminance is as far from white as from black for APCA
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Colour(NamedTuple):
    """An opaque sRGB colour, channels 0..255."""

    red: int
    green: int
    blue: int

    @classmethod
    def from_hex(cls, text: str, field: str = "colour") -> Self:
        """Read ``#rgb`` or ``#rrggbb``; raises `InvalidInput` naming ``field`` for anything else."""
        if not _HEX.fullmatch(text):
            raise InvalidInput(field, f"'{text}' is not a colour; write it as #RRGGBB, for example #1A2B3C.")
        digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
        return cls(int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))

    @property
    def hex(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """WCAG 2.2 relative luminance, 0 (black) to 1 (white)."""
        return 0.2126 * _LINEAR[self.red] + 0.7152 * _LINEAR[self.green] + 0.0722 * _LINEAR[self.blue]

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """This colour with ``share`` (0..1) of ``other`` painted over it, in sRGB as a painter blends."""
        return Colour(*(round(a + (b - a) * share) for a, b in zip(self, other, strict=True)))


class Oklch(NamedTuple):
    """A colour as people see it: ``lightness`` 0..1, ``chroma`` 0..about 0.32, ``hue`` in degrees."""

    lightness: float
    chroma: float
    hue: float


@lru_cache(maxsize=8192)
def contrast_ratio(one: Colour, other: Colour) -> float:
    """WCAG 2.2 contrast ratio, 1..21."""
    dark, light = sorted((one.luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)


def apca(text: Colour, ground: Colour) -> float:
    """APCA 0.1.9 lightness contrast (Lc), about -108 (light text on dark) to 106 (dark text on light)."""
    text_y, ground_y = _apca_luminance(text), _apca_luminance(ground)
    if abs(ground_y - text_y) < 0.0005:
        return 0.0
    if ground_y > text_y:
        raw = (ground_y**0.56 - text_y**0.57) * 1.14
        return 0.0 if raw < 0.1 else (raw - 0.027) * 100
    raw = (ground_y**0.65 - text_y**0.62) * 1.14
    return 0.0 if raw > -0.1 else (raw + 0.027) * 100


@lru_cache(maxsize=1024)
def ratio_for_lightness(ink: Colour, lightness: float) -> float:
    """The WCAG ratio from which on ``ink`` has at least ``lightness`` (APCA |Lc|) on a grey: a light ink on greys dark
    enough, a dark ink on greys light enough. Infinity if not even black or white suffices."""
    greys = [Colour(level, level, level) for level in range(256)]
    if ink.luminance > _MIDDLE:
        greys.reverse()
    reached = (grey for grey in greys if abs(apca(ink, grey)) >= lightness and _is_on(ink, grey))
    ground = next(reached, None)
    return contrast_ratio(ink, ground) if ground else math.inf


def _is_on(ink: Colour, ground: Colour) -> bool:
    """Whether ``ground`` lies on the side of ``ink`` that it is meant for: darker than light inks and the reverse."""
    return (ground.luminance < ink.luminance) == (ink.luminance > _MIDDLE)


@lru_cache(maxsize=4096)
def to_oklch(colour: Colour) -> Oklch:
    """sRGB to OKLCH (B. Ottosson, 2020)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_oklab(colour: Colour) -> tuple[float, float, float]:
    """Lightness, green to red and blue to yellow, in which distances look alike (Ottosson, "A perceptual color space
    for image processing", 2020)."""
    lightness, chroma, hue = to_oklch(colour)
    return lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))


@lru_cache(maxsize=4096)
def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """OKLCH to the nearest sRGB colour of the same lightness and hue; chroma is reduced until the colour exists."""
    lightness = min(1.0, max(0.0, lightness))
    low, high = 0.0, chroma
    if _in_gamut(channels := _oklch_linear(lightness, high, hue)):
        return _encoded(channels)
    for _ in range(16):
        middle = (low + high) / 2
        if _in_gamut(_oklch_linear(lightness, middle, hue)):
            low = middle
        else:
            high = middle
    return _encoded(_oklch_linear(lightness, low, hue))


def _oklch_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(channels: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= channel <= 1 + 1e-4 for channel in channels)


def _encoded(channels: tuple[float, float, float]) -> Colour:
    return Colour(*(round(255 * _gamma(min(1.0, max(0.0, channel)))) for channel in channels))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


_LINEAR: Final = tuple(_linear(level / 255) for level in range(256))


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def _apca_luminance(colour: Colour) -> float:
    red, green, blue = ((channel / 255) ** 2.4 for channel in colour)
    luminance = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    return float(luminance + max(0.0, 0.022 - luminance) ** 1.414)
