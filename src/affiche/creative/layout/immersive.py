# SPDX-License-Identifier: Apache-2.0
"""Immersive: the photo fills the canvas, an eased scrim grows from the text's side. Also its siblings: the duotone, and
the badge, whose action is a seal near the subject."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from affiche.creative.composition import Box, Composition, PhotoLayer, Role, Treatment
from affiche.creative.crop import Crop, Pane, Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import (
    NEEDED_CONTRAST,
    choose_look,
    free_corner,
    logo_box,
    logo_size,
    place_logo,
)
from affiche.creative.layout.choice import size_worth
from affiche.creative.layout.copy import Copy, CopyStyle, fit_copy, place_copy, placed_texts
from affiche.creative.layout.draft import Draft, Unsuitable, first_suitable
from affiche.creative.layout.seal import place_seal
from affiche.creative.layout.sight import keep_off_subject
from affiche.creative.palette import needed_ratio, quiet_ink
from affiche.images.blending import Blend
from affiche.images.colour import Colour

_HEADROOM = 1.2
_LARGE_HEADROOM = 1.4
# The proof averages the finest detail away, which a quieter ink forgives less.
_QUIET_HEADROOM = 1.3
_COVERED = 0.08
_MOST_UNREST = 0.055
_MOST_VEIL = 0.86
_VEIL_COST = 1.1
_LIGHT_ENOUGH = 0.42
_TRIED = 5
_FACE_IN_SHADE = 0.34
_LOGO_AIR = 2.4
_MOST_LOGO_VEIL = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """Where texts may stand: a region of the canvas in fractions, how groups may sit in it, the subject's place, and
    how much we like it, crops being equal."""

    name: str
    valigns: tuple[str, ...]
    focus: tuple[float, float]
    liking: float


@dataclass(frozen=True, slots=True)
class Look:
    """What tells the full-bleed arrangements apart: their name, what is done to the photo, how the copy is set."""

    name: str
    style: CopyStyle
    treatment: Treatment = Treatment.PLAIN
    tones: tuple[Colour, Colour] | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A fitted copy at a certain ``box`` (px, reading direction) of a side; ``dropped`` is what it leaves out."""

    side: Side
    copy: Copy
    box: Box
    dropped: tuple[str, ...]
    worth: float

    def wish(self, canvas: Box, room: float) -> Wish:
        """Calm under the texts and ``room`` px around them."""
        box = self.box.grown(room).intersection(canvas)
        quiet = Box(box.x / canvas.width, box.y / canvas.height, box.width / canvas.width, box.height / canvas.height)
        return Wish((quiet,), self.side.focus, liking=self.side.liking + self.worth)


@dataclass(frozen=True, slots=True)
class Veiled:
    """How a spot's texts are made readable: an ink, the shade or light under it and how that is mixed with the photo,
    and how opaque it must be at most."""

    ink: Colour
    veil: Colour
    blend: Blend
    opacity: float


_FOOT = Side("foot", ("bottom",), (0.5, 0.3), 0.3)
_START = Side("start", ("bottom", "middle"), (0.72, 0.5), 0.25)
_END = Side("end", ("bottom", "middle"), (0.28, 0.5), 0.0)
_HEAD = Side("head", ("top",), (0.5, 0.72), -0.2)


def immersive(draft: Draft, variant: int) -> Composition:
    """Photo full bleed, texts on its calmest side."""
    return _full_bleed(draft, variant, Look("immersive", CopyStyle()))


def badge(draft: Draft, variant: int) -> Composition:
    """As `immersive`, but the action is a round seal near the subject."""
    if draft.dense or draft.format.is_banner:
        raise Unsuitable("A seal needs a roomy canvas.")
    return _full_bleed(draft, variant, Look("badge", CopyStyle(button=False)))


def duotone(draft: Draft, variant: int) -> Composition:
    """The photo in two tones of the brand under a large headline, centred where the canvas is upright."""
    low, high = draft.scale.headline
    huge = (low, 1.3 * high) if len(draft.materials.brief.headline) <= 45 else (low, high)
    centred = draft.format.height >= draft.format.width and not draft.format.is_banner and not draft.dense
    style = CopyStyle(align="centre" if centred else "start", headline=huge)
    return _full_bleed(draft, variant, Look("duotone", style, Treatment.DUOTONE, draft.materials.palette.duotone))


def _sides(draft: Draft, look: Look) -> tuple[Side, ...]:
    match draft.format.shape:
        case Shape.LANDSCAPE:
            return (_START, _END)
        case Shape.STORY | Shape.HALF_PAGE | Shape.SKYSCRAPER | Shape.PORTRAIT:
            return (_FOOT, _HEAD)
        case _:
            return (_FOOT, _HEAD) if look.style.align == "centre" else (_FOOT, _START, _HEAD)


def _full_bleed(draft: Draft, variant: int, look: Look) -> Composition:
    """At the best of all spots, each with its best crop, at which the texts keep off the subject and need no thick
    veil."""
    canvas = draft.canvas
    spots = list(_spots(draft, look))
    crops = draft.rank_crops(canvas, [spot.wish(canvas, 0.6 * draft.unit) for spot in spots])
    clear = [pair for pair in zip(crops, spots, strict=True) if _keeps_off(draft, *pair)]
    ranked = sorted(clear, key=lambda pair: -pair[0].score)
    clearest = sorted(ranked[:_TRIED], key=lambda pair: _VEIL_COST * _thickness(draft, look, *pair) - pair[0].score)
    return first_suitable(
        partial(_at_spot, draft.fresh(), variant, look, spot, crop) for crop, spot in (*clearest, *ranked[_TRIED:])
    )


def _keeps_off(draft: Draft, crop: Crop, spot: Spot) -> bool:
    """Whether the texts leave in sight what people look at in the photo."""
    try:
        keep_off_subject(draft, Pane(crop.source, draft.canvas), spot.box, _COVERED)
    except Unsuitable:
        return False
    return True


def _thickness(draft: Draft, look: Look, crop: Crop, spot: Spot) -> float:
    """How opaque a veil the spot's texts need, 0..1; 1 where the photo is too small."""
    bare = draft.fresh()
    try:
        bare.show_crop(draft.canvas, crop, treatment=look.treatment, duotone=look.tones)
    except Unsuitable:
        return 1.0
    return _veiled(bare, spot, look).opacity


def _spots(draft: Draft, look: Look) -> Iterator[Spot]:
    """Every side, measure and height at which the copy fits."""
    found = False
    for side in _sides(draft, look):
        for measure in _measures(draft, side):
            area = _text_area(draft, side, measure)
            fitted = draft.fresh()
            try:
                copy = fit_copy(fitted, area.width, area.height, look.style)
            except Unsuitable:
                continue
            found = True
            worth = size_worth(draft, copy, look.style)
            for valign in side.valigns:
                box = _placed(draft, area, copy, valign, look.style.align)
                yield Spot(side, copy, box, tuple(fitted.dropped), worth)
    if not found:
        raise Unsuitable("The texts fit no side of the photo.")


def _at_spot(draft: Draft, variant: int, look: Look, spot: Spot, crop: Crop) -> Composition:
    draft.dropped = list(spot.dropped)
    photo = draft.show_crop(draft.canvas, crop, treatment=look.treatment, duotone=look.tones)
    side, copy, box = spot.side, spot.copy, spot.box
    veiled = _veiled(draft, spot, look)
    if not draft.dense and veiled.opacity > _MOST_VEIL:
        raise Unsuitable("The texts would need a thick veil here.")
    head, centred = _head_of(draft, side, box), look.style.align == "centre"
    corner = "centre" if centred else _logo_corner(draft, photo, side, head)
    with _faces_in_the_light(draft, photo):
        _lay_scrims(draft, spot, look, veiled)
        _shade_logo(draft, logo_box(draft, head, corner), veiled)
    if not draft.dense and draft.unrest([place for _, _, place in placed_texts(copy, box)]) > _MOST_UNREST:
        raise Unsuitable("The photo is too restless behind the texts.")
    logo = place_logo(draft, head, align=corner, on_photo=True, ink=veiled.ink)
    place_copy(
        draft, copy, box, align=look.style.align, ink=veiled.ink, quiet=_quiet(draft, spot, look, veiled), on_photo=True
    )
    if not look.style.button:
        place_seal(draft, photo, [box, logo.grown(_LOGO_AIR * draft.unit)])
    return draft.finished(look.name, variant)


@contextmanager
def _faces_in_the_light(draft: Draft, photo: PhotoLayer) -> Iterator[None]:
    """Raises `Unsuitable` when what is laid meanwhile changes the light on a face by more than a third."""
    faces = draft.shown_faces(photo)
    before = [draft.proof.mean(face).luminance for face in faces]
    yield
    for face, light in zip(faces, before, strict=True):
        if abs(draft.proof.mean(face).luminance - light) > _FACE_IN_SHADE * max(light, 0.05):
            raise Unsuitable("A scrim would lie over a face.")


def _quiet(draft: Draft, spot: Spot, look: Look, veiled: Veiled) -> Colour:
    """The ink of the small texts: drawn back a little, if they can be read in it all the same."""
    quiet = quiet_ink(veiled.ink, draft.proof.mean(draft.mirrored(spot.box)), 8.0)
    small = [(box, _QUIET_HEADROOM * need) for role, box, need in _needs(spot, look, quiet) if role != Role.HEADLINE]
    return quiet if draft.reaches(small, quiet) else veiled.ink


def _needs(spot: Spot, look: Look, ink: Colour) -> list[tuple[Role, Box, float]]:
    """The places of the texts with the contrast that each needs in ``ink``."""
    return [
        (role, box, needed_ratio(ink, large=role is Role.HEADLINE and block.size >= 24))
        for role, block, box in placed_texts(spot.copy, spot.box, look.style.align)
    ]


def _head_of(draft: Draft, side: Side, box: Box) -> Box:
    """The safe area, or of it the column over texts that stand on the far side: their scrim is there, and the logo
    begins where they do."""
    safe = draft.safe
    return Box(box.x, safe.y, safe.right - box.x, safe.height) if side.name == "end" else safe


def _logo_corner(draft: Draft, photo: PhotoLayer, side: Side, head: Box) -> str:
    """The upper corner of ``head`` at the start of the line, or the other one if the subject is there. Raises
    `Unsuitable` if both are taken."""
    return free_corner(draft, photo, head, ("start",) if side.name in ("head", "end") else ("start", "end"))


def _text_area(draft: Draft, side: Side, measure: float) -> Box:
    """The safe part of the side, clear of the logo, ``measure`` of its width."""
    safe = draft.safe
    _, logo_height = logo_size(draft, safe.width)
    clear = logo_height + max(1.6 * draft.unit, 0.5 * logo_height)
    portrait = draft.format.height > 1.4 * draft.format.width
    if side.name == "foot":
        height = safe.height * (0.56 if portrait else 0.62) if not draft.dense else safe.height - clear
        return Box(safe.x, safe.bottom - height, safe.width * measure, height)
    if side.name == "head":
        height = safe.height * 0.46 if not draft.dense else safe.height - clear
        return Box(safe.x, safe.y + clear, safe.width * measure, height)
    width = safe.width * measure
    x = safe.x if side.name == "start" else safe.right - width
    return Box(x, safe.y + clear, width, safe.height - clear)


def _measures(draft: Draft, side: Side) -> tuple[float, ...]:
    """The widths of columns that are tried, as shares of the safe area's."""
    if side in (_START, _END):
        return (0.5, 0.42) if draft.format.shape is Shape.LANDSCAPE else (0.56, 0.48)
    if draft.format.width < draft.format.height * 0.75 or draft.format.is_banner:
        return (1.0,)
    return (0.9, 0.72)


def _placed(draft: Draft, area: Box, copy: Copy, valign: str, align: str) -> Box:
    """The box that the group will take in its area."""
    slack = {"bottom": area.height - copy.height, "middle": (area.height - copy.height) / 2, "top": 0.0}[valign]
    x = (draft.format.width - copy.width) / 2 if align == "centre" else area.x
    return Box(x, area.y + slack, copy.width, copy.height)


def _veiled(draft: Draft, spot: Spot, look: Look) -> Veiled:
    """Light ink in shade. The reverse only on parts of the photo that are light already, where it needs the
    thinner veil: a pale veil on vivid colours looks like fog."""
    palette = draft.materials.palette
    local = draft.proof.mean(draft.mirrored(spot.box))
    shade, light = palette.shade_and_light(*draft.proof.bright(draft.mirrored(_darkened(draft, spot))))

    def with_ink(ink: Colour, veil: Colour, blend: Blend) -> Veiled:
        needs = [(box, need) for _, box, need in _needs(spot, look, ink)]
        return Veiled(ink, veil, blend, draft.veil_needed(needs, veil, ink, blend))

    on_dark = with_ink(palette.light_ink, shade, Blend.MULTIPLY)
    if local.luminance <= _LIGHT_ENOUGH:
        return on_dark
    on_light = with_ink(palette.dark_ink, light, Blend.SCREEN)
    return on_light if on_light.opacity < on_dark.opacity else on_dark


def _lay_scrims(draft: Draft, spot: Spot, look: Look, veiled: Veiled) -> None:
    """An eased scrim whose ramp ends inside the group, then a gentler one for what its first lines still lack."""
    needs = [
        (box, (_LARGE_HEADROOM if role is Role.HEADLINE else _HEADROOM) * need)
        for role, box, need in _needs(spot, look, veiled.ink)
    ]
    for depth in (0.3, 0.0):
        opacity = draft.veil_needed(needs, veiled.veil, veiled.ink, veiled.blend)
        start, end = _ramp(draft, spot.side, spot.box, depth)
        draft.scrim(draft.canvas, veiled.veil, start, end, opacity, veiled.blend)


def _shade_logo(draft: Draft, box: Box, veiled: Veiled) -> None:
    """A light scrim from the upper edge under a logo at ``box`` that could else not be in the ink of the texts."""
    look = choose_look(draft, box, on_photo=True, ink=veiled.ink)
    if draft.materials.logo.one_colour is None or (look.plate is None and look.tint in (None, veiled.ink)):
        return
    opacity = draft.veil_needed([(box, NEEDED_CONTRAST)], veiled.veil, veiled.ink, veiled.blend)
    if opacity <= _MOST_LOGO_VEIL:
        draft.scrim(draft.canvas, veiled.veil, (0, 2.6 * box.bottom), (0, box.centre[1]), opacity, veiled.blend)


def _ramp(draft: Draft, side: Side, box: Box, depth: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a scrim begins and where it is full: ``depth`` (0..1) inside the group, over at least 42 % of the way.

    Beside the subject it grows out of the group's corner of the canvas, so that the sky above stays clear.
    """
    canvas = draft.canvas
    down = max(0.42 * canvas.height, 0.62 * box.height)
    match side.name:
        case "foot":
            end = box.y + depth * box.height
            return (0, end - down), (0, end)
        case "head":
            end = box.bottom - depth * box.height
            return (0, end + down), (0, end)
        case "start":
            corner, direction = (box.right - depth * box.width, box.y + depth * box.height), 1.0
        case _:
            corner, direction = (box.x + depth * box.width, box.y + depth * box.height), -1.0
    reach = 0.48 * canvas.width
    # The lower the group stands, the more the scrim rises from the canvas' foot.
    low = max(0.0, min(1.0, (box.y / canvas.height - 0.12) / 0.4))
    angle = math.radians(66 * low)
    start = (corner[0] + direction * reach * math.cos(angle), corner[1] - reach * math.sin(angle))
    return start, corner


def _darkened(draft: Draft, spot: Spot) -> Box:
    """The part of the canvas that a scrim for ``spot`` covers for the most part."""
    canvas, box = draft.canvas, spot.box
    match spot.side.name:
        case "foot":
            top = max(0.0, box.y - 0.2 * canvas.height)
            return Box(0, top, canvas.width, canvas.height - top)
        case "head":
            return Box(0, 0, canvas.width, min(canvas.height, box.bottom + 0.2 * canvas.height))
        case "start":
            return Box(0, 0, min(canvas.width, box.right + 0.1 * canvas.width), canvas.height)
        case _:
            left = max(0.0, box.x - 0.1 * canvas.width)
            return Box(left, 0, canvas.width - left, canvas.height)
