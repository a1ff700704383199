# SPDX-License-Identifier: Apache-2.0
"""A score as values: its parts, each with a place, a sentence and perhaps a change that raises it."""

from dataclasses import dataclass
from typing import Any, Final

from affiche.creative.composition import Box, Role
from affiche.images.colour import Colour

WEIGHTS: Final = {
    "legibility": 16,
    "contrast": 18,
    "hierarchy": 12,
    "clutter": 10,
    "saliency_match": 16,
    "logo_presence": 10,
    "button_visibility": 10,
    "balance": 4,
    "diversity": 4,
}
"""What each part counts in the whole; a part without a value does not count at all."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that raises the score.

    ``enlarge`` scales the layer of ``role`` (for the button with its text and icon) ``by`` a factor; ``recolour`` gives
    it ``colour``; ``move`` shifts it by ``dx``, ``dy`` px, with the headline all texts and the button; ``raise_scrim``
    brings the scrims' opacity ``by`` a share nearer to full; ``drop`` leaves the text out.
    """

    action: str
    role: Role
    by: float | None = None
    colour: Colour | None = None
    dx: float | None = None
    dy: float | None = None

    def to_json(self) -> dict[str, Any]:
        values = {"action": self.action, "role": self.role.value, "by": self.by, "dx": self.dx, "dy": self.dy}
        values["colour"] = self.colour.hex if self.colour else None
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect: ``value`` 0..100 with one decimal, or None where it cannot be told; ``box`` is the place in canvas px
    that decided; ``sentence`` says what would raise it, or that nothing has to."""

    name: str
    value: float | None
    box: Box | None
    sentence: str
    suggestion: Suggestion | None = None

    @property
    def weight(self) -> int:
        return WEIGHTS[self.name]

    def to_json(self) -> dict[str, Any]:
        box = self.box
        return {
            "name": self.name,
            "value": self.value,
            "weight": self.weight,
            "box": [round(edge, 1) for edge in (box.x, box.y, box.width, box.height)] if box else None,
            "sentence": self.sentence,
            "suggestion": self.suggestion.to_json() if self.suggestion else None,
        }


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` 0..100 with one decimal, the mean of the parts that have a value by their weights; None without any."""

    parts: tuple[Part, ...]

    @property
    def value(self) -> float | None:
        told = [(part.value, part.weight) for part in self.parts if part.value is not None]
        if not told:
            return None
        return round(sum(round(10 * value) * weight for value, weight in told) / sum(w for _, w in told) / 10, 1)

    def part(self, name: str) -> Part:
        """The part called ``name``; raises `KeyError` for another name."""
        found = {part.name: part for part in self.parts}
        return found[name]

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(part.suggestion for part in self.parts if part.suggestion is not None)

    def to_json(self) -> dict[str, Any]:
        return {"score": self.value, "parts": [part.to_json() for part in self.parts]}


def graded(share: float) -> float:
    """A share 0..1 as a value 0..100 with one decimal. It is rounded twice, so that the last bits of floating
    arithmetic, which differ between machines, decide nothing."""
    return round(100 * min(1.0, max(0.0, round(share, 4))), 1)
