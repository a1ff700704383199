# SPDX-License-Identifier: Apache-2.0
"""Every size that Affiche draws, in one table: the contract's RenderKind values, their pixels and their unions."""

import math
from dataclasses import dataclass
from enum import IntFlag, StrEnum
from typing import Final

from affiche.errors import InvalidInput


class RenderKind(IntFlag):
    """Sizes as the wire names them; a union stands for several sizes."""

    UNSET = 0
    POST = 1
    STORY = 2
    LANDSCAPE = 4
    VERTICAL = 8
    PIN_SIZE = 16
    SOCIAL = 31
    MEDIUM_BANNER = 32
    LEADER_BOARD = 64
    WIDE_SKY_SCRAPER = 128
    HALF_PAGE = 256
    LARGE_LEADERBOARD = 512
    DISPLAY = 992
    ALL = 1023
    FULL_HD = 1024
    PORTRAIT = 2048
    WIDESCREEN = 4096
    VIDEO_PORTRAIT = 8192
    VIDEO_LANDSCAPE = 16384


class Shape(StrEnum):
    """What a format asks of a layout; arrangements are written per shape, not per size."""

    SQUARE = "square"
    PORTRAIT = "portrait"
    STORY = "story"
    LANDSCAPE = "landscape"
    RECTANGLE = "rectangle"
    HALF_PAGE = "half_page"
    SKYSCRAPER = "skyscraper"
    LEADERBOARD = "leaderboard"


DISPLAY_BUDGET: Final = 150_000
"""Bytes of a display ad: Google Ads refuses uploaded display ads above 150 kB, and the IAB's fixed sizes load less."""


@dataclass(frozen=True, slots=True)
class Format:
    """One size: ``width`` x ``height`` in pixels. ``name`` is its stem in file names and on the command line."""

    kind: RenderKind
    name: str
    width: int
    height: int
    shape: Shape

    @property
    def unit(self) -> float:
        """The length unit ``u`` of the art direction: sqrt(width x height) / 54 px (20 px on 1080x1080)."""
        return math.sqrt(self.width * self.height) / 54

    @property
    def is_banner(self) -> bool:
        """Display sizes: small, read in passing, allowed to leave texts out."""
        return self.kind in RenderKind.DISPLAY

    @property
    def default_budget(self) -> int | None:
        """The bytes that the places which show this size accept, or None where nothing so small is asked."""
        return DISPLAY_BUDGET if self.is_banner else None


FORMATS: Final[tuple[Format, ...]] = (
    Format(RenderKind.POST, "post", 1080, 1080, Shape.SQUARE),
    Format(RenderKind.STORY, "story", 1080, 1920, Shape.STORY),
    Format(RenderKind.LANDSCAPE, "landscape", 1200, 628, Shape.LANDSCAPE),
    Format(RenderKind.VERTICAL, "vertical", 1080, 1350, Shape.PORTRAIT),
    Format(RenderKind.PIN_SIZE, "pin", 1000, 1500, Shape.PORTRAIT),
    Format(RenderKind.MEDIUM_BANNER, "medium-banner", 300, 250, Shape.RECTANGLE),
    Format(RenderKind.LEADER_BOARD, "leaderboard", 728, 90, Shape.LEADERBOARD),
    Format(RenderKind.WIDE_SKY_SCRAPER, "skyscraper", 160, 600, Shape.SKYSCRAPER),
    Format(RenderKind.HALF_PAGE, "half-page", 300, 600, Shape.HALF_PAGE),
    Format(RenderKind.LARGE_LEADERBOARD, "large-leaderboard", 970, 90, Shape.LEADERBOARD),
    Format(RenderKind.FULL_HD, "full-hd", 1920, 1080, Shape.LANDSCAPE),
    Format(RenderKind.PORTRAIT, "portrait", 768, 1024, Shape.PORTRAIT),
    Format(RenderKind.WIDESCREEN, "widescreen", 1024, 768, Shape.LANDSCAPE),
    Format(RenderKind.VIDEO_PORTRAIT, "video-portrait", 768, 1280, Shape.STORY),
    Format(RenderKind.VIDEO_LANDSCAPE, "video-landscape", 1280, 768, Shape.LANDSCAPE),
)

UNIONS: Final[dict[str, RenderKind]] = {
    "social": RenderKind.SOCIAL,
    "display": RenderKind.DISPLAY,
    "all": RenderKind.ALL,
}


def formats_of(kind: RenderKind) -> tuple[Format, ...]:
    """The sizes that ``kind`` stands for, in table order. Unset means Post, as the contract's field is required."""
    wanted = kind or RenderKind.POST
    return tuple(format for format in FORMATS if format.kind in wanted)


def format_of(kind: RenderKind) -> Format:
    """The one size of a concrete ``kind``."""
    (format,) = formats_of(kind)
    return format


def kind_named(name: str) -> RenderKind:
    """A kind by its number, its union name or its size's name; raises `InvalidInput` with the known names."""
    text = name.strip().lower()
    if text in UNIONS:
        return UNIONS[text]
    for format in FORMATS:
        if text == format.name:
            return format.kind
    if text.isdigit() and int(text) in {int(kind) for kind in RenderKind.__members__.values()}:
        return RenderKind(int(text))
    known = ", ".join([*UNIONS, *(format.name for format in FORMATS)])
    raise InvalidInput("kind", f"'{name}' is not a size; use one of {known}, or a RenderKind number.")
