# SPDX-License-Identifier: Apache-2.0
"""A brief as JSON in a task's row, and how an edit changes it."""

from dataclasses import replace
from typing import Any

from affiche.creative.brief import Brief
from affiche.images.colour import Colour
from affiche.service.creatives.values import EditCreatives


def to_json(brief: Brief) -> dict[str, Any]:
    return {
        "headline": brief.headline,
        "punchline": brief.punchline,
        "action": brief.action,
        "description": brief.description,
        "font": brief.font,
        "icon": brief.icon,
        "colours": [colour.hex for colour in brief.colours],
    }


def from_json(stored: dict[str, Any]) -> Brief:
    """Raises `InvalidInput` if the limits of a brief have become tighter since it was stored."""
    colours = tuple(Colour.from_hex(text) for text in stored["colours"])
    return Brief(**{**stored, "colours": colours})


def edited(brief: Brief, edit: EditCreatives) -> Brief:
    """The brief with the edit's fields; what the edit leaves out stays. Raises `InvalidInput`."""
    fields = ("headline", "punchline", "action", "description", "font", "icon")
    changes = {name: value for name in fields if (value := getattr(edit, name)) is not None}
    return replace(brief, **changes, colours=_colours(brief.colours, edit))


def _colours(previous: tuple[Colour, ...], edit: EditCreatives) -> tuple[Colour, ...]:
    given = (edit.colour1, edit.colour2, edit.colour3)
    padded: tuple[Colour | None, ...] = (*previous, None)[:3]
    merged = (new or old for new, old in zip(given, padded, strict=True))
    return tuple(colour for colour in merged if colour is not None)
