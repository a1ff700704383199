# SPDX-License-Identifier: Apache-2.0
"""Type as picture: the headline carries the creative alone on a brand ground, with an accent bar."""

from affiche.creative.composition import Box, Composition, Role
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import place_logo
from affiche.creative.layout.copy import CopyStyle, fit_copy, place_copy
from affiche.creative.layout.draft import Draft


def poster(draft: Draft, variant: int) -> Composition:
    """No photo; the last resort for very long copy, and a statement for short copy."""
    canvas, safe, unit = draft.canvas, draft.safe, draft.unit
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    logo = place_logo(draft, safe)
    bar = max(3.0, 0.32 * unit)
    top = logo.bottom + (2.0 if not draft.dense else 1.0) * unit
    area = Box(safe.x, top + 1.2 * unit + bar, safe.width, safe.bottom - top - 1.2 * unit - bar)
    low, high = draft.scale.headline
    short = len(draft.materials.brief.headline) <= 30
    lines = 6 if draft.format.shape in (Shape.STORY, Shape.PORTRAIT, Shape.HALF_PAGE) else 5
    style = CopyStyle(
        headline=(low, (1.75 if short else 1.3) * high), lines=lines, ratio=0.3 if short else 0.36, fewest=False
    )
    copy = fit_copy(draft, area.width, area.height, style)
    valign = "middle" if draft.format.shape in (Shape.STORY, Shape.SKYSCRAPER) else "bottom"
    placed = place_copy(draft, copy, area, valign=valign)
    draft.fill(Role.ACCENT, Box(safe.x, placed.y - 1.3 * unit - bar, 3.4 * unit, bar), draft.scheme.accent)
    return draft.finished("type", variant)
