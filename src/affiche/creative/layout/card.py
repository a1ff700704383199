# SPDX-License-Identifier: Apache-2.0
"""A card with all texts on a full-bleed photo: solid, or frosted glass over the blurred photo."""

from affiche.creative.composition import Box, Composition, Outline, PhotoLayer, Role, Shadow, Treatment
from affiche.creative.crop import Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.copy import CopyStyle, fit_copy, place_copy
from affiche.creative.layout.draft import Draft

_FROST_OPACITY = 0.78


def card(draft: Draft, variant: int) -> Composition:
    """One opaque card in the ground colour, off-centre."""
    return _with_card(draft, variant, frosted=False)


def frosted(draft: Draft, variant: int) -> Composition:
    """As `card`, but the card is tinted glass."""
    return _with_card(draft, variant, frosted=True)


def _with_card(draft: Draft, variant: int, *, frosted: bool) -> Composition:
    region = _card_region(draft)
    canvas = draft.canvas
    wide = draft.format.shape is Shape.LANDSCAPE
    quiet = Box(
        region.x / canvas.width, region.y / canvas.height, region.width / canvas.width, region.height / canvas.height
    )
    focus = (0.74, 0.5) if wide else (0.5, 0.28)
    photo = draft.show_photo(canvas, Wish((quiet,), focus))
    padding = 1.7 * draft.unit if not draft.format.is_banner else 12.0
    logo_width, logo_height = logo_size(draft, region.width - 2 * padding)
    head = logo_height + (2.1 * draft.unit if not draft.format.is_banner else 12.0)
    copy = fit_copy(draft, region.width - 2 * padding, region.height - 2 * padding - head, CopyStyle())
    width = region.width
    height = copy.height + head + 2 * padding
    y = region.bottom - height if not wide else region.y + (region.height - height) / 2
    box = Box(region.x, y, width, height)
    _lay_card(draft, photo, box, frosted)
    inner = Box(box.x + padding, box.y + padding, width - 2 * padding, height - 2 * padding)
    place_logo(draft, Box(inner.x, inner.y, inner.width, logo_height))
    place_copy(draft, copy, Box(inner.x, inner.y + head, inner.width, copy.height))
    return draft.finished("frosted" if frosted else "card", variant)


def _card_region(draft: Draft) -> Box:
    """The largest place that the card may take."""
    safe = draft.safe
    if draft.format.shape is Shape.LANDSCAPE:
        width = safe.width * (0.62 if draft.dense else 0.47)
        inset = 0.4 * draft.margin
        return Box(safe.x - inset, safe.y - inset, width + inset, safe.height + 2 * inset)
    outset = 0.45 * draft.margin if draft.format.shape is not Shape.STORY else 0.0
    share = 0.92 if draft.dense else 0.64 if draft.format.shape is not Shape.STORY else 0.7
    width = safe.width + 2 * outset if draft.format.width < 900 or draft.dense else safe.width * 0.9 + outset
    height = safe.height * share
    return Box(safe.x - outset, safe.bottom - height + outset, width, height)


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
