# SPDX-License-Identifier: Apache-2.0
"""Type as picture: the headline carries the creative alone on a brand ground, with an accent bar."""

from affiche.creative.composition import Box, Composition, Role
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import place_logo
from affiche.creative.layout.copy import CopyStyle, fit_copy, place_copy
from affiche.creative.layout.draft import Draft

_SHORT = 30
_CENTRED_UP_TO = 48


def poster(draft: Draft, variant: int) -> Composition:
    """No photo; the last resort for very long copy, and a statement for short copy, which may stand centred."""
    canvas, safe, unit = draft.canvas, draft.safe, draft.unit
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    centred = _is_centred(draft)
    align = "centre" if centred else "start"
    logo = place_logo(draft, safe, align=align)
    bar = max(3.0, 0.32 * unit)
    top = logo.bottom + (2.0 if not draft.dense else 1.0) * unit
    area = Box(safe.x, top + 1.2 * unit + bar, safe.width, safe.bottom - top - 1.2 * unit - bar)
    low, high = draft.scale.headline
    short = len(draft.materials.brief.headline) <= _SHORT
    lines = 6 if draft.format.shape in (Shape.STORY, Shape.PORTRAIT, Shape.HALF_PAGE) else 5
    style = CopyStyle(
        align=align,
        headline=(low, (1.75 if short else 1.3) * high),
        lines=lines,
        ratio=0.3 if short else 0.36,
        fewest=centred,
    )
    copy = fit_copy(draft, area.width, area.height, style)
    valign = "middle" if centred or draft.format.shape in (Shape.STORY, Shape.SKYSCRAPER) else "bottom"
    placed = place_copy(draft, copy, area, valign=valign, align=align)
    width = 3.4 * unit
    x = (canvas.width - width) / 2 if centred else safe.x
    draft.fill(Role.ACCENT, Box(x, placed.y - 1.3 * unit - bar, width, bar), draft.scheme.accent)
    return draft.finished("type", variant)


def _is_centred(draft: Draft) -> bool:
    """Copy that fills a canvas reads better flush left; so do banners, which are centred only for variety."""
    roomy = not draft.dense and len(draft.materials.brief.headline) <= _CENTRED_UP_TO
    return roomy and (draft.turn if draft.format.is_banner else draft.turned("type"))
