# SPDX-License-Identifier: Apache-2.0
"""The parts of a score that are about the whole picture: clutter, saliency match, balance."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box, LogoLayer, Role
from affiche.creative.measures.elements import Kind
from affiche.creative.score.scene import Scene
from affiche.creative.score.suggestions import MOVED_WITH_TEXTS
from affiche.creative.score.values import Part, Suggestion, graded

_FREE: Final = 0.45
_BUSY: Final = 40.0
_HIDDEN: Final = 0.5
_CALM: Final = 0.06
_CENTRED: Final = 0.06
_LOPSIDED: Final = 0.30
_SCRIM_STEP: Final = 0.3
_PLACES: Final = 6


def clutter(scene: Scene) -> Part:
    """Half for free canvas (45 % without text, logo and button are enough), half for calm behind texts without an
    underlay (the spread of luminance there)."""
    canvas = scene.composition.canvas
    boxes = [element.box for element in scene.of_kind(Kind.TEXT, Kind.LOGO)]
    if scene.button is not None:
        boxes.append(scene.button.box)
    free = 1 - _covered(scene, boxes)
    roles = [layer.role for layer in scene.texts if layer.role is not Role.ACTION]
    unrest = {role: _unrest(scene.behind[role]) for role in roles}
    role, busiest = max(unrest.items(), key=lambda item: item[1], default=(Role.HEADLINE, 0.0))
    value = graded(0.5 * min(1.0, free / _FREE) + 0.5 * (1 - min(1.0, busiest / _BUSY)))
    if free < _FREE and scene.text(Role.DESCRIPTION) is not None:
        sentence = f"Leave the description out: only {100 * free:.0f} % of the canvas are free."
        return Part("clutter", value, canvas, sentence, Suggestion("drop", Role.DESCRIPTION))
    layer = scene.text(role)
    if busiest > 0.25 * _BUSY and layer is not None:
        change = Suggestion("raise_scrim", Role.SCRIM, by=_SCRIM_STEP) if scene.has_spare_scrim else None
        return Part("clutter", value, layer.box, f"Calm what lies behind the {role}: it is busy there.", change)
    if free < _FREE:
        return Part("clutter", value, canvas, f"Shorten the texts: only {100 * free:.0f} % of the canvas are free.")
    return Part("clutter", value, canvas, "There is room, and texts stand on calm ground.")


def saliency_match(scene: Scene) -> Part:
    """How little of what people look at lies under elements; a touched face halves the value."""
    if not scene.elements:
        return Part("saliency_match", None, None, "There is nothing that could hide the subject.")
    hidden = scene.looked_at([element.box for element in scene.elements])
    worst = max(scene.elements, key=lambda element: scene.looked_at([element.box]) * element.box.area)
    faces = scene.composition.faces
    touched = [face for face in faces if any(element.hides(face) for element in scene.elements)]
    share = 1 - min(1.0, max(0.0, hidden - _CALM) / (_HIDDEN - _CALM))
    value = graded(share / 2 if touched else share)
    if touched:
        return Part("saliency_match", value, touched[0], "Move what covers the face: people look there first.")
    if hidden <= _CALM:
        return Part("saliency_match", value, worst.box, "Text, logo and button keep off what people look at.")
    logo = scene.composition.layer(Role.LOGO)
    if isinstance(logo, LogoLayer) and scene.looked_at([logo.box]) > hidden:
        sentence = "Move the logo: it lies where people look in the photo."
        across = scene.composition.format.width - logo.box.right - logo.box.x
        return Part("saliency_match", value, logo.box, sentence, Suggestion("move", Role.LOGO, dx=across, dy=0.0))
    name = worst.role.value.replace("_", " ")
    sentence = f"Move the {name}: it lies where people look in the photo."
    under = any(layer.role is Role.PANEL for layer in scene.composition.layers)
    return Part("saliency_match", value, worst.box, sentence, None if under else _calmer_place(scene))


def _calmer_place(scene: Scene) -> Suggestion | None:
    """Where all texts and the button would hide least, within the margins that they have."""
    roles = MOVED_WITH_TEXTS - {Role.ACTION}
    boxes = [element.box for element in scene.elements if element.role in roles]
    if not boxes:
        return None
    canvas = scene.composition.canvas
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = canvas.right - max(box.right for box in boxes), canvas.bottom - max(box.bottom for box in boxes)
    margin = min(left, top, right, bottom)
    if margin <= 0:
        return None
    across = [margin - left + (left + right - 2 * margin) * step / _PLACES for step in range(_PLACES + 1)] + [0.0]
    down = [margin - top + (top + bottom - 2 * margin) * step / _PLACES for step in range(_PLACES + 1)] + [0.0]
    places = [(dx, dy) for dx in across for dy in down if dx == 0 or dy == 0]

    sums = scene.sums()

    def hidden(place: tuple[float, float]) -> float:
        moved = [Box(box.x + place[0], box.y + place[1], box.width, box.height) for box in boxes]
        return round(scene.looked_at_among(sums, moved), 3)

    least, dx, dy = min((hidden(place), *place) for place in places)
    if least >= hidden((0.0, 0.0)):
        return None
    return Suggestion("move", Role.HEADLINE, dx=round(dx, 2), dy=round(dy, 2))


def balance(scene: Scene) -> Part:
    """How near the middle the weight of all elements and of the subject lies."""
    canvas = scene.composition.canvas
    weights = [(box.area, box.centre) for box in (element.box for element in scene.of_kind(Kind.TEXT, Kind.LOGO))]
    if scene.button is not None:
        weights.append((2 * scene.button.box.area, scene.button.box.centre))
    mass = int(scene.salient.sum())
    if mass:
        rows, columns = scene.salient.shape
        x = int((scene.salient.sum(axis=0) * np.arange(columns)).sum()) / mass + 0.5
        y = int((scene.salient.sum(axis=1) * np.arange(rows)).sum()) / mass + 0.5
        weights.append((mass / 255 * scene.cell**2, (x * scene.cell, y * scene.cell)))
    total = sum(weight for weight, _ in weights)
    if not total:
        return Part("balance", None, None, "There is nothing to weigh.")
    centre_x = sum(weight * x for weight, (x, _) in weights) / total
    centre_y = sum(weight * y for weight, (_, y) in weights) / total
    across, down = centre_x / canvas.width - 0.5, centre_y / canvas.height - 0.5
    away = math.hypot(across, down)
    value = graded(1 - max(0.0, away - _CENTRED) / (_LOPSIDED - _CENTRED))
    reach = 0.02 * max(canvas.width, canvas.height)
    box = Box(centre_x - reach, centre_y - reach, 2 * reach, 2 * reach)
    if away <= _CENTRED:
        return Part("balance", value, box, "The weights are in balance.")
    side = ("left" if across < 0 else "right") if abs(across) > abs(down) else ("top" if down < 0 else "foot")
    return Part("balance", value, box, f"Bring something to the other side: the weight lies at the {side}.")


def _covered(scene: Scene, boxes: list[Box]) -> float:
    mask = np.zeros(scene.salient.shape, np.bool_)
    for box in boxes:
        mask[scene.cells(box)] = True
    return int(mask.sum()) / mask.size


def _unrest(pixels: NDArray[np.uint8]) -> float:
    """Spread (standard deviation) of luma behind a text, in levels."""
    luma = np.rint(pixels @ np.array([0.299, 0.587, 0.114])).astype(np.int64)
    count, total, squares = len(luma), int(luma.sum()), int((luma * luma).sum())
    return math.sqrt(max(0, count * squares - total * total)) / count
