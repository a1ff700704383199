# SPDX-License-Identifier: Apache-2.0
"""A card with all texts on a full-bleed photo: solid, or frosted glass over the blurred photo."""

from dataclasses import dataclass
from functools import partial

from affiche.creative.composition import Box, Composition, Outline, PhotoLayer, Role, Shadow, Treatment
from affiche.creative.crop import Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.copy import fit_copy, place_copy
from affiche.creative.layout.draft import Draft, first_suitable

_FROST_OPACITY = 0.78
_HIDDEN = 0.12


def card(draft: Draft, variant: int) -> Composition:
    """One opaque card in the ground colour, off-centre."""
    return _with_card(draft, variant, frosted=False)


def frosted(draft: Draft, variant: int) -> Composition:
    """As `card`, but the card is tinted glass."""
    return _with_card(draft, variant, frosted=True)


def _with_card(draft: Draft, variant: int, *, frosted: bool) -> Composition:
    """At the most suitable place at which the card does not hide the subject."""
    canvas = draft.canvas
    places = sorted(_places(draft), key=lambda place: -draft.find_crop(canvas, place.wish(canvas)).score - place.liking)
    return first_suitable(partial(_at_place, draft.fresh(), variant, place, frosted) for place in places)


def _at_place(draft: Draft, variant: int, place: "_Place", frosted: bool) -> Composition:
    canvas, region = draft.canvas, place.region
    photo = draft.show_photo(canvas, place.wish(canvas))
    padding = 1.7 * draft.unit if not draft.format.is_banner else 12.0
    _, logo_height = logo_size(draft, region.width - 2 * padding)
    head = logo_height + (2.1 * draft.unit if not draft.format.is_banner else 16.0)
    copy = fit_copy(draft, region.width - 2 * padding, region.height - 2 * padding - head)
    height = copy.height + head + 2 * padding
    slack = region.height - height
    box = Box(region.x, region.y + (slack if place.valign == "bottom" else slack / 2), region.width, height)
    draft.keep_off_subject(photo, box, _HIDDEN)
    _lay_card(draft, photo, box, frosted)
    inner = Box(box.x + padding, box.y + padding, region.width - 2 * padding, height - 2 * padding)
    place_logo(draft, Box(inner.x, inner.y, inner.width, logo_height))
    place_copy(draft, copy, Box(inner.x, inner.y + head, inner.width, copy.height))
    return draft.finished("frosted" if frosted else "card", variant)


@dataclass(frozen=True, slots=True)
class _Place:
    """The largest ``region`` that a card may take, where the photo's subject should then be, and how much we like it
    beside the others, crop scores being equal."""

    region: Box
    valign: str
    focus: tuple[float, float]
    liking: float = 0.0

    def wish(self, canvas: Box) -> Wish:
        region = self.region
        quiet = Box(
            region.x / canvas.width,
            region.y / canvas.height,
            region.width / canvas.width,
            region.height / canvas.height,
        )
        return Wish((quiet,), self.focus)


def _places(draft: Draft) -> tuple[_Place, ...]:
    """Beside the subject on wide formats, below it on tall ones, either on squares."""
    safe, shape = draft.safe, draft.format.shape
    outset = 0.45 * draft.margin if shape is not Shape.STORY else 0.0
    if shape in (Shape.LANDSCAPE, Shape.SQUARE):
        width = safe.width * (0.62 if draft.dense else 0.47 if shape is Shape.LANDSCAPE else 0.5) + outset
        tall = safe.height + 2 * outset
        start = _Place(Box(safe.x - outset, safe.y - outset, width, tall), "middle", (0.75, 0.5), 0.5)
        end = _Place(Box(safe.right + outset - width, safe.y - outset, width, tall), "middle", (0.25, 0.5))
        if shape is Shape.LANDSCAPE:
            return start, end
        return _foot(draft, outset), start, end
    return (_foot(draft, outset),)


def _foot(draft: Draft, outset: float) -> _Place:
    safe, shape = draft.safe, draft.format.shape
    share = 0.92 if draft.dense else 0.7 if shape is Shape.STORY else 0.62
    whole = draft.format.width < 900 or draft.dense
    width = safe.width + 2 * outset if whole else safe.width * 0.9 + outset
    height = safe.height * share
    return _Place(Box(safe.x - outset, safe.bottom - height + outset, width, height), "bottom", (0.5, 0.25), 0.1)


def _lay_card(draft: Draft, photo: PhotoLayer, box: Box, frosted: bool) -> None:
    unit = draft.unit
    outline = Outline(radius=1.2 * unit)
    deep = draft.materials.palette.dark_ground
    shadow = Shadow(0, 0.7 * unit, 1.3 * unit, deep, 0.30)
    if not frosted:
        draft.fill(Role.PANEL, box, draft.scheme.ground, outline, shadow=shadow)
        return
    draft.fill(Role.ACCENT, box, draft.scheme.ground, outline, opacity=0.5, shadow=shadow)
    placed = draft.mirrored(box)
    scale_x, scale_y = photo.source.width / photo.box.width, photo.source.height / photo.box.height
    source = Box(
        photo.source.x + (placed.x - photo.box.x) * scale_x,
        photo.source.y + (placed.y - photo.box.y) * scale_y,
        placed.width * scale_x,
        placed.height * scale_y,
    )
    draft.add(
        PhotoLayer(
            Role.PANEL,
            placed,
            source,
            outline,
            Treatment.BLURRED,
            None,
            1.5 * unit,
            draft.scheme.ground,
            _FROST_OPACITY,
        )
    )
