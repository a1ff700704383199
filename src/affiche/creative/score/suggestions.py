# SPDX-License-Identifier: Apache-2.0
"""Carrying out what a score suggests."""

from dataclasses import replace
from typing import Final

from affiche.creative.composition import (
    Box,
    Composition,
    FillLayer,
    Layer,
    LogoLayer,
    Role,
    ScrimLayer,
    TextLayer,
)
from affiche.creative.measures.elements import UNDERLAY_ROLES
from affiche.creative.score.values import Suggestion
from affiche.errors import AfficheError
from affiche.images.colour import Colour
from affiche.typography.text import enlarged

_BUTTON: Final = frozenset({Role.BUTTON, Role.ACTION, Role.ICON})
_GROUPS: Final = {
    Role.BUTTON: _BUTTON,
    Role.ACTION: _BUTTON,
    Role.LOGO: frozenset({Role.LOGO, Role.LOGO_PLATE}),
}
MOVED_WITH_TEXTS: Final = frozenset(
    {Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.BUTTON, Role.ACTION, Role.ICON}
)
"""What moves when the headline is moved: texts keep their order and their distances."""

_SOLID: Final = frozenset({Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.LOGO, Role.LOGO_PLATE, Role.BUTTON})
_LAID_ON: Final = UNDERLAY_ROLES - {Role.BUTTON, Role.LOGO_PLATE}
_ANCHORS: Final = ((0.0, 0.5), (0.5, 0.5), (1.0, 0.5), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_STEPS: Final = (1.0, 0.6, 0.3)
_AIR: Final = 0.008


class Inapplicable(AfficheError):
    """A suggestion that this composition has no room for, or nothing to apply it to."""

    code = "inapplicable_suggestion"


def apply_suggestion(composition: Composition, suggestion: Suggestion) -> Composition:
    """The composition with one change made; everything else stays where it is.

    What is enlarged grows about one of its edges, corners or its middle, by less than suggested where room is short.
    Raises `Inapplicable` if there is no room at all or no such layer.
    """
    match suggestion.action:
        case "enlarge":
            return _enlarged(composition, suggestion.role, suggestion.by or 1.0)
        case "move":
            return _moved(composition, suggestion.role, suggestion.dx or 0.0, suggestion.dy or 0.0)
        case "recolour":
            return _recoloured(composition, suggestion.role, suggestion.colour)
        case "raise_scrim":
            return _with_scrims(composition, suggestion.by or 0.0)
        case "drop":
            return _without(composition, suggestion.role)
        case _:
            raise Inapplicable(f"'{suggestion.action}' is no change; use enlarge, move, recolour, raise_scrim or drop.")


def _enlarged(composition: Composition, role: Role, by: float) -> Composition:
    group = _group(composition, role, _GROUPS.get(role, frozenset({role})))
    around = _around(group)
    for step in _STEPS:
        factor = 1 + (by - 1) * step
        for across, down in _anchors(composition, around):
            fixed = around.x + across * around.width, around.y + down * around.height
            changed = {index: _scaled(layer, factor, fixed) for index, layer in group.items()}
            if _fits(composition, changed):
                return _with(composition, changed)
    raise Inapplicable(f"There is no room for a larger {role.value.replace('_', ' ')}.")


def _anchors(composition: Composition, box: Box) -> tuple[tuple[float, float], ...]:
    """Where a layer stays as it grows: the edge that it shares with other layers first, so that it stays aligned."""
    edges = [layer.box for layer in composition.layers if layer.role in _SOLID and layer.box != box]
    shared = {
        0.0: sum(abs(other.x - box.x) < 1 for other in edges),
        0.5: sum(abs(other.centre[0] - box.centre[0]) < 1 for other in edges),
        1.0: sum(abs(other.right - box.right) < 1 for other in edges),
    }
    return tuple(sorted(_ANCHORS, key=lambda anchor: -shared[anchor[0]]))


def _moved(composition: Composition, role: Role, dx: float, dy: float) -> Composition:
    roles = MOVED_WITH_TEXTS if role is Role.HEADLINE else _GROUPS.get(role, frozenset({role}))
    changed = {index: _shifted(layer, dx, dy) for index, layer in _group(composition, role, roles).items()}
    if not _fits(composition, changed):
        raise Inapplicable(f"There is no room for the {role.value.replace('_', ' ')} there.")
    return _with(composition, changed)


def _recoloured(composition: Composition, role: Role, colour: Colour | None) -> Composition:
    if colour is None:
        raise Inapplicable("A recolouring needs a colour.")
    roles = {Role.ACTION, Role.ICON} if role is Role.ACTION else {role}
    changed: dict[int, Layer] = {}
    for index, layer in enumerate(composition.layers):
        if layer.role not in roles:
            continue
        if isinstance(layer, TextLayer | FillLayer):
            changed[index] = replace(layer, colour=colour)
        elif isinstance(layer, LogoLayer):
            changed[index] = replace(layer, tint=colour)
    if not changed:
        raise Inapplicable(f"There is no {role.value.replace('_', ' ')} that could take a colour.")
    return _with(composition, changed)


def _with_scrims(composition: Composition, by: float) -> Composition:
    changed: dict[int, Layer] = {}
    for index, layer in enumerate(composition.layers):
        if isinstance(layer, ScrimLayer) and (peak := max(layer.opacities)) > 0:
            factor = (peak + (1 - peak) * by) / peak
            changed[index] = replace(layer, opacities=(layer.opacities[0] * factor, layer.opacities[1] * factor))
    if not changed:
        raise Inapplicable("There is no scrim that could be stronger.")
    return replace(_with(composition, changed), legibility=())


def _without(composition: Composition, role: Role) -> Composition:
    if composition.layer(role) is None:
        raise Inapplicable(f"There is no {role.value.replace('_', ' ')} to leave out.")
    return replace(
        composition,
        layers=tuple(layer for layer in composition.layers if layer.role is not role),
        dropped=(*composition.dropped, role.value),
        legibility=tuple(one for one in composition.legibility if one.role is not role),
    )


def _group(composition: Composition, role: Role, roles: frozenset[Role]) -> dict[int, Layer]:
    """The layers of ``roles``, which change together with ``role``, by their place."""
    found = {index: layer for index, layer in enumerate(composition.layers) if layer.role in roles}
    if not found:
        raise Inapplicable(f"There is no {role.value.replace('_', ' ')} in this composition.")
    return found


def _around(group: dict[int, Layer]) -> Box:
    boxes = [layer.box for layer in group.values()]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _scaled(layer: Layer, factor: float, fixed: tuple[float, float]) -> Layer:
    x, y = fixed
    box = layer.box
    grown = Box(x + (box.x - x) * factor, y + (box.y - y) * factor, box.width * factor, box.height * factor)
    match layer:
        case TextLayer():
            return replace(layer, box=grown, block=enlarged(layer.block, factor))
        case FillLayer():
            return replace(layer, box=grown, outline=replace(layer.outline, radius=layer.outline.radius * factor))
        case _:
            return replace(layer, box=grown)


def _shifted(layer: Layer, dx: float, dy: float) -> Layer:
    return replace(layer, box=Box(layer.box.x + dx, layer.box.y + dy, layer.box.width, layer.box.height))


def _fits(composition: Composition, changed: dict[int, Layer]) -> bool:
    """Whether what changed stays on the canvas and on the panels it was on, keeps its least distance from the rim, and
    keeps off everything else."""
    canvas = composition.canvas
    air = _AIR * max(canvas.width, canvas.height)
    own = _around({index: composition.layers[index] for index in changed})
    new = _around(changed)
    rim = max(0.0, min(own.x, own.y, canvas.right - own.right, canvas.bottom - own.bottom))
    if not canvas.grown(-rim).contains(new, 1.0):
        return False
    for index, layer in enumerate(composition.layers):
        if index in changed:
            continue
        if layer.role in _LAID_ON and layer.box.contains(own) and not layer.box.contains(new):
            return False
        if (
            layer.role in _SOLID
            and new.grown(air).intersection(layer.box).area > own.grown(air).intersection(layer.box).area
        ):
            return False
    return True


def _with(composition: Composition, changed: dict[int, Layer]) -> Composition:
    """The composition with some layers exchanged; what was measured on texts that changed is forgotten."""
    roles = {layer.role for layer in changed.values()}
    return replace(
        composition,
        layers=tuple(changed.get(index, layer) for index, layer in enumerate(composition.layers)),
        legibility=tuple(one for one in composition.legibility if one.role not in roles),
    )
