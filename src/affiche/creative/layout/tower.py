# SPDX-License-Identifier: Apache-2.0
"""Tall banners (160x600): logo, photo, a headline of short lines, the button over the full measure at the foot."""

from affiche.creative.composition import Box, Composition, Outline, OutlineKind, Role
from affiche.creative.crop import Wish
from affiche.creative.layout.brandmark import place_logo
from affiche.creative.layout.button import fit_button, place_button
from affiche.creative.layout.copy import CopyStyle, fit_copy, place_copy
from affiche.creative.layout.draft import Draft
from affiche.creative.layout.hairline import hairline


def tower(draft: Draft, variant: int) -> Composition:
    """Logo on the ground, then the photo over the full width, then the copy."""
    canvas, safe = draft.canvas, draft.safe
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    hairline(draft)
    logo = place_logo(draft, Box(safe.x, safe.y + 4, safe.width, 60))
    pane = Box(0, logo.bottom + 16, canvas.width, canvas.height * _photo_share(draft))
    draft.show_photo(pane, Wish())
    return _foot(draft, variant, "tower", pane.bottom + 18)


def crowned_tower(draft: Draft, variant: int) -> Composition:
    """The photo at the head over the full width, the logo below it."""
    canvas, safe = draft.canvas, draft.safe
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    hairline(draft)
    pane = Box(0, 0, canvas.width, canvas.height * (_photo_share(draft) + 0.04))
    draft.show_photo(pane, Wish())
    logo = place_logo(draft, Box(safe.x, pane.bottom + 18, safe.width, 60))
    return _foot(draft, variant, "crowned-tower", logo.bottom + 20)


def arched_tower(draft: Draft, variant: int) -> Composition:
    """The photo in an arch."""
    canvas, safe = draft.canvas, draft.safe
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    hairline(draft)
    logo = place_logo(draft, Box(safe.x, safe.y + 4, safe.width, 60), align="centre")
    pane = Box(safe.x, logo.bottom + 16, safe.width, canvas.height * _photo_share(draft) - 14)
    draft.show_photo(pane, Wish(), Outline(OutlineKind.ARCH))
    return _foot(draft, variant, "arched-tower", pane.bottom + 20, align="centre")


def footed_tower(draft: Draft, variant: int) -> Composition:
    """The copy above, the photo over the full width at the foot."""
    canvas, safe = draft.canvas, draft.safe
    draft.fill(Role.GROUND, canvas, draft.scheme.ground)
    hairline(draft)
    logo = place_logo(draft, Box(safe.x, safe.y + 4, safe.width, 60))
    foot = canvas.height * (1 - _photo_share(draft) - 0.04)
    draft.show_photo(Box(0, foot, canvas.width, canvas.height - foot), Wish())
    area = Box(safe.x, logo.bottom + 22, safe.width, foot - logo.bottom - 22 - 18)
    button = fit_button(draft, (11.0, 14.0), safe.width, 0.3 * area.height, full=True)
    room = area.height - button.height - 16
    copy = fit_copy(draft, area.width, room, CopyStyle(button=False, lines=7))
    place_copy(draft, copy, Box(area.x, area.y, area.width, room))
    place_button(draft, button, safe.x, foot - 18 - button.height)
    return draft.finished("footed-tower", variant)


def _photo_share(draft: Draft) -> float:
    return 0.17 if draft.dense else 0.37


def _foot(draft: Draft, variant: int, name: str, top: float, *, align: str = "start") -> Composition:
    safe = draft.safe
    if draft.turn:
        align = "start" if align == "centre" else "centre"
    area = Box(safe.x, top, safe.width, safe.bottom - top)
    button = fit_button(draft, (11.0, 14.0), safe.width, 0.3 * area.height, full=True)
    room = area.height - button.height - 16
    copy = fit_copy(draft, area.width, room, CopyStyle(align=align, button=False, lines=7))
    place_copy(
        draft, copy, Box(area.x, area.y, area.width, room), align=align, valign="middle" if align == "centre" else "top"
    )
    place_button(draft, button, safe.x, safe.bottom - button.height)
    return draft.finished(name, variant)
