# SPDX-License-Identifier: Apache-2.0
"""The photo as an object on a quiet ground: in an arch (window), inside a wide frame (frame), or small beside large
serif type and hairlines (editorial)."""

from affiche.creative.composition import Box, Composition, Outline, OutlineKind, Role
from affiche.creative.crop import Wish
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.copy import CopyStyle, fit_copy, place_copy, place_signature
from affiche.creative.layout.draft import Draft


def window(draft: Draft, variant: int) -> Composition:
    """An arched window with the photo, texts in generous space."""
    canvas, safe, unit = draft.canvas, draft.safe, draft.unit
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    if _wide(draft):
        column = safe.width * (0.62 if draft.dense else 0.5)
        gap = 2.2 * unit
        wide = safe.width - column - gap
        turned = draft.turned("window")
        left = safe.x + wide + gap if turned else safe.x
        pane = Box(safe.x if turned else safe.x + column + gap, safe.y, wide, canvas.height - safe.y)
        _arch(draft, pane)
        _fill_column(draft, Box(left, safe.y, column, safe.height), CopyStyle(measure=0.96))
        return draft.finished("window", variant)
    if draft.format.shape is Shape.STORY:
        return _story_window(draft, variant)
    logo = place_logo(draft, safe, align="centre")
    head, gap = logo.bottom + 1.6 * unit, 1.8 * unit
    room = safe.bottom - head - gap
    copy = fit_copy(draft, safe.width, room * (0.72 if draft.dense else 0.42), CopyStyle(align="centre", measure=0.9))
    height = min(room - copy.height, 1.25 * safe.width)
    width = min(safe.width * 0.86, height * 0.9)
    slack = room - height - copy.height
    pane = Box((canvas.width - width) / 2, head + slack / 3, width, height)
    _arch(draft, pane)
    area = Box(safe.x, pane.bottom + gap + slack / 3, safe.width, copy.height)
    place_copy(draft, copy, area, align="centre")
    return draft.finished("window", variant)


def _story_window(draft: Draft, variant: int) -> Composition:
    """The texts stand in the upper part of the safe zone; the window rises from the canvas' foot, where only the photo
    may be."""
    canvas, safe, unit = draft.canvas, draft.safe, draft.unit
    logo = place_logo(draft, safe, align="centre")
    top, gap = logo.bottom + 1.9 * unit, 2.2 * unit
    room = safe.bottom - top
    copy = fit_copy(draft, safe.width, room * (0.8 if draft.dense else 0.62), CopyStyle(align="centre", measure=0.9))
    placed = place_copy(draft, copy, Box(safe.x, top, safe.width, copy.height), align="centre")
    head = placed.bottom + gap
    width = min(0.88 * safe.width, 1.1 * (canvas.height - head))
    _arch(draft, Box((canvas.width - width) / 2, head, width, canvas.height - head))
    return draft.finished("window", variant)


def frame(draft: Draft, variant: int) -> Composition:
    """Ground all around, the photo in a window, texts in the frame's wide side."""
    canvas, unit = draft.canvas, draft.unit
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    border = (1.7 if draft.format.shape is not Shape.STORY else 2.5) * unit
    outline = Outline(radius=0.9 * unit)
    safe = draft.safe
    if _wide(draft):
        column = canvas.width * (0.6 if draft.dense else 0.46)
        turned = draft.turned("frame")
        wide = canvas.width - column - border
        pane = Box(border if turned else column, border, wide, canvas.height - 2 * border)
        draft.show_photo(pane, Wish(), outline)
        left = pane.right + 1.6 * unit if turned else safe.x
        _fill_column(draft, Box(left, safe.y, column - safe.x - 1.6 * unit, safe.height))
        return draft.finished("frame", variant)
    gap = 1.7 * unit
    story = draft.format.shape is Shape.STORY
    # On stories the corners of the photo are under the app's furniture: the logo stands above the texts.
    head = gap + (logo_size(draft, safe.width)[1] + gap if story else 0.0)
    room = safe.bottom - border - head
    copy = fit_copy(draft, safe.width, room * (0.74 if draft.dense else 0.5))
    pane = Box(border, border, canvas.width - 2 * border, room - copy.height)
    draft.show_photo(pane, Wish(), outline)
    placed = place_copy(draft, copy, Box(safe.x, pane.bottom + head, safe.width, copy.height))
    if story:
        place_logo(draft, Box(safe.x, pane.bottom + gap, safe.width, head - 2 * gap))
        return draft.finished("frame", variant)
    corner = pane.inset(1.3 * unit, max(1.3 * unit, safe.y - border), 1.3 * unit, 1.3 * unit)
    place_signature(draft, copy, placed, safe.right, corner)
    return draft.finished("frame", variant)


def editorial(draft: Draft, variant: int) -> Composition:
    """A page of a magazine: hairlines, large headline, the photo small and exact."""
    canvas, safe, unit = draft.canvas, draft.safe, draft.unit
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    hair = max(1.0, round(0.06 * unit))
    line = draft.scheme.ink.mixed(draft.scheme.ground, 0.72)
    logo = place_logo(draft, safe)
    rule = logo.bottom + 1.1 * unit
    draft.fill(Role.ACCENT, Box(safe.x, rule, safe.width, hair), line)
    top = rule + 1.7 * unit
    if _wide(draft):
        column = safe.width * (0.66 if draft.dense else 0.56)
        pane = Box(safe.x + column + 1.6 * unit, top, safe.width - column - 1.6 * unit, safe.bottom - top)
        draft.show_photo(pane, Wish())
        area = Box(safe.x, top, column, safe.bottom - top)
        copy = fit_copy(draft, area.width, area.height, CopyStyle(measure=0.92))
        place_copy(draft, copy, area, valign="bottom" if draft.format.shape is Shape.SQUARE else "middle")
        return draft.finished("editorial", variant)
    gap = 1.9 * unit
    room = safe.bottom - top - gap
    copy = fit_copy(draft, safe.width, room * (0.78 if draft.dense else 0.55), CopyStyle(measure=0.86))
    placed = place_copy(draft, copy, Box(safe.x, top, safe.width, copy.height))
    foot = canvas.height - draft.margin
    draft.show_photo(Box(safe.x, placed.bottom + gap, safe.width, foot - placed.bottom - gap), Wish())
    return draft.finished("editorial", variant)


def _fill_column(draft: Draft, column: Box, style: CopyStyle = CopyStyle()) -> None:
    """Logo at the head of ``column``, texts at its foot."""
    logo = place_logo(draft, column)
    top = logo.bottom + 1.6 * draft.unit
    area = Box(column.x, top, column.width, column.bottom - top)
    place_copy(draft, fit_copy(draft, area.width, area.height, style), area, valign="bottom")


def _wide(draft: Draft) -> bool:
    return draft.format.width >= draft.format.height * 0.95


def _arch(draft: Draft, pane: Box) -> None:
    """The photo in an arch; one that is cut by the canvas' foot stands on it."""
    kind = OutlineKind.ARCH if pane.height > 0.62 * pane.width else OutlineKind.RECTANGLE
    radius = 0.0 if kind is OutlineKind.ARCH else 1.2 * draft.unit
    # Nothing that matters belongs where the arch cuts the corners.
    corners = (Box(0, 0, 0.24, 0.2), Box(0.76, 0, 0.24, 0.2)) if kind is OutlineKind.ARCH else ()
    draft.show_photo(pane, Wish(corners, focus=(0.5, 0.56)), Outline(kind, radius))
