# SPDX-License-Identifier: Apache-2.0
"""The logo: its size, its clear space, and what is done when it cannot be seen on what lies behind it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from affiche.creative.composition import Box, Outline, PhotoLayer, Role
from affiche.creative.formats import Shape
from affiche.creative.layout.draft import Draft, Unsuitable
from affiche.creative.layout.sight import attraction, distinct_subject
from affiche.images.colour import Colour, contrast_ratio, to_oklch
from affiche.vision.logo import Logo

NEEDED_CONTRAST = 3.0
_CLEAR_CONTRAST = 4.5
_GREY_CHROMA = 0.03
_VISIBLE_SHARE = 0.7
_VISIBLE_SHARE_ON_GROUND = 0.45
_AREA_SHARE = 0.021
_ROW_AREA_SHARE = 0.036
_ON_SUBJECT = 0.1
_ATTRACTIVE = 1.6


@dataclass(frozen=True, slots=True)
class LogoLook:
    """How the logo is shown on a certain ground: as it is, in one ink, or on a plate of ``plate`` colour."""

    tint: Colour | None = None
    plate: Colour | None = None


def logo_size(draft: Draft, most_width: float, most_height: float | None = None) -> tuple[float, float]:
    """Width and height in px: about 2.1 % of the canvas, at most 9 % of the short side high and 34 % wide; banners
    give it the height that they have."""
    aspect = draft.materials.logo.aspect
    format = draft.format
    short = min(format.width, format.height)
    match format.shape:
        case Shape.LEADERBOARD:
            height_limit, width_limit = 0.46 * format.height, 0.18 * format.width
        case Shape.SKYSCRAPER:
            height_limit, width_limit = 44.0, 0.72 * format.width
        case Shape.RECTANGLE:
            height_limit, width_limit = 30.0, 0.36 * format.width
        case Shape.HALF_PAGE:
            height_limit, width_limit = 44.0, 0.5 * format.width
        case _:
            height_limit, width_limit = 0.09 * short, 0.34 * format.width
    share = _ROW_AREA_SHARE if format.is_banner else _AREA_SHARE
    height = math.sqrt(share * format.width * format.height / aspect)
    height = min(height, height_limit, width_limit / aspect)
    height = min(height, most_width / aspect, most_height or height)
    return height * aspect, height


def place_logo(
    draft: Draft,
    area: Box,
    *,
    align: str = "start",
    valign: str = "top",
    on_photo: bool = False,
    ink: Colour | None = None,
) -> Box:
    """Lay the logo in a corner of ``area``; returns its box. ``align`` is start, centre or end, ``valign`` top,
    middle or bottom. A logo that has to be in one ink is in that ``ink``, if it can be seen."""
    box = logo_box(draft, area, align, valign)
    look = choose_look(draft, box, on_photo, ink)
    if look.plate is not None:
        padding = _plate_padding(draft, box.height)
        box = _inside_plate(box, padding, align, valign)
        plate = box.grown(padding)
        draft.fill(Role.LOGO_PLATE, plate, look.plate, Outline(radius=min(0.22 * plate.height, 0.7 * draft.unit)))
    draft.logo(box, look.tint)
    return box


def logo_box(draft: Draft, area: Box, align: str = "start", valign: str = "top") -> Box:
    """Where a logo without a plate stands in ``area``."""
    width, height = logo_size(draft, area.width, area.height)
    x = area.x + {"start": 0.0, "centre": (area.width - width) / 2, "end": area.width - width}[align]
    y = area.y + {"top": 0.0, "middle": (area.height - height) / 2, "bottom": area.height - height}[valign]
    return Box(x, y, width, height)


def free_corner(draft: Draft, photo: PhotoLayer, area: Box, corners: Sequence[str] = ("start", "end")) -> str:
    """The first of the upper ``corners`` of ``area`` where a logo, with a plate if it must have one, stands on no face
    of ``photo``, off its subject and off what is looked at more than the rest. Raises `Unsuitable` if there is none."""
    width, height = logo_size(draft, area.width, area.height)
    faces, subject = draft.shown_faces(photo), distinct_subject(draft, photo)
    # A plate reaches beyond the logo by its padding on both sides.
    width, height = width + 2 * _plate_padding(draft, height), height + 2 * _plate_padding(draft, height)
    for corner in corners:
        x = area.x if corner == "start" else area.right - width
        place = draft.mirrored(Box(x, area.y, width, height))
        on_subject = subject is not None and place.intersection(subject).area > _ON_SUBJECT * place.area
        looked_at = not draft.dense and attraction(draft, photo, place) > _ATTRACTIVE
        if not (on_subject or looked_at or any(place.intersection(face).area > 0 for face in faces)):
            return corner
    raise Unsuitable("The logo would cover the subject.")


def choose_look(draft: Draft, box: Box, on_photo: bool, ink: Colour | None = None) -> LogoLook:
    """As it is where 70 % of its ink (45 % on a calm ground) reaches 3:1; else one ink for a one-colour logo, best
    ``ink``, else a plate."""
    logo = draft.materials.logo
    palette = draft.materials.palette
    mirrored = draft.mirrored(box)
    if logo.opaque:
        return LogoLook()
    if _is_faint_black(draft, mirrored):
        return LogoLook(tint=max(palette.inks, key=lambda ink: draft.proof.contrast(mirrored, ink)))
    visible = sum(share for colour, share in logo.colours if draft.proof.contrast(mirrored, colour) >= NEEDED_CONTRAST)
    if visible >= (_VISIBLE_SHARE if on_photo else _VISIBLE_SHARE_ON_GROUND):
        return LogoLook()
    if logo.one_colour is not None:
        usual = ink or (draft.scheme.ink if not on_photo else palette.light_ink)
        inks = sorted(palette.inks, key=lambda candidate: -draft.proof.contrast(mirrored, candidate))
        chosen = usual if draft.proof.contrast(mirrored, usual) >= NEEDED_CONTRAST else inks[0]
        if draft.proof.contrast(mirrored, chosen) >= NEEDED_CONTRAST:
            return LogoLook(tint=chosen)
    return LogoLook(plate=_plate_for(draft))


def _plate_padding(draft: Draft, height: float) -> float:
    """The space in px that a plate keeps around a logo of ``height`` px."""
    return min(0.8 * draft.unit if not draft.format.is_banner else 5.0, 0.45 * height)


def _is_faint_black(draft: Draft, box: Box) -> bool:
    """Whether the logo is black, white or grey in one colour and stands less than 4.5:1 out of ``box``: such a logo is
    meant to be shown in either ink."""
    colour = draft.materials.logo.one_colour
    if colour is None or to_oklch(colour).chroma > _GREY_CHROMA:
        return False
    return draft.proof.contrast(box, colour) < _CLEAR_CONTRAST


def stands_on(logo: Logo, ground: Colour) -> bool:
    """Whether the logo can be seen on a flat ``ground`` without a plate."""
    if logo.opaque or logo.one_colour is not None:
        return True
    return sum(share for colour, share in logo.colours if contrast_ratio(colour, ground) >= NEEDED_CONTRAST) >= (
        _VISIBLE_SHARE_ON_GROUND
    )


def _plate_for(draft: Draft) -> Colour:
    """The light or dark ground on which more of the logo's ink can be seen."""
    palette = draft.materials.palette
    grounds = (palette.light_ground, palette.dark_ground)

    def seen(ground: Colour) -> float:
        return sum(share * min(4.5, contrast_ratio(colour, ground)) for colour, share in draft.materials.logo.colours)

    return max(grounds, key=seen)


def _inside_plate(box: Box, padding: float, align: str, valign: str) -> Box:
    """Move the logo so that the plate, not the logo, stands on the edge that others share."""
    shift_x = {"start": padding, "centre": 0.0, "end": -padding}[align]
    shift_y = {"top": padding, "middle": 0.0, "bottom": -padding}[valign]
    return Box(box.x + shift_x, box.y + shift_y, box.width, box.height)
