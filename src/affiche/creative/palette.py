# SPDX-License-Identifier: Apache-2.0
"""From two or three brand colours to the roles of a creative: ground, ink, quiet ink, button and accent."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from affiche.images.colour import Colour, apca, contrast_ratio, from_oklch, ratio_for_lightness, to_oklch

TEXT_CONTRAST = 4.5
LARGE_TEXT_CONTRAST = 3.0
TEXT_LIGHTNESS = 75.0
LARGE_TEXT_LIGHTNESS = 60.0
BUTTON_LIGHTNESS = 45.0
BUTTON_CONTRAST = 3.0
_COMFORTABLE_CONTRAST = 5.0
_GREY_CHROMA = 0.03
_DISCORD, _CONCORD = 0.2, 0.5


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colour roles of one creative. ``quiet`` is the ink of punchline and description; ``accent`` marks bars and
    hairlines. Every ink reaches 4.5:1 on ``ground`` and ``button_ink`` does on ``button``."""

    name: str
    ground: Colour
    ink: Colour
    quiet: Colour
    button: Colour
    button_ink: Colour
    accent: Colour

    @property
    def is_dark(self) -> bool:
        return self.ground.luminance < self.ink.luminance


@dataclass(frozen=True)
class Palette:
    """The brand's colours, most chromatic first, and the grounds that are derived from them in OKLCH."""

    brand: tuple[Colour, ...]

    @classmethod
    def of(cls, colours: Iterable[Colour]) -> "Palette":
        unique = tuple(dict.fromkeys(colours))
        return cls(tuple(sorted(unique, key=lambda colour: -to_oklch(colour).chroma)))

    @cached_property
    def hue(self) -> float:
        """The hue that neutrals lean to: that of the most chromatic brand colour."""
        return to_oklch(self.brand[0]).hue

    @cached_property
    def _lean(self) -> float:
        """0 for a grey brand, 1 for a colourful one: greys must not turn pink."""
        return 1.0 if to_oklch(self.brand[0]).chroma > _GREY_CHROMA else 0.0

    @cached_property
    def light_ground(self) -> Colour:
        return from_oklch(0.975, 0.012 * self._lean, self.hue)

    @cached_property
    def dark_ground(self) -> Colour:
        return from_oklch(0.205, 0.036 * self._lean, self.dark_hue)

    @cached_property
    def dark_hue(self) -> float:
        """The hue of the darkest brand colour that has one; scrims and dark grounds take it."""
        tinted = [colour for colour in self.brand if to_oklch(colour).chroma > _GREY_CHROMA]
        return to_oklch(min(tinted, key=lambda colour: colour.luminance)).hue if tinted else 0.0

    @staticmethod
    def shade_and_light(bright: Colour, agreement: float) -> tuple[Colour, Colour]:
        """What a part of a photo is multiplied with to darken it, and screened with to lighten it, where the ``bright``
        there is of this colour and its hues agree so far (0..1): that hue, so that a blue sky turns to dusk and sand
        to the shade of sand, and not to grey; none where it would take the colour out of another hue."""
        _, chroma, hue = to_oklch(bright)
        chroma *= min(1.0, max(0.0, (agreement - _DISCORD) / (_CONCORD - _DISCORD)))
        return from_oklch(0.36, min(0.08, 4.0 * chroma), hue), from_oklch(0.93, min(0.03, 0.4 * chroma), hue)

    @cached_property
    def dark_ink(self) -> Colour:
        return from_oklch(0.215, 0.03 * self._lean, self.dark_hue)

    @cached_property
    def light_ink(self) -> Colour:
        return from_oklch(0.985, 0.006 * self._lean, self.hue)

    @cached_property
    def duotone(self) -> tuple[Colour, Colour]:
        """The two tones of a photo in the brand's deep hue: shadows and lights."""
        return from_oklch(0.19, 0.07 * self._lean, self.dark_hue), from_oklch(0.87, 0.09 * self._lean, self.dark_hue)

    def light(self) -> Scheme:
        return self.scheme("light", self.light_ground)

    def dark(self) -> Scheme:
        return self.scheme("dark", self.dark_ground)

    def tinted(self) -> Scheme:
        """A light ground that visibly carries the brand's colour."""
        return self.scheme("tinted", from_oklch(0.93, 0.045 * self._lean, self.hue))

    def branded(self, index: int = 0) -> Scheme:
        """A brand colour itself as the ground: ``index`` 0 is the darkest; one that no ink can be read on is
        deepened until one can."""
        by_depth = sorted(self.brand, key=lambda colour: colour.luminance)
        return self.scheme("brand", readable_ground(by_depth[index % len(by_depth)], self.inks))

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """Every set of roles that the brand gives."""
        branded = (self.branded(index) for index in range(len(self.brand)))
        return tuple(dict.fromkeys((self.light(), self.dark(), self.tinted(), *branded)))

    @cached_property
    def inks(self) -> tuple[Colour, Colour]:
        return self.light_ink, self.dark_ink

    def scheme(self, name: str, ground: Colour) -> Scheme:
        """The roles that fit on ``ground``."""
        ink = self.ink_on(ground)
        button = self.button_on(ground)
        return Scheme(
            name, ground, ink, quiet_ink(ink, ground), button, self.ink_on(button), self._accent(ground, button)
        )

    def ink_on(self, ground: Colour) -> Colour:
        """The light ink where it can be read comfortably, else whichever ink can be read, else what contrasts more."""
        light, dark = self.inks
        if contrast_ratio(light, ground) >= _COMFORTABLE_CONTRAST:
            return light
        return max((light, dark), key=lambda ink: (is_readable(ink, ground), contrast_ratio(ink, ground)))

    def button_on(self, ground: Colour) -> Colour:
        """The most chromatic brand colour that stands out from ``ground`` and can carry its text, which is short and
        bold: where Lc 60 would cost the colour, Lc 45 must do."""
        coloured = [colour for colour in self.brand if to_oklch(colour).chroma > _GREY_CHROMA]
        for colours, lightness in (
            (coloured, LARGE_TEXT_LIGHTNESS),
            (coloured, BUTTON_LIGHTNESS),
            (self.brand, LARGE_TEXT_LIGHTNESS),
        ):
            for colour in colours:
                candidate = readable_ground(colour, self.inks, lightness)
                if contrast_ratio(candidate, ground) >= BUTTON_CONTRAST:
                    return candidate
        return self.ink_on(ground)

    def _accent(self, ground: Colour, button: Colour) -> Colour:
        spare = [colour for colour in self.brand if contrast_ratio(colour, ground) >= 2.2 and colour != button]
        return button if contrast_ratio(button, ground) >= BUTTON_CONTRAST or not spare else spare[0]


def needed_ratio(ink: Colour, *, large: bool) -> float:
    """The WCAG ratio that a text in ``ink`` needs on a photo: 4.5:1 (3:1 if ``large``), and as much as gives it an
    APCA lightness contrast of Lc 75 (60). Dark inks need far more than light ones."""
    if large:
        return max(LARGE_TEXT_CONTRAST, ratio_for_lightness(ink, LARGE_TEXT_LIGHTNESS))
    return max(TEXT_CONTRAST, ratio_for_lightness(ink, TEXT_LIGHTNESS))


def is_readable(ink: Colour, ground: Colour, lightness: float = LARGE_TEXT_LIGHTNESS) -> bool:
    """Whether texts in ``ink`` can be read on a flat ``ground``: 4.6:1 and an APCA |Lc| of ``lightness``."""
    return contrast_ratio(ink, ground) >= TEXT_CONTRAST + 0.1 and abs(apca(ink, ground)) >= lightness


def readable_ground(colour: Colour, inks: tuple[Colour, Colour], contrast: float = LARGE_TEXT_LIGHTNESS) -> Colour:
    """``colour``, or its nearest neighbour in lightness on which one of ``inks`` can be read with ``contrast``."""
    if any(is_readable(ink, colour, contrast) for ink in inks):
        return colour
    lightness, chroma, hue = to_oklch(colour)
    for step in range(1, 60):
        for direction in (-1, 1):
            candidate = from_oklch(lightness + direction * 0.01 * step, chroma, hue)
            if any(is_readable(ink, candidate, contrast) for ink in inks):
                return candidate
    return inks[1]


def quiet_ink(ink: Colour, ground: Colour, need: float = 6.0) -> Colour:
    """``ink`` drawn back towards ``ground`` by at most 24 %, as far as ``need`` and Lc 75 (or what ink has) allow."""
    floor = min(max(need, needed_ratio(ink, large=False)), contrast_ratio(ink, ground))
    for share in (0.24, 0.18, 0.12, 0.06):
        candidate = ink.mixed(ground, share)
        if contrast_ratio(candidate, ground) >= floor:
            return candidate
    return ink
