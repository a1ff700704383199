# SPDX-License-Identifier: Apache-2.0
"""Immersive: the photo fills the canvas, an eased scrim grows from the text's side. Also its duotone sibling."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from affiche.creative.composition import Box, Composition, PhotoLayer, Treatment
from affiche.creative.crop import Crop, Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import free_corner, logo_size, place_logo
from affiche.creative.layout.choice import size_worth
from affiche.creative.layout.copy import Copy, CopyStyle, fit_copy, place_copy, placed_texts
from affiche.creative.layout.draft import Draft, Unsuitable, first_suitable
from affiche.creative.palette import TEXT_CONTRAST, quiet_ink
from affiche.images.colour import Colour

_HEADROOM = 1.2
# The proof averages the finest detail away, which a quieter ink forgives less.
_QUIET_HEADROOM = 1.35
_COVERED = 0.08
_MOST_UNREST = 0.055


@dataclass(frozen=True, slots=True)
class Side:
    """Where texts may stand: a region of the canvas in fractions, how groups may sit in it, the subject's place, and
    how much we like it, crops being equal."""

    name: str
    valigns: tuple[str, ...]
    focus: tuple[float, float]
    liking: float


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


_FOOT = Side("foot", ("bottom",), (0.5, 0.3), 0.3)
_START = Side("start", ("bottom", "middle"), (0.72, 0.5), 0.25)
_END = Side("end", ("bottom", "middle"), (0.28, 0.5), 0.0)
_HEAD = Side("head", ("top",), (0.5, 0.72), -0.2)


def immersive(draft: Draft, variant: int) -> Composition:
    """Photo full bleed, texts on its calmest side."""
    return _full_bleed(draft, variant, "immersive", Treatment.PLAIN, None, CopyStyle())


def duotone(draft: Draft, variant: int) -> Composition:
    """The photo in two tones of the brand under a large headline."""
    low, high = draft.scale.headline
    huge = (low, 1.3 * high) if len(draft.materials.brief.headline) <= 45 else (low, high)
    return _full_bleed(
        draft, variant, "duotone", Treatment.DUOTONE, draft.materials.palette.duotone, CopyStyle(headline=huge)
    )


def _sides(draft: Draft) -> tuple[Side, ...]:
    match draft.format.shape:
        case Shape.LANDSCAPE:
            return (_START, _END)
        case Shape.STORY | Shape.HALF_PAGE | Shape.SKYSCRAPER:
            return (_FOOT, _HEAD)
        case Shape.PORTRAIT:
            return (_FOOT, _HEAD)
        case _:
            return (_FOOT, _START, _HEAD)


def _full_bleed(
    draft: Draft,
    variant: int,
    name: str,
    treatment: Treatment,
    tones: tuple[Colour, Colour] | None,
    style: CopyStyle,
) -> Composition:
    """At the best of all spots, each with its best crop, at which the texts keep off the subject."""
    canvas = draft.canvas
    spots = list(_spots(draft, style))
    crops = draft.rank_crops(canvas, [spot.wish(canvas, 0.6 * draft.unit) for spot in spots])
    ranked = sorted(zip(crops, spots, strict=True), key=lambda pair: -pair[0].score)
    return first_suitable(
        partial(_at_spot, draft.fresh(), variant, name, treatment, tones, spot, crop) for crop, spot in ranked
    )


def _spots(draft: Draft, style: CopyStyle) -> Iterator[Spot]:
    """Every side, measure and height at which the copy fits."""
    found = False
    for side in _sides(draft):
        for measure in _measures(draft, side):
            area = _text_area(draft, side, measure)
            fitted = draft.fresh()
            try:
                copy = fit_copy(fitted, area.width, area.height, style)
            except Unsuitable:
                continue
            found = True
            worth = size_worth(draft, copy, style)
            for valign in side.valigns:
                yield Spot(side, copy, _placed(area, copy, valign), tuple(fitted.dropped), worth)
    if not found:
        raise Unsuitable("The texts fit no side of the photo.")


def _at_spot(
    draft: Draft,
    variant: int,
    name: str,
    treatment: Treatment,
    tones: tuple[Colour, Colour] | None,
    spot: Spot,
    crop: Crop,
) -> Composition:
    draft.dropped = list(spot.dropped)
    photo = draft.show_crop(draft.canvas, crop, treatment=treatment, duotone=tones)
    side, copy, box = spot.side, spot.copy, spot.box
    draft.keep_off_subject(photo, box, _COVERED)
    texts = [place for _, _, place in placed_texts(copy, box)]
    ink, veil = _ink_and_veil(draft, box, texts)
    _lay_scrims(draft, side, box, texts, ink, veil)
    if not draft.dense and draft.unrest(texts) > _MOST_UNREST:
        raise Unsuitable("The photo is too restless behind the texts.")
    place_logo(draft, draft.safe, align=_logo_corner(draft, photo, side), on_photo=True)
    quiet = quiet_ink(ink, draft.proof.mean(draft.mirrored(box)), 8.0)
    quiet = quiet if draft.contrast(texts, quiet) >= TEXT_CONTRAST * _QUIET_HEADROOM else ink
    place_copy(draft, copy, box, ink=ink, quiet=quiet, on_photo=True)
    return draft.finished(name, variant)


def _logo_corner(draft: Draft, photo: PhotoLayer, side: Side) -> str:
    """The upper corner at the start of the line, or the other one if a face is there. Raises `Unsuitable` if both
    are taken."""
    return free_corner(draft, photo, draft.safe, ("start",) if side.name == "head" else ("start", "end"))


def _text_area(draft: Draft, side: Side, measure: float) -> Box:
    """The safe part of the side, clear of the logo, ``measure`` of its width."""
    safe = draft.safe
    _, logo_height = logo_size(draft, safe.width)
    clear = logo_height + 1.6 * draft.unit
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


def _placed(area: Box, copy: Copy, valign: str) -> Box:
    """The box that the group will take in its area."""
    slack = {"bottom": area.height - copy.height, "middle": (area.height - copy.height) / 2, "top": 0.0}[valign]
    return Box(area.x, area.y + slack, copy.width, copy.height)


def _ink_and_veil(draft: Draft, box: Box, texts: list[Box]) -> tuple[Colour, Colour]:
    """Light ink on a dark veil or the reverse: whichever needs the thinner veil, with a liking for the dark one."""
    palette = draft.materials.palette
    local = draft.proof.mean(draft.mirrored(box))
    dark, light = palette.veils(local)
    for_light = draft.veil_needed(texts, dark, palette.light_ink, TEXT_CONTRAST)
    for_dark = draft.veil_needed(texts, light, palette.dark_ink, TEXT_CONTRAST)
    if for_dark + 0.1 < for_light and local.luminance > 0.3:
        return palette.dark_ink, light
    return palette.light_ink, dark


def _lay_scrims(draft: Draft, side: Side, box: Box, texts: list[Box], ink: Colour, veil: Colour) -> None:
    """An eased scrim whose ramp ends inside the group, then a gentler one for what its first lines still lack."""
    need = TEXT_CONTRAST * _HEADROOM
    for depth in (0.3, 0.0):
        opacity = draft.veil_needed(texts, veil, ink, need)
        start, end = _ramp(draft, side, box, depth)
        draft.scrim(draft.canvas, veil, start, end, opacity)


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
    reach = 0.45 * canvas.width
    # The lower the group stands, the more the scrim leans towards the canvas' foot.
    lean = max(0.0, min(1.0, 1.4 * box.y / canvas.height))
    start = (corner[0] + direction * reach, corner[1] - lean * reach)
    return start, corner
