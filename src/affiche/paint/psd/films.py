# SPDX-License-Identifier: Apache-2.0
"""Each layer of a composition on its own: pixels with straight alpha where the raster painter mixes them in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from affiche.creative.composition import FillLayer, Layer, LogoLayer, PhotoLayer, Role, ScrimLayer, Shadow, TextLayer
from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.captions import one_line
from affiche.paint.emblem import logo_film
from affiche.paint.glyphs import lay_text
from affiche.paint.outlines import PixelBox, coverage, snapped
from affiche.paint.photo import cover
from affiche.paint.scrim import scrim_bands
from affiche.paint.shadow import shadow_mask
from affiche.vision.logo import Logo


@dataclass(frozen=True, slots=True)
class Film:
    """Pixels at ``box`` on the canvas: (height, width, 4) RGBA with straight alpha, seen at ``opacity`` 0..1 and mixed
    by ``blend`` with what lies below."""

    name: str
    box: PixelBox
    pixels: Pixels
    opacity: float = 1.0
    blend: Blend = Blend.NORMAL


def films_of(layer: Layer, bounds: PixelBox, photo: PhotoPyramid, logo: Logo, cache: PaintCache) -> Iterator[Film]:
    """What ``layer`` is made of, from back to front, each trimmed to its visible pixels inside ``bounds``: one film,
    two for a fill with a shadow, none where nothing is seen."""
    match layer:
        case PhotoLayer():
            films = _photo(layer, bounds, photo, cache)
        case FillLayer():
            films = _fill(layer, cache)
        case ScrimLayer():
            films = _scrim(layer, bounds, cache)
        case LogoLayer():
            films = _logo(layer, logo)
        case TextLayer():
            films = _text(layer, bounds)
    for film in films:
        trimmed = _trimmed(film, bounds)
        if trimmed is not None and film.opacity > 0:
            yield trimmed


def _photo(layer: PhotoLayer, bounds: PixelBox, photo: PhotoPyramid, cache: PaintCache) -> Iterator[Film]:
    box = snapped(layer.box)
    shown = box.clipped(bounds)
    if shown.is_empty:
        return
    pixels = _turned(cover(layer, box, bounds, photo))
    pixels[..., 3] = coverage(layer.outline, box, cache)[shown.moved(-box.x, -box.y).slices]
    yield Film("Photo" if layer.role is Role.PHOTO else _title(layer), shown, pixels)


def _fill(layer: FillLayer, cache: PaintCache) -> Iterator[Film]:
    box = snapped(layer.box)
    if layer.shadow is not None:
        yield _shadow(layer, layer.shadow, box, cache)
    yield Film(_title(layer), box, _dyed(coverage(layer.outline, box, cache), layer.colour), layer.opacity)


def _shadow(layer: FillLayer, shadow: Shadow, box: PixelBox, cache: PaintCache) -> Film:
    whole, mask = shadow_mask(layer, shadow, box, cache)
    return Film(f"{_title(layer)} shadow", whole, _dyed(mask, shadow.colour), shadow.opacity)


def _scrim(layer: ScrimLayer, bounds: PixelBox, cache: PaintCache) -> Iterator[Film]:
    pixels = _dyed(np.zeros((bounds.height, bounds.width), np.uint8), layer.colour)
    for band, ink, mask in scrim_bands(layer, bounds, cache):
        part = _turned(ink)
        part[..., 3] = mask
        pixels[band.slices] = part
    yield Film(_title(layer), bounds, pixels, blend=layer.blend)


def _logo(layer: LogoLayer, logo: Logo) -> Iterator[Film]:
    box = snapped(layer.box)
    yield Film(_title(layer), box, _straight(logo_film(logo, box.width, box.height, layer.tint)))


def _text(layer: TextLayer, bounds: PixelBox) -> Iterator[Film]:
    canvas = np.zeros((bounds.height, bounds.width, 4), np.uint8)
    lay_text(canvas, replace(layer, opacity=1.0))
    has_own_colours = any(run.colour for line in layer.block.lines for run in line.runs)
    pixels = _straight(canvas) if has_own_colours else _dyed(canvas[..., 3], layer.colour)
    name = _title(layer) if layer.role is Role.ICON else one_line(layer.block)
    yield Film(name, bounds, pixels, layer.opacity)


def _title(layer: Layer) -> str:
    return layer.role.value.replace("_", " ").capitalize()


def _dyed(alpha: Pixels, colour: Colour) -> Pixels:
    """One colour everywhere, also where it is clear: edges then stay clean when a designer grows them."""
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    pixels[..., :3] = colour
    pixels[..., 3] = alpha
    return pixels


def _straight(premultiplied: Pixels) -> Pixels:
    """RGBA of premultiplied BGRA."""
    alpha = premultiplied[..., 3:].astype(np.float32)
    colours = np.rint(premultiplied[..., 2::-1] * (255 / np.maximum(alpha, 1)))
    return np.concatenate([np.minimum(colours, 255).astype(np.uint8), premultiplied[..., 3:]], axis=-1)


def _turned(picture: Pixels) -> Pixels:
    """RGBA of BGRA, a copy."""
    return np.ascontiguousarray(picture[..., [2, 1, 0, 3]])


def _trimmed(film: Film, bounds: PixelBox) -> Film | None:
    """``film`` cut down to what can be seen of it, or None."""
    inside = film.box.clipped(bounds)
    pixels = film.pixels[inside.moved(-film.box.x, -film.box.y).slices]
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis=axis)) for axis in (1, 0))
    if rows.size == 0:
        return None
    top, left = int(rows[0]), int(columns[0])
    seen = PixelBox(inside.x + left, inside.y + top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)
    return replace(film, box=seen, pixels=pixels[seen.moved(-inside.x, -inside.y).slices])
