# SPDX-License-Identifier: Apache-2.0
"""Immersive: the photo fills the canvas, an eased scrim grows from the text's side. Also its duotone sibling."""

from dataclasses import dataclass
from functools import partial

from affiche.creative.composition import Box, Composition, PhotoLayer, Treatment
from affiche.creative.crop import Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.copy import Copy, CopyStyle, fit_copy, place_copy, placed_texts
from affiche.creative.layout.draft import Draft, Unsuitable, first_suitable
from affiche.creative.palette import TEXT_CONTRAST, quiet_ink
from affiche.images.colour import Colour

_HEADROOM = 1.2
# The proof averages the finest detail away, which a quieter ink forgives less.
_QUIET_HEADROOM = 1.35
_COVERED = 0.15
_LOOKED_AT = 0.55


@dataclass(frozen=True, slots=True)
class Side:
    """Where the texts stand: a region of the canvas in fractions, how the group sits in it, the subject's place."""

    name: str
    region: Box
    valign: str
    focus: tuple[float, float]


_FOOT = Side("foot", Box(0, 0.52, 1, 0.48), "bottom", (0.5, 0.3))
_START = Side("start", Box(0, 0, 0.5, 1), "bottom", (0.72, 0.5))
_END = Side("end", Box(0.5, 0, 0.5, 1), "bottom", (0.28, 0.5))
_HEAD = Side("head", Box(0, 0.05, 1, 0.45), "top", (0.5, 0.72))


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
    """On the most suitable side on which the texts keep off the subject."""
    sides = sorted(_sides(draft), key=lambda side: -_suitability(draft, side, style))
    return first_suitable(
        partial(_on_side, draft.fresh(), variant, name, treatment, tones, style, side) for side in sides
    )


def _on_side(
    draft: Draft,
    variant: int,
    name: str,
    treatment: Treatment,
    tones: tuple[Colour, Colour] | None,
    style: CopyStyle,
    side: Side,
) -> Composition:
    wish = Wish((side.region,), side.focus)
    photo = draft.show_photo(draft.canvas, wish, treatment=treatment, duotone=tones)
    area = _text_area(draft, side)
    copy = fit_copy(draft, area.width, area.height, style)
    box = _placed(area, copy, side)
    draft.keep_off_subject(photo, box, _COVERED)
    texts = [place for _, _, place in placed_texts(copy, box)]
    ink, veil = _ink_and_veil(draft, box, texts)
    _lay_scrims(draft, side, box, texts, ink, veil)
    place_logo(draft, draft.safe, align=_logo_corner(draft, photo, side), on_photo=True)
    quiet = quiet_ink(ink, draft.proof.mean(draft.mirrored(box)), 8.0)
    quiet = quiet if draft.contrast(texts, quiet) >= TEXT_CONTRAST * _QUIET_HEADROOM else ink
    place_copy(draft, copy, box, ink=ink, quiet=quiet, on_photo=True)
    return draft.finished(name, variant)


def _logo_corner(draft: Draft, photo: PhotoLayer, side: Side) -> str:
    """The upper corner at the start of the line, or the other one if a face is there. Raises `Unsuitable` if both
    are taken."""
    safe = draft.safe
    width, height = logo_size(draft, safe.width)
    reach = 0.8 * draft.unit
    corners = {"start": safe.x, "end": safe.right - width}
    if side.name == "head":
        del corners["end"]
    for corner, x in corners.items():
        place = draft.mirrored(Box(x, safe.y, width, height).grown(reach))
        if not any(place.intersection(face).area > 0 for face in draft.shown_faces(photo)):
            return corner
    raise Unsuitable("The logo would cover a face.")


def _suitability(draft: Draft, side: Side, style: CopyStyle) -> float:
    """How good a side is: its crop, our liking for it, and whether people would look at what the texts hide."""
    canvas = draft.canvas
    crop = draft.find_crop(canvas, Wish((side.region,), side.focus))
    liking = {"foot": 0.3, "start": 0.25, "end": 0.0, "head": -0.35}[side.name]
    area = _text_area(draft, side)
    try:
        copy = fit_copy(draft.fresh(), area.width, area.height, style)
    except Unsuitable:
        return crop.score + liking - 1.0
    box = draft.mirrored(_placed(area, copy, side))
    scale = crop.source.width / canvas.width
    hidden = Box(crop.source.x + box.x * scale, crop.source.y + box.y * scale, box.width * scale, box.height * scale)
    return crop.score + liking - max(0.0, draft.materials.crops.salience_under(hidden) - _LOOKED_AT)


def _text_area(draft: Draft, side: Side) -> Box:
    """The safe part of the side's region, clear of the logo."""
    safe = draft.safe
    _, logo_height = logo_size(draft, safe.width)
    clear = logo_height + 1.6 * draft.unit
    portrait = draft.format.height > 1.4 * draft.format.width
    if side.name == "foot":
        height = safe.height * (0.56 if portrait else 0.62) if not draft.dense else safe.height - clear
        return Box(safe.x, safe.bottom - height, safe.width * _measure(draft), height)
    if side.name == "head":
        height = safe.height * 0.46 if not draft.dense else safe.height - clear
        return Box(safe.x, safe.y + clear, safe.width * _measure(draft), height)
    width = safe.width * (0.5 if draft.format.shape is Shape.LANDSCAPE else 0.56)
    x = safe.x if side.name == "start" else safe.right - width
    return Box(x, safe.y + clear, width, safe.height - clear)


def _measure(draft: Draft) -> float:
    return 1.0 if draft.format.width < draft.format.height * 0.75 or draft.format.is_banner else 0.9


def _placed(area: Box, copy: Copy, side: Side) -> Box:
    """The box that the group will take: at the foot of its area, or at its head."""
    y = area.bottom - copy.height if side.valign == "bottom" else area.y
    return Box(area.x, y, copy.width, copy.height)


def _ink_and_veil(draft: Draft, box: Box, texts: list[Box]) -> tuple[Colour, Colour]:
    """Light ink on a dark veil or the reverse: whichever needs the thinner veil, with a liking for the dark one."""
    palette = draft.materials.palette
    for_light = draft.veil_needed(texts, palette.dark_ground, palette.light_ink, TEXT_CONTRAST)
    for_dark = draft.veil_needed(texts, palette.light_ground, palette.dark_ink, TEXT_CONTRAST)
    if for_dark + 0.18 < for_light and draft.proof.mean(draft.mirrored(box)).luminance > 0.35:
        return palette.dark_ink, palette.light_ground
    return palette.light_ink, palette.dark_ground


def _lay_scrims(draft: Draft, side: Side, box: Box, texts: list[Box], ink: Colour, veil: Colour) -> None:
    """An eased scrim whose ramp ends inside the group, then a gentler one for what its first lines still lack."""
    need = TEXT_CONTRAST * _HEADROOM
    for depth in (0.3, 0.0):
        opacity = draft.veil_needed(texts, veil, ink, need)
        start, end = _ramp(draft, side, box, depth)
        draft.scrim(draft.canvas, veil, start, end, opacity)


def _ramp(draft: Draft, side: Side, box: Box, depth: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a scrim begins and where it is full: ``depth`` (0..1) inside the group, over at least 42 % of the way."""
    canvas = draft.canvas
    down = max(0.42 * canvas.height, 0.62 * box.height)
    across = 0.45 * canvas.width
    match side.name:
        case "foot":
            end = box.y + depth * box.height
            return (0, end - down), (0, end)
        case "head":
            end = box.bottom - depth * box.height
            return (0, end + down), (0, end)
        case "start":
            end = box.right - depth * box.width
            return (end + across, 0), (end, 0)
        case _:
            end = box.x + depth * box.width
            return (end - across, 0), (end, 0)
