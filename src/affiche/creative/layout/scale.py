# SPDX-License-Identifier: Apache-2.0
"""How large texts may be on each shape: one table of type sizes and spaces, in px of the format."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from affiche.creative.composition import Role
from affiche.creative.formats import Format, Shape


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Limits for the texts of one format, in px.

    ``headline`` and ``punchline`` are (smallest, largest) sizes; below the smallest nobody reads an ad.
    ``dense`` is the (headline, punchline) floor that is used only when a very long copy leaves no choice.
    ``ratio`` is the punchline's size relative to the headline's; ``lines`` the most headline lines.
    """

    headline: tuple[float, float]
    punchline: tuple[float, float]
    dense: tuple[float, float]
    ratio: float
    lines: int
    button_height: float
    gap: float

    @property
    def description(self) -> float:
        """Descriptions are set at this share of the punchline."""
        return 0.86


def type_scale(format: Format) -> TypeScale:
    """The sizes of ``format`` (art direction: Type and Banners)."""
    unit = format.unit
    match format.shape:
        case Shape.LEADERBOARD:
            return TypeScale((15, 30), (12, 15), (11, 10.5), 0.5, 2, 30, 6)
        case Shape.SKYSCRAPER:
            return TypeScale((17, 28), (12.5, 15), (12, 11), 0.56, 7, 32, 11)
        case Shape.RECTANGLE:
            return TypeScale((19, 32), (12.5, 15), (12.5, 11), 0.48, 4, 30, 9)
        case Shape.HALF_PAGE:
            return TypeScale((25, 44), (14, 18), (15, 12), 0.46, 6, 40, 13)
        case Shape.STORY:
            return TypeScale(
                (2.5 * unit, 5.4 * unit), (1.18 * unit, 1.75 * unit), (1.3 * unit, 0.9 * unit), 0.37, 6, 88, 1.2 * unit
            )
        case Shape.LANDSCAPE:
            return TypeScale(
                (2.5 * unit, 5.6 * unit), (1.3 * unit, 1.9 * unit), (1.35 * unit, 1.05 * unit), 0.4, 4, 54, 1.15 * unit
            )
        case _:
            return TypeScale(
                (2.5 * unit, 6.2 * unit), (1.25 * unit, 2.0 * unit), (1.3 * unit, 0.95 * unit), 0.38, 5, 64, 1.15 * unit
            )


# Capitals that are read at delivered size: banners are shown as they are, social sizes at about a third on a telephone.
_SOCIAL_CAPITALS: Final = {Role.HEADLINE: 1.8, Role.PUNCHLINE: 0.82, Role.DESCRIPTION: 0.72, Role.ACTION: 0.78}
_BANNER_CAPITALS: Final = {
    Shape.LEADERBOARD: {Role.HEADLINE: 14.0, Role.PUNCHLINE: 8.0, Role.DESCRIPTION: 8.0, Role.ACTION: 7.5},
    Shape.SKYSCRAPER: {Role.HEADLINE: 13.0, Role.PUNCHLINE: 8.5, Role.DESCRIPTION: 8.0, Role.ACTION: 7.5},
    Shape.RECTANGLE: {Role.HEADLINE: 14.0, Role.PUNCHLINE: 8.5, Role.DESCRIPTION: 8.0, Role.ACTION: 7.5},
    Shape.HALF_PAGE: {Role.HEADLINE: 18.0, Role.PUNCHLINE: 9.5, Role.DESCRIPTION: 8.5, Role.ACTION: 7.5},
}


@cache
def smallest_capitals(format: Format) -> dict[Role, float]:
    """The least height of capitals by role, in px of the delivered picture. Only copy that fits in no other way is set
    smaller (`affiche.creative.composition.Composition.dense`)."""
    if format.shape in _BANNER_CAPITALS:
        return _BANNER_CAPITALS[format.shape]
    return {role: round(units * format.unit, 1) for role, units in _SOCIAL_CAPITALS.items()}


def tracking(size: float) -> float:
    """Letter spacing of headlines in em: 0 for small sizes, -1 % at 48 px, -2.5 % at 140 px."""
    if size <= 24:
        return 0.0
    if size <= 48:
        return -0.01 * (size - 24) / 24
    return -0.01 - 0.015 * min(1.0, (size - 48) / 92)


def headline_leading(size: float, weight_is_serif: bool) -> float:
    """Line height of headlines: 1.14 when small, 1.03 when huge; serifs need a little more."""
    tight = 1.14 - 0.11 * min(1.0, max(0.0, (size - 24) / 96))
    return tight + (0.04 if weight_is_serif else 0.0)
