# SPDX-License-Identifier: Apache-2.0
"""Ground and photo side by side (split), one above the other (stack), or meeting at an angle (diagonal)."""

import math

from affiche.creative.composition import Box, Composition, Outline, OutlineKind, Role
from affiche.creative.crop import Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.choice import best_share
from affiche.creative.layout.copy import fit_copy, place_copy, place_signature
from affiche.creative.layout.draft import Draft, Unsuitable

_ANGLE = math.radians(10)
_STORY_FOOT = 0.865
_LOGO_GAP = 2.2


def split(draft: Draft, variant: int) -> Composition:
    """A panel of ground with all texts beside the photo, on either side."""
    if draft.format.height > draft.format.width * 1.1:
        return _split_upright(draft, variant)
    canvas = draft.canvas
    edge = round(canvas.width * _panel_share(draft))
    rest = canvas.width - edge
    turned = draft.turned("split")
    panel = Box(rest if turned else 0, 0, edge, canvas.height)
    draft.show_photo(Box(0 if turned else edge, 0, rest, canvas.height), Wish())
    draft.fill(Role.PANEL, panel, draft.scheme.ground)
    _fill_panel(draft, panel)
    return draft.finished("split", variant)


def _split_upright(draft: Draft, variant: int) -> Composition:
    """On tall formats the panel with logo and texts stands above the photo."""
    canvas, safe = draft.canvas, draft.safe
    _, logo_height = logo_size(draft, safe.width)
    top, foot = safe.y + logo_height + _LOGO_GAP * draft.unit, 1.25 * draft.margin
    least = canvas.height * (0.2 if draft.dense else 0.4)
    copy = fit_copy(draft, safe.width, canvas.height - least - foot - top)
    cut = round(max(0.38 * canvas.height, top + copy.height + foot))
    draft.show_photo(Box(0, cut, canvas.width, canvas.height - cut), Wish())
    draft.fill(Role.PANEL, Box(0, 0, canvas.width, cut), draft.scheme.ground)
    place_logo(draft, safe)
    place_copy(draft, copy, Box(safe.x, top, safe.width, cut - foot - top), valign="bottom")
    return draft.finished("split", variant)


def stack(draft: Draft, variant: int) -> Composition:
    """The photo above, a panel of ground with all texts below."""
    canvas = draft.canvas
    if draft.format.width > draft.format.height * 1.4:
        raise Unsuitable("A stack needs height.")
    story = draft.format.shape is Shape.STORY
    safe = draft.safe
    bottom = _STORY_FOOT * canvas.height if story else safe.bottom
    head = 1.25 * draft.margin
    least = canvas.height * (0.26 if draft.dense else 0.44)
    copy = fit_copy(draft, safe.width, bottom - least - head)
    cut = round(min(0.62 * canvas.height, bottom - copy.height - head))
    draft.show_photo(Box(0, 0, canvas.width, cut), Wish())
    draft.fill(Role.PANEL, Box(0, cut, canvas.width, canvas.height - cut), draft.scheme.ground)
    placed = place_copy(draft, copy, Box(safe.x, cut + head, safe.width, bottom - cut - head), valign="middle")
    place_signature(draft, copy, placed, safe.right, safe.inset(0, 0, 0, safe.bottom - cut + 0.5 * draft.margin))
    return draft.finished("stack", variant)


def diagonal(draft: Draft, variant: int) -> Composition:
    """Ground and photo meet at ten degrees."""
    canvas = draft.canvas
    if draft.format.height > draft.format.width * 1.1:
        return _diagonal_upright(draft, variant)
    lean = math.tan(_ANGLE) * canvas.height
    foot = canvas.width * _panel_share(draft) + 0.45 * lean
    head = foot - lean
    pane = Box(head, 0, canvas.width - head, canvas.height)
    hidden = Box(0, 0.5, 0.75 * lean / pane.width, 0.5)
    draft.show_photo(pane, _slanted(draft, hidden, (0.56, 0.5)))
    points = ((0.0, 0.0), (head, 0.0), (foot, canvas.height), (0.0, canvas.height))
    panel = Box(0, 0, foot, canvas.height)
    draft.fill(Role.PANEL, panel, draft.scheme.ground, Outline(OutlineKind.POLYGON, points=points))
    stripe = 0.55 * draft.unit
    band = ((head, 0.0), (head + stripe, 0.0), (foot + stripe, canvas.height), (foot, canvas.height))
    edge = Box(head, 0, foot + stripe - head, canvas.height)
    draft.fill(Role.ACCENT, edge, draft.scheme.accent, Outline(OutlineKind.POLYGON, points=band))
    # On banners the texts reach up to where the panel is narrow.
    narrowing = 0.75 if draft.format.is_banner else 0.4
    _fill_panel(draft, Box(0, 0, foot - narrowing * lean, canvas.height), head)
    return draft.finished("diagonal", variant)


def _diagonal_upright(draft: Draft, variant: int) -> Composition:
    canvas = draft.canvas
    fall = math.tan(_ANGLE) * canvas.width
    middle = canvas.height * (0.30 if draft.dense else 0.5)
    left, right = middle + fall / 2, middle - fall / 2
    hidden = Box(0.5, 1 - 0.75 * fall / left, 0.5, 0.75 * fall / left)
    draft.show_photo(Box(0, 0, canvas.width, left), _slanted(draft, hidden, (0.5, 0.45)))
    points = ((0.0, left), (canvas.width, right), (canvas.width, canvas.height), (0.0, canvas.height))
    draft.fill(
        Role.PANEL,
        Box(0, right, canvas.width, canvas.height - right),
        draft.scheme.ground,
        Outline(OutlineKind.POLYGON, points=points),
    )
    stripe = 0.55 * draft.unit
    band = ((0.0, left - stripe), (canvas.width, right - stripe), (canvas.width, right), (0.0, left))
    draft.fill(
        Role.ACCENT,
        Box(0, right - stripe, canvas.width, left - right + stripe),
        draft.scheme.accent,
        Outline(OutlineKind.POLYGON, points=band),
    )
    safe = draft.safe
    top = left + 0.75 * draft.margin
    bottom = _STORY_FOOT * canvas.height if draft.format.shape is Shape.STORY else safe.bottom
    area = Box(safe.x, top, safe.width, bottom - top)
    copy = fit_copy(draft, area.width, area.height)
    placed = place_copy(draft, copy, area, valign="middle")
    place_signature(draft, copy, placed, safe.right, safe.inset(0, 0, 0, safe.bottom - right + 0.5 * draft.margin))
    return draft.finished("diagonal", variant)


def _slanted(draft: Draft, hidden: Box, focus: tuple[float, float]) -> Wish:
    """Subject at ``focus``, and no face in the part of the photo that the slanted panel hides."""
    return Wish((hidden,) if draft.materials.reading.faces else (), focus=focus)


def _panel_share(draft: Draft) -> float:
    """The panel's share of the width, within 42-58 %: narrow for a broad subject, wide for long copy."""
    if draft.dense:
        return 0.68
    shares = (0.42, 0.46, 0.5) if draft.format.shape is Shape.LANDSCAPE else (0.46, 0.52, 0.58)
    width = draft.canvas.width

    def column(share: float) -> tuple[float, float]:
        inner = _inner(draft, Box(0, 0, width * share, draft.canvas.height))
        _, logo_height = logo_size(draft, inner.width, inner.height)
        return inner.width, inner.height - logo_height - _LOGO_GAP * draft.unit

    def pane(share: float) -> Box:
        return Box(width * share, 0, width * (1 - share), draft.canvas.height)

    return best_share(draft, shares, pane, column)


def _inner(draft: Draft, panel: Box) -> Box:
    """Where logo and texts may stand on ``panel``: a whole margin to the canvas' edge, a little less to the photo."""
    margin = draft.margin
    left, right = (margin, 0.9 * margin) if panel.x == 0 else (0.9 * margin, margin)
    return panel.inset(left, margin, right, margin)


def _fill_panel(draft: Draft, panel: Box, head: float | None = None) -> None:
    """Logo at the head of a panel, which ends at ``head`` there, texts at its foot."""
    inner = _inner(draft, panel)
    width = min(inner.width, (head or panel.width) - 1.6 * draft.margin)
    logo = place_logo(draft, Box(inner.x, inner.y, width, inner.height))
    top = logo.bottom + _LOGO_GAP * draft.unit
    area = Box(inner.x, top, inner.width, inner.bottom - top)
    copy = fit_copy(draft, area.width, area.height)
    place_copy(draft, copy, area, valign="bottom")
