# SPDX-License-Identifier: Apache-2.0
"""The file: films in groups, above them the raster as the merged picture, written by psd-tools."""

import io
from itertools import groupby
from typing import Final

from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Group
from psd_tools.constants import BlendMode

from affiche.creative.composition import Composition, Layer, Role
from affiche.images.blending import Blend
from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache
from affiche.paint.outlines import PixelBox
from affiche.paint.psd.films import Film, films_of
from affiche.paint.raster import paint
from affiche.vision.logo import Logo

_GROUPS: Final = {
    Role.GROUND: "Ground",
    Role.PHOTO: "Photo",
    Role.SCRIM: "Scrim",
    Role.PANEL: "Panels",
    Role.ACCENT: "Panels",
    Role.LOGO_PLATE: "Logo",
    Role.LOGO: "Logo",
    Role.HEADLINE: "Texts",
    Role.PUNCHLINE: "Texts",
    Role.DESCRIPTION: "Texts",
    Role.BUTTON: "Button",
    Role.ACTION: "Button",
    Role.ICON: "Button",
}
_BLENDS: Final = {
    Blend.NORMAL: BlendMode.NORMAL,
    Blend.MULTIPLY: BlendMode.MULTIPLY,
    Blend.SCREEN: BlendMode.SCREEN,
}
# Photoshop takes 255 characters.
_LONGEST_NAME: Final = 250


def psd_document(composition: Composition, photo: PhotoPyramid, logo: Logo) -> bytes:
    """``composition`` as a PSD of 8 bit RGB with a pixel layer for each of its layers, one canvas px to the pixel.

    Every layer lies at its own bounds with its own transparency, opacity and blend mode, shadows as layers of their
    own; texts are named after what they say, the others after what they are for. Layers that belong together are in
    groups (Ground, Photo, Scrim, Panels, Logo, Texts, Button); a group comes twice where something else lies between
    its layers. The merged picture, which viewers show, is the raster (`affiche.paint.raster.paint`). The same input
    gives the same bytes. Raises `UnreadableFont`.
    """
    cache = PaintCache()
    merged = cv2.cvtColor(paint(composition, photo, logo, cache), cv2.COLOR_BGRA2RGB)
    document = PSDImage.frompil(Image.fromarray(merged))
    bounds = PixelBox(0, 0, composition.format.width, composition.format.height)
    for name, layers in groupby(composition.layers, _group_name):
        films = [film for layer in layers for film in films_of(layer, bounds, photo, logo, cache)]
        if films:
            group = document.create_group(name=name)
            for film in films:
                _add(group, film)
    out = io.BytesIO()
    # PSDImage.save would compose the merged picture anew, less exactly than we have it.
    document._record.write(out)
    return out.getvalue()


def _group_name(layer: Layer) -> str:
    return _GROUPS[layer.role]


def _add(group: Group, film: Film) -> None:
    layer = group.create_pixel_layer_from_array(
        film.pixels,
        top=film.box.y,
        left=film.box.x,
        opacity=round(255 * min(1.0, film.opacity)),
        blend_mode=_BLENDS[film.blend],
    )
    # The setter, unlike the argument, also writes the name in Unicode.
    layer.name = film.name if len(film.name) <= _LONGEST_NAME else f"{film.name[: _LONGEST_NAME - 1]}…"
