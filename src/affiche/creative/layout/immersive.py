# SPDX-License-Identifier: Apache-2.0
"""Immersive: the photo fills the canvas, an eased scrim grows from the text's side. Also its duotone sibling."""

from dataclasses import dataclass

from affiche.creative.composition import Box, Composition, Treatment
from affiche.creative.crop import Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.copy import Copy, CopyStyle, fit_copy, place_copy
from affiche.creative.layout.draft import Draft
from affiche.creative.palette import LARGE_TEXT_CONTRAST, TEXT_CONTRAST, quiet_ink
from affiche.images.colour import Colour, from_oklch, to_oklch

_HEADROOM = 1.16


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
    palette = draft.materials.palette
    lightness, chroma, hue = to_oklch(palette.brand[0])
    dark = from_oklch(0.17, 0.06 if chroma > 0.03 else 0.0, palette.dark_hue)
    light = from_oklch(0.80, min(0.14, max(chroma, 0.0)), hue)
    low, high = draft.scale.headline
    huge = (low, 1.3 * high) if len(draft.materials.brief.headline) <= 45 else (low, high)
    return _full_bleed(draft, variant, "duotone", Treatment.DUOTONE, (dark, light), CopyStyle(headline=huge))


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
    side = max(_sides(draft), key=lambda candidate: _suitability(draft, candidate))
    wish = Wish((side.region,), side.focus)
    draft.show_photo(draft.canvas, wish, treatment=treatment, duotone=tones)
    area = _text_area(draft, side)
    copy = fit_copy(draft, area.width, area.height, style)
    box = _placed(area, copy, side)
    ink, veil = _ink_and_veil(draft, box)
    _lay_scrim(draft, side, box, ink, veil)
    logo_area = draft.safe
    place_logo(draft, logo_area, align="start", valign="bottom" if side.name == "head" else "top", on_photo=True)
    quiet = quiet_ink(ink, draft.proof.mean(draft.mirrored(box)), 8.0)
    quiet = quiet if draft.proof.contrast(draft.mirrored(box), quiet) >= TEXT_CONTRAST * 1.05 else ink
    place_copy(draft, copy, box, ink=ink, quiet=quiet, on_photo=True)
    return draft.finished(name, variant)


def _suitability(draft: Draft, side: Side) -> float:
    crop = draft.find_crop(draft.canvas, Wish((side.region,), side.focus))
    preference = {"foot": 0.12, "start": 0.1, "end": 0.0, "head": -0.1}[side.name]
    return crop.score + preference


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
        height = safe.height * 0.52 if not draft.dense else safe.height - clear
        return Box(safe.x, safe.y, safe.width * _measure(draft), height)
    width = safe.width * (0.5 if draft.format.shape is Shape.LANDSCAPE else 0.56)
    x = safe.x if side.name == "start" else safe.right - width
    return Box(x, safe.y + clear, width, safe.height - clear)


def _measure(draft: Draft) -> float:
    return 1.0 if draft.format.width < draft.format.height * 0.75 or draft.format.is_banner else 0.9


def _placed(area: Box, copy: Copy, side: Side) -> Box:
    """The box that the group will take: at the foot of its area, or at its head."""
    y = area.bottom - copy.height if side.valign == "bottom" else area.y
    return Box(area.x, y, copy.width, copy.height)


def _ink_and_veil(draft: Draft, box: Box) -> tuple[Colour, Colour]:
    """Light ink on a dark veil or the reverse: whichever needs the thinner veil, with a liking for the dark one."""
    palette = draft.materials.palette
    place = draft.mirrored(box)
    dark_veil, light_veil = palette.dark_ground, palette.light_ground
    for_light = draft.veil_needed(box, dark_veil, palette.light_ink, TEXT_CONTRAST)
    for_dark = draft.veil_needed(box, light_veil, palette.dark_ink, TEXT_CONTRAST)
    if for_dark + 0.18 < for_light and draft.proof.mean(place).luminance > 0.35:
        return palette.dark_ink, light_veil
    return palette.light_ink, dark_veil


def _lay_scrim(draft: Draft, side: Side, box: Box, ink: Colour, veil: Colour) -> None:
    """An eased scrim, just opaque enough where the texts begin and deeper towards the edge."""
    canvas = draft.canvas
    need = (TEXT_CONTRAST if draft.materials.brief.punchline else LARGE_TEXT_CONTRAST) * _HEADROOM
    opacity = draft.veil_needed(box, veil, ink, need)
    if opacity < 0.02:
        return
    # The ramp ends a little inside the text so that most of it stands on the full opacity; what the first lines
    # lack is added by a second, gentler scrim below.
    if side.name == "foot":
        reach = max(0.42 * canvas.height, 0.62 * box.height)
        end = box.y + 0.12 * box.height
        draft.scrim(canvas, veil, (0, end - reach), (0, end), opacity)
    elif side.name == "head":
        reach = max(0.42 * canvas.height, 0.62 * box.height)
        end = box.bottom - 0.12 * box.height
        draft.scrim(canvas, veil, (0, end + reach), (0, end), opacity)
    elif side.name == "start":
        reach = 0.45 * canvas.width
        end = box.x + 0.72 * box.width
        draft.scrim(canvas, veil, (end + reach, 0), (end, 0), opacity)
    else:
        reach = 0.45 * canvas.width
        end = box.right - 0.72 * box.width
        draft.scrim(canvas, veil, (end - reach, 0), (end, 0), opacity)
    rest = draft.veil_needed(box, veil, ink, need)
    if rest > 0.02:
        _second_scrim(draft, side, box, veil, rest)


def _second_scrim(draft: Draft, side: Side, box: Box, veil: Colour, opacity: float) -> None:
    """Covers the whole text at full opacity, eased over the longest way that is left."""
    canvas = draft.canvas
    if side.name == "foot":
        draft.scrim(canvas, veil, (0, max(-0.2 * canvas.height, box.y - 0.4 * canvas.height)), (0, box.y), opacity)
    elif side.name == "head":
        draft.scrim(canvas, veil, (0, box.bottom + 0.4 * canvas.height), (0, box.bottom), opacity)
    elif side.name == "start":
        draft.scrim(canvas, veil, (box.right + 0.45 * canvas.width, 0), (box.right, 0), opacity)
    else:
        draft.scrim(canvas, veil, (box.x - 0.45 * canvas.width, 0), (box.x, 0), opacity)
