# SPDX-License-Identifier: Apache-2.0
"""How far apart two creatives of a size are: by their idea, their colours, their crop and the place of their texts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from affiche.creative.composition import Box, Composition, FillLayer, PhotoLayer, Role, TextLayer, Treatment
from affiche.images.colour import Colour, to_oklab

NEAREST: Final = 0.25
"""No two variants of a size are nearer to each other than this."""

_IDEA, _COLOUR, _CROP, _TEXTS = 0.35, 0.25, 0.15, 0.25
_FULL_DIFFERENCE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a creative `distance` looks at. ``field`` is the OKLab colour of what is not photo and ``share`` how much
    of the canvas it takes; ``crop`` is the part of the photo that is shown, ``texts`` the box around all texts."""

    arrangement: str
    field: tuple[float, float, float]
    share: float
    crop: Box | None
    texts: Box

    @classmethod
    def of(cls, composition: Composition) -> Self:
        field, share = _field(composition)
        return cls(composition.arrangement, to_oklab(field), share, _crop(composition), _texts(composition))

    def distance(self, other: "Sketch") -> float:
        """As the function `distance`, for comparing each of many creatives with many."""
        parts = (
            _IDEA * (self.arrangement != other.arrangement)
            + _COLOUR * self._colour_distance(other)
            + _CROP * _apart(self.crop, other.crop)
            + _TEXTS * _apart(self.texts, other.texts)
        )
        return round(parts, 3)

    def _colour_distance(self, other: "Sketch") -> float:
        """Between the colours of the fields, as far as both have one, and between photo and no photo."""
        difference = math.dist(self.field, other.field)
        shared = min(self.share, other.share)
        return min(1.0, shared * min(1.0, difference / _FULL_DIFFERENCE) + abs(self.share - other.share))


def diversity(compositions: Sequence[Composition]) -> list[float]:
    """For each of ``compositions``, all of one size, its `distance` to the nearest other one, 0..1 in steps of 0.001;
    1 when it is alone."""
    sketches = [Sketch.of(composition) for composition in compositions]
    return [
        min((one.distance(other) for place_of, other in enumerate(sketches) if place_of != place), default=1.0)
        for place, one in enumerate(sketches)
    ]


def distance(one: Composition, other: Composition) -> float:
    """0 for the same design, 1 for two that share nothing. 0.35 of it is the arrangement, 0.25 the colours of the
    field (Euclidean in OKLab), 0.15 the part of the photo that is shown, 0.25 where the texts stand."""
    return Sketch.of(one).distance(Sketch.of(other))


def _field(composition: Composition) -> tuple[Colour, float]:
    """The colour of the largest ground, panel or toned photo, and its share of the canvas."""
    canvas = composition.canvas
    fields: list[tuple[float, Colour]] = []
    covered = 0.0
    for layer in composition.layers:
        share = layer.box.intersection(canvas).area / canvas.area
        if isinstance(layer, FillLayer) and layer.role in (Role.GROUND, Role.PANEL):
            fields.append((share, layer.colour))
        elif isinstance(layer, PhotoLayer) and layer.veil is not None:
            fields.append((share, layer.veil))
        elif isinstance(layer, PhotoLayer) and layer.treatment is Treatment.DUOTONE and layer.duotone:
            fields.append((share, layer.duotone[0].mixed(layer.duotone[1], 0.5)))
        elif isinstance(layer, PhotoLayer):
            covered += share
    if not fields:
        return Colour(128, 128, 128), 0.0
    share, colour = max(fields, key=lambda field: field[0])
    return colour, min(share, 1.0) if share < 1 else max(0.0, 1.0 - covered)


def _crop(composition: Composition) -> Box | None:
    photo = next((layer for layer in composition.layers if isinstance(layer, PhotoLayer)), None)
    return photo.source if photo else None


def _texts(composition: Composition) -> Box:
    boxes = [layer.box for layer in composition.layers if isinstance(layer, TextLayer)]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _apart(one: Box | None, other: Box | None) -> float:
    """1 minus the intersection over the union; 1 if only one of them is there."""
    if one is None or other is None:
        return float(one is not other)
    shared = one.intersection(other).area
    union = one.area + other.area - shared
    return 1.0 - shared / union if union > 0 else 0.0
