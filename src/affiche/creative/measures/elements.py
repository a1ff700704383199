# SPDX-License-Identifier: Apache-2.0
"""What the benchmark calls the elements of a layout, read from a composition."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from affiche.creative.composition import (
    Box,
    Composition,
    FillLayer,
    Layer,
    LogoLayer,
    PhotoLayer,
    Role,
    ScrimLayer,
    TextLayer,
)
from affiche.images.native import cv2

TEXT_ROLES: Final = frozenset({Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.ACTION})
UNDERLAY_ROLES: Final = frozenset({Role.PANEL, Role.BUTTON, Role.LOGO_PLATE})
_LEAST_SHARE: Final = 0.001
_FACE_HIDDEN: Final = 0.01


class Kind(StrEnum):
    """The benchmark's three classes."""

    TEXT = "text"
    LOGO = "logo"
    UNDERLAY = "underlay"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its class, the role that it has with us, and the part of the canvas that it takes, in px. The
    benchmark knows boxes only; ``corners`` are those of a panel that is a polygon inside its box."""

    kind: Kind
    role: Role
    box: Box
    corners: tuple[tuple[float, float], ...] = ()

    def hides(self, face: Box) -> bool:
        """Whether it covers more than a hundredth of ``face``."""
        common = self.box.intersection(face)
        if common.area <= _FACE_HIDDEN * face.area or not self.corners:
            return common.area > _FACE_HIDDEN * face.area
        rectangle = ((face.x, face.y), (face.right, face.y), (face.right, face.bottom), (face.x, face.bottom))
        area, _ = cv2.intersectConvexConvex(np.array(rectangle, np.float32), np.array(self.corners, np.float32))
        return float(area) > _FACE_HIDDEN * face.area


def elements(composition: Composition) -> tuple[Element, ...]:
    """Texts, the logo, and what lies under them (panels, cards, button fills, plates), from back to front.

    Boxes are cut at the canvas; what shows less than 0.1 % of it is left out, as in the benchmark. A button's icon is
    part of its button, grounds and photos are the canvas, bars and hairlines are ornament.
    """
    canvas = composition.canvas
    found = []
    for layer in composition.layers:
        mark = element(layer)
        if mark is None:
            continue
        box = canvas.intersection(mark.box)
        if box.area >= _LEAST_SHARE * canvas.area:
            found.append(replace(mark, box=box))
    return tuple(found)


def element(layer: Layer) -> Element | None:
    """The element that ``layer`` is, or None. Of a turned text the box is the upright one around it."""
    kind = _kind(layer)
    if kind is None:
        return None
    corners = layer.outline.points if isinstance(layer, FillLayer | PhotoLayer) else ()
    return Element(kind, layer.role, _place(layer), corners)


def plain_layers(composition: Composition) -> tuple[Layer, ...]:
    """The layers of the picture on which the elements are laid out: photo, scrims, grounds and ornaments, without the
    elements themselves and without tints of an element's very shape."""
    boxes = {layer.box for layer in composition.layers if _kind(layer) is Kind.UNDERLAY}
    return tuple(
        layer
        for layer in composition.layers
        if not isinstance(layer, TextLayer)
        and _kind(layer) is None
        and not (layer.role is Role.ACCENT and layer.box in boxes)
    )


def _kind(layer: Layer) -> Kind | None:
    match layer:
        case TextLayer():
            return Kind.TEXT if layer.role in TEXT_ROLES else None
        case LogoLayer():
            return Kind.LOGO
        case FillLayer() | PhotoLayer():
            return Kind.UNDERLAY if layer.role in UNDERLAY_ROLES else None
        case ScrimLayer():
            return None


def _place(layer: Layer) -> Box:
    """The layer's box; of a turned text the upright box around it."""
    box = layer.box
    if not isinstance(layer, TextLayer) or not layer.rotation:
        return box
    turn = math.radians(layer.rotation)
    cosine, sine = abs(math.cos(turn)), abs(math.sin(turn))
    width, height = box.width * cosine + box.height * sine, box.width * sine + box.height * cosine
    x, y = box.centre
    return Box(x - width / 2, y - height / 2, width, height)
