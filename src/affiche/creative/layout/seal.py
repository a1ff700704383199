# SPDX-License-Identifier: Apache-2.0
"""The action as a round seal on the photo, near the subject and off everything that matters."""

from collections.abc import Iterator, Sequence

from affiche.creative.composition import Box, Outline, OutlineKind, PhotoLayer, Role, Shadow
from affiche.creative.crop import shown
from affiche.creative.layout.button import Button, button_colours, place_on_fill
from affiche.creative.layout.draft import Draft, Unsuitable
from affiche.creative.layout.sight import focus_hidden
from affiche.typography.icons import icon_block
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle

_DIAMETERS = (10.5, 9.5, 8.5)
_SIZES = (2.0, 1.8, 1.6, 1.4)
_PADDING = 0.17
_ICON = 1.05
_MOST_LINES = 3
_STEPS = 9
_HIDDEN = 0.06
_FOCUS_HIDDEN = 0.03
_AIR = 1.0


def place_seal(draft: Draft, photo: PhotoLayer, taken: Sequence[Box]) -> None:
    """Lay the seal at the free place nearest to the photo's subject, ``taken`` boxes (reading direction) and faces left
    free. Raises `Unsuitable` if the action does not fit a seal or the canvas has no place for it."""
    for diameter in _DIAMETERS:
        size = diameter * draft.unit
        text = _set_in(draft, size)
        if text is None:
            continue
        place = min(_free_places(draft, photo, taken, size), key=lambda found: found[0], default=None)
        if place is not None:
            _lay(draft, text, place[1])
            return
    raise Unsuitable("There is no place for a seal.")


def _set_in(draft: Draft, diameter: float) -> Button | None:
    """The action and its icon, set into a circle of ``diameter`` px, or None."""
    brief = draft.materials.brief
    for units in _SIZES:
        size = units * draft.unit
        style = TextStyle(draft.typefaces.text, 700, line_height=1.12, align="centre")
        text = set_text(brief.action, style, size, 0.74 * diameter)
        icon = icon_block(brief.icon, _ICON * size, mirrored=draft.materials.rtl)
        height = text.height + (icon.height + 0.45 * size if icon else 0.0)
        widest = max(text.width, icon.width if icon else 0.0)
        if len(text.lines) <= _MOST_LINES and widest**2 + height**2 <= ((1 - _PADDING) * diameter) ** 2:
            return Button(text, icon, diameter, diameter, _PADDING * diameter)
    return None


def _free_places(draft: Draft, photo: PhotoLayer, taken: Sequence[Box], size: float) -> Iterator[tuple[float, Box]]:
    """Places on the safe area with their cost: the distance to the subject, and how much of it they hide."""
    safe, air = draft.safe, _AIR * draft.unit
    subject = draft.mirrored(shown(photo.source, photo.box, Box(*draft.materials.reading.subject)))
    faces = [draft.mirrored(face).grown(0.1 * face.width) for face in draft.shown_faces(photo)]
    for row in range(_STEPS):
        for column in range(_STEPS):
            x = safe.x + (safe.width - size) * column / (_STEPS - 1)
            y = safe.y + (safe.height - size) * row / (_STEPS - 1)
            box = Box(x, y, size, size)
            if any(box.grown(air).intersection(other).area > 0 for other in (*taken, *faces)):
                continue
            hidden = box.intersection(subject).area / max(subject.area, 1.0)
            if hidden > _HIDDEN or focus_hidden(draft, photo, draft.mirrored(box.grown(air))) > _FOCUS_HIDDEN:
                continue
            away = abs(box.centre[0] - subject.centre[0]) / draft.canvas.width
            away += abs(box.centre[1] - subject.centre[1]) / draft.canvas.height
            yield away + 6 * hidden + 4 * draft.unrest([box]), box


def _lay(draft: Draft, seal: Button, box: Box) -> None:
    fill, ink = button_colours(draft, box, on_photo=True)
    unit = draft.unit
    shadow = Shadow(0, 0.3 * unit, 0.7 * unit, draft.materials.palette.dark_ground, 0.32)
    draft.fill(Role.BUTTON, box, fill, Outline(OutlineKind.ELLIPSE), shadow=shadow)
    place_on_fill(draft, seal, box, ink, stacked=True)
