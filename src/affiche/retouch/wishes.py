# SPDX-License-Identifier: Apache-2.0
"""What a client may ask for beside a treatment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from affiche.images.colour import Colour

_MOST_NOTES: Final = 8
_LONGEST_NOTE: Final = 120
_FIELDS: Final = ("straighten", "shadow", "aspect", "margin", "light", "colour")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a client asks for; None leaves it to the treatment. ``aspect`` is width by height, ``margin`` the share of
    the frame that stays free at each side. ``keep_frame`` leaves the photo's frame as it is, ``straighten`` is about
    what leans. ``light`` is exposure and ``colour`` white balance. ``ignored`` are the client's words that nothing here
    can honour."""

    keep_background: bool = False
    keep_frame: bool = False
    straighten: bool | None = None
    shadow: bool | None = None
    aspect: float | None = None
    margin: float | None = None
    ground: Colour | None = None
    light: bool | None = None
    colour: bool | None = None
    ignored: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence on each wish that is not honoured, eight at most."""
        told = tuple(f'Not honoured: "{words[:_LONGEST_NOTE]}".' for words in self.ignored[:_MOST_NOTES])
        more = len(self.ignored) - _MOST_NOTES
        return (*told, f"Not honoured: {more} more wishes.") if more > 0 else told

    def to_json(self) -> dict[str, Any]:
        """The wishes that are not left to the treatment; words that cannot be honoured are left out."""
        set_ = {name: getattr(self, name) for name in _FIELDS}
        told = {name: value for name, value in set_.items() if value is not None}
        told |= {name: True for name in ("keep_background", "keep_frame") if getattr(self, name)}
        return told | ({"ground": self.ground.hex} if self.ground is not None else {})

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What `to_json` gave."""
        ground = {"ground": Colour.from_hex(told["ground"])} if "ground" in told else {}
        return cls(**{**told, **ground})


NO_WISHES: Final = Wishes()
