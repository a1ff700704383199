# SPDX-License-Identifier: Apache-2.0
"""What of a photo must stay in sight: faces, a distinct subject, and what people look at before all else."""

from affiche.creative.composition import Box, PhotoLayer
from affiche.creative.crop import Pane, behind, shown
from affiche.creative.layout.draft import Draft, Unsuitable

_SCENE = 0.5
_HIDDEN_AT_MOST = 0.33
# Of what is looked at first: the least that a crop keeps, by the most that it could, and the most that texts may hide.
_FOCUS_KEPT = 0.6
_FOCUS_HIDDEN = 0.1
_ATTRACTIVE = 1.3
Showing = PhotoLayer | Pane
"""A photo on the canvas, or one that is thought of."""


def keep_off_subject(draft: Draft, photo: Showing, box: Box, most: float) -> None:
    """Raise `Unsuitable` if the photo is cut so that its subject is lost, or if ``box`` (reading direction) hides more
    than ``most`` of a distinct one, any of a face, much of the one place that is looked at first, or a part that is
    looked at more than the rest. Dense copy may hide a third."""
    place = draft.mirrored(box)
    for face in draft.shown_faces(photo):
        if place.intersection(face).area > 0.01 * face.area:
            raise Unsuitable("A face would be covered.")
    if draft.materials.crops.focused:
        _keep_focus(draft, photo, place)
    subject = distinct_subject(draft, photo)
    if subject and place.intersection(subject).area > (_HIDDEN_AT_MOST if draft.dense else most) * subject.area:
        raise Unsuitable("The subject would be covered.")
    if not draft.dense and attraction(draft, photo, place) > _ATTRACTIVE:
        raise Unsuitable("What is looked at would be covered.")


def distinct_subject(draft: Draft, photo: Showing) -> Box | None:
    """Where the photo's subject is on the canvas; None for a scene: one that fills half the photo, or the canvas where
    many places are looked at."""
    reading, whole = draft.materials.reading, Box(*draft.materials.reading.subject)
    subject = shown(photo.source, photo.box, whole)
    if draft.materials.crops.focused:
        return subject if whole.area < _SCENE * reading.width * reading.height else None
    return subject if subject.area < _SCENE * photo.box.area else None


def focus_hidden(draft: Draft, photo: Showing, place: Box) -> float:
    """How much of what is looked at first in ``photo`` lies under ``place`` of the canvas, 0..1; none in a photo with
    many such places."""
    if not draft.materials.crops.focused:
        return 0.0
    (_, hidden), (_, seen) = _looked_at(draft, photo, place)
    return hidden / max(seen, 1e-9)


def attraction(draft: Draft, photo: Showing, place: Box) -> float:
    """How much people look at what ``photo`` shows at ``place`` of the canvas; 1 is the mean of all it shows."""
    (hidden, _), (seen, _) = _looked_at(draft, photo, place)
    return hidden / max(seen * place.intersection(photo.box).area / photo.box.area, 1e-9)


def _keep_focus(draft: Draft, photo: Showing, place: Box) -> None:
    crops, source = draft.materials.crops, photo.source
    _, focus = crops.mass_and_focus(source)
    if focus < _FOCUS_KEPT * crops.most_focus(photo.box.width / photo.box.height):
        raise Unsuitable("The subject would be cut off.")
    if focus_hidden(draft, photo, place) > (_HIDDEN_AT_MOST if draft.dense else _FOCUS_HIDDEN):
        raise Unsuitable("What is looked at first would be covered.")


def _looked_at(draft: Draft, photo: Showing, place: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """What of the photo's mass and focus lies under ``place`` of the canvas, and what the canvas shows of them."""
    crops, covered = draft.materials.crops, place.intersection(photo.box)
    return crops.mass_and_focus(behind(photo.source, photo.box, covered)), crops.mass_and_focus(photo.source)
