# SPDX-License-Identifier: Apache-2.0
"""The whole SVG: a group for each layer, named after its role, on top of shared definitions."""

from typing import Final

import numpy as np

from affiche.creative.composition import (
    Composition,
    FillLayer,
    Layer,
    LogoLayer,
    PhotoLayer,
    Role,
    ScrimLayer,
    TextLayer,
)
from affiche.images.native import cv2
from affiche.images.png import png_rgba
from affiche.images.resample import PhotoPyramid
from affiche.paint.captions import one_line
from affiche.paint.emblem import logo_film
from affiche.paint.outlines import PixelBox, snapped
from affiche.paint.svg.fonts import FontShelf
from affiche.paint.svg.lettering import text
from affiche.paint.svg.markup import data_url, element, link, place, words
from affiche.paint.svg.photo import EmbeddedPhoto, embedded, photo
from affiche.paint.svg.shapes import fill, scrim
from affiche.vision.logo import Logo

_NAMESPACES: Final = {
    "xmlns": "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:inkscape": "http://www.inkscape.org/namespaces/inkscape",
}
_LOGO_DENSITY: Final = 2


def svg_document(composition: Composition, pyramid: PhotoPyramid, logo: Logo) -> bytes:
    """``composition`` as a self-contained SVG 1.1 file with live text, UTF-8; the same input gives the same bytes.

    Its fonts are embedded as subsets; programs that do not read embedded fonts (Inkscape, resvg) show the text in the
    installed font of the same family and weight. The grain of scrims, which hides banding, is left out.
    """
    canvas = PixelBox(0, 0, composition.format.width, composition.format.height)
    photos = [layer for layer in composition.layers if isinstance(layer, PhotoLayer)]
    stored = embedded(photos, pyramid) if photos else None
    shelf = FontShelf()
    groups = [
        _group(layer, number, _drawn(layer, number, canvas, stored, pyramid, logo, shelf))
        for number, layer in enumerate(composition.layers, start=1)
    ]
    headline = _said(composition, Role.HEADLINE)
    body = (
        element("title", words(headline)),
        element("desc", words(" ".join(_said(composition, role) for role in _TOLD))),
        element("style", shelf.styles),
        element("defs", stored.definition) if stored else "",
        *groups,
    )
    view = f"0 0 {canvas.width} {canvas.height}"
    root = element("svg", *body, **_NAMESPACES, width=canvas.width, height=canvas.height, viewBox=view, role="img")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


_TOLD: Final = (Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.ACTION)


def _group(layer: Layer, number: int, drawn: str) -> str:
    if not drawn:
        return ""
    label = f"{layer.role.value}: {one_line(layer.block)}" if isinstance(layer, TextLayer) else layer.role.value
    return element(
        "g", drawn, **{"id": f"layer-{number}", "data-role": layer.role.value, "inkscape:label": words(label)}
    )


def _drawn(
    layer: Layer,
    number: int,
    canvas: PixelBox,
    stored: EmbeddedPhoto | None,
    pyramid: PhotoPyramid,
    logo: Logo,
    shelf: FontShelf,
) -> str:
    key = f"l{number}"
    match layer:
        case PhotoLayer():
            assert stored is not None
            return photo(layer, stored, canvas, pyramid, key)
        case FillLayer():
            return fill(layer, key)
        case ScrimLayer():
            return scrim(layer, canvas, key)
        case LogoLayer():
            return _logo(layer, logo)
        case TextLayer():
            return text(layer, shelf)


def _logo(layer: LogoLayer, logo: Logo) -> str:
    """The logo as a PNG with alpha, finer than shown where the file that was sent is."""
    box = snapped(layer.box)
    density = max(1, min(_LOGO_DENSITY, logo.pixels.shape[1] // max(1, box.width)))
    film = logo_film(logo, density * box.width, density * box.height, layer.tint)
    straight = cv2.cvtColor(cv2.cvtColor(film, cv2.COLOR_mRGBA2RGBA), cv2.COLOR_BGRA2RGBA)
    content = png_rgba(np.asarray(straight, np.uint8))
    return element("image", **place(box), preserveAspectRatio="none", **link(data_url("image/png", content)))


def _said(composition: Composition, role: Role) -> str:
    layer = composition.layer(role)
    return one_line(layer.block) if isinstance(layer, TextLayer) else ""
