# SPDX-License-Identifier: Apache-2.0
"""Flat banners (728x90, 970x90): one row of logo, headline and button, with the photo as a strip or none."""

from affiche.creative.composition import Box, Composition, Outline, OutlineKind, Role, Treatment
from affiche.creative.crop import Wish
from affiche.creative.layout.brandmark import place_logo
from affiche.creative.layout.button import fit_button, place_button
from affiche.creative.layout.copy import CopyStyle, fit_copy, place_copy
from affiche.creative.layout.draft import Draft
from affiche.creative.layout.hairline import hairline

_PHOTO_SHARE = 0.21
_PADDING = 12.0


def strip(draft: Draft, variant: int) -> Composition:
    """The photo as a strip that melts into the ground."""
    width = _PHOTO_SHARE * draft.canvas.width
    draft.fill(Role.GROUND, draft.canvas, draft.scheme.ground)
    _melting(draft, width, 0.45, Treatment.PLAIN)
    return _beside(draft, variant, "strip", width + 0.2 * _PADDING)


def slant(draft: Draft, variant: int) -> Composition:
    """The photo as a strip cut at an angle."""
    width = _PHOTO_SHARE * draft.canvas.width
    height = draft.canvas.height
    lean = 0.26 * height
    draft.fill(Role.GROUND, draft.canvas, draft.scheme.ground)
    pane = Box(0, 0, width + lean, height)
    points = ((0.0, 0.0), (width + lean, 0.0), (width - lean * 0.4, height), (0.0, height))
    draft.show_photo(pane, Wish(focus=(0.45, 0.5)), Outline(OutlineKind.POLYGON, points=points))
    band = (
        (width + lean, 0.0),
        (width + lean + 5, 0.0),
        (width - lean * 0.4 + 5, height),
        (width - lean * 0.4, height),
    )
    box = Box(width - lean * 0.4, 0, 1.4 * lean + 5, height)
    draft.fill(Role.ACCENT, box, draft.scheme.accent, Outline(OutlineKind.POLYGON, points=band))
    return _row(draft, variant, "slant", width + lean + 4)


def toned_strip(draft: Draft, variant: int) -> Composition:
    """A strip of the photo in two tones that melts into a dark ground."""
    width = 1.25 * _PHOTO_SHARE * draft.canvas.width
    draft.fill(Role.GROUND, draft.canvas, draft.scheme.ground)
    _melting(draft, width, 0.3, Treatment.DUOTONE)
    return _beside(draft, variant, "toned-strip", 0.8 * width)


def medallion(draft: Draft, variant: int) -> Composition:
    """The photo in a circle on a light ground."""
    height = draft.canvas.height
    draft.fill(Role.GROUND, draft.canvas, draft.scheme.ground)
    hairline(draft)
    size = height - 2 * 9.0
    x = draft.canvas.width - draft.margin - size if draft.turn else draft.margin
    draft.show_photo(Box(x, 9.0, size, size), Wish(), Outline(OutlineKind.ELLIPSE))
    return _beside(draft, variant, "medallion", draft.margin + size + 2)


def inset(draft: Draft, variant: int) -> Composition:
    """The photo as a small exact picture on a light ground."""
    height = draft.canvas.height
    draft.fill(Role.GROUND, draft.canvas, draft.scheme.ground)
    hairline(draft)
    width = 0.17 * draft.canvas.width
    x = draft.canvas.width - 9.0 - width if draft.turn else 9.0
    draft.show_photo(Box(x, 9.0, width, height - 18.0), Wish(), Outline(radius=6.0))
    return _beside(draft, variant, "inset", 9.0 + width)


def tail(draft: Draft, variant: int) -> Composition:
    """The photo at the end of the row, its edge straight, a stripe of the accent before it."""
    canvas = draft.canvas
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    hairline(draft)
    width = 0.19 * canvas.width
    draft.show_photo(Box(canvas.width - width, 0, width, canvas.height), Wish())
    draft.fill(Role.ACCENT, Box(canvas.width - width - 4, 0, 4, canvas.height), draft.scheme.accent)
    return _row(draft, variant, "tail", 4.0, canvas.width - width)


def bare(draft: Draft, variant: int) -> Composition:
    """No photo: the headline on a brand ground, with an accent bar at the start."""
    draft.fill(Role.GROUND, draft.canvas, draft.scheme.ground)
    draft.fill(Role.ACCENT, Box(0, 0, 6, draft.canvas.height), draft.scheme.accent)
    return _row(draft, variant, "type", 8.0)


def _melting(draft: Draft, width: float, clear: float, treatment: Treatment) -> None:
    """The photo as a strip of ``width`` px at the head of the row, or at its end when the draft is turned; beyond its
    share ``clear`` it melts into the ground."""
    canvas = draft.canvas
    outer, inner = (canvas.width, canvas.width - width) if draft.turn else (0.0, width)
    pane = Box(min(outer, inner), 0, width, canvas.height)
    tones = draft.materials.palette.duotone if treatment is Treatment.DUOTONE else None
    draft.show_photo(pane, Wish(focus=(0.58 if draft.turn else 0.42, 0.5)), treatment=treatment, duotone=tones)
    draft.scrim(pane.grown(0.5), draft.scheme.ground, (outer + clear * (inner - outer), 0), (inner, 0), 0.97)


def _beside(draft: Draft, variant: int, name: str, taken: float) -> Composition:
    """The row beside a photo that takes ``taken`` px of its head, or of its end when the draft is turned."""
    if draft.turn:
        return _row(draft, variant, name, 4.0, draft.canvas.width - taken)
    return _row(draft, variant, name, taken)


def _row(draft: Draft, variant: int, name: str, start: float, end: float | None = None) -> Composition:
    """Logo, copy and button between ``start`` and ``end`` (the canvas' by default)."""
    canvas = draft.canvas
    tallest = canvas.height - 2 * _PADDING
    x = start + draft.margin
    logo = place_logo(draft, Box(x, _PADDING, 0.18 * canvas.width, tallest), valign="middle")
    plate = next((layer.box for layer in draft.layers if layer.role is Role.LOGO_PLATE), None)
    logo_end = draft.mirrored(plate).right if plate else logo.right
    gap = 20.0
    button = fit_button(draft, (11.0, 14.5), 0.235 * canvas.width, tallest)
    button_x = (end or canvas.width) - draft.margin - 4 - button.width
    area = Box(logo_end + gap, _PADDING, button_x - gap - logo_end - gap, tallest)
    copy = fit_copy(draft, area.width, area.height, CopyStyle(button=False, lines=5 if draft.dense else 2))
    place_copy(draft, copy, area, valign="middle")
    place_button(draft, button, button_x, (canvas.height - button.height) / 2)
    return draft.finished(name, variant)
