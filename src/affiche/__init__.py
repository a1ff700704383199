# SPDX-License-Identifier: Apache-2.0
"""Affiche draws ad creatives from a brief, a photo and a logo.

The names of the library are loaded when they are first used, so that importing a part of the service does not load the
picture engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from affiche.creative.brief import Brief as Brief
    from affiche.creative.campaign import Campaign as Campaign
    from affiche.creative.composition import Composition as Composition
    from affiche.creative.formats import Format as Format
    from affiche.creative.formats import RenderKind as RenderKind
    from affiche.creative.formats import formats_of as formats_of
    from affiche.errors import AfficheError as AfficheError
    from affiche.images.colour import Colour as Colour
    from affiche.images.encode import ImageFormat as ImageFormat
    from affiche.rendering import Creative as Creative
    from affiche.rendering import render_creative as render_creative

_HOMES: Final = {
    "AfficheError": "affiche.errors",
    "Brief": "affiche.creative.brief",
    "Campaign": "affiche.creative.campaign",
    "Colour": "affiche.images.colour",
    "Composition": "affiche.creative.composition",
    "Creative": "affiche.rendering",
    "Format": "affiche.creative.formats",
    "ImageFormat": "affiche.images.encode",
    "RenderKind": "affiche.creative.formats",
    "formats_of": "affiche.creative.formats",
    "render_creative": "affiche.rendering",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'affiche' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
