# SPDX-License-Identifier: Apache-2.0
"""A `Composition` as pixels."""

from collections.abc import Iterable

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
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import fill, lay_picture, new_canvas, stain
from affiche.paint.emblem import lay_logo
from affiche.paint.glyphs import lay_text
from affiche.paint.outlines import PixelBox, coverage, is_plain, snapped, solid_part
from affiche.paint.photo import cover
from affiche.paint.scrim import lay_scrim
from affiche.paint.shadow import lay_shadow
from affiche.vision.logo import Logo


def paint(composition: Composition, photo: PhotoPyramid, logo: Logo, cache: PaintCache | None = None) -> Pixels:
    """The finished creative: (height, width, 4) uint8 BGRA, alpha 255 everywhere.

    ``cache`` keeps silhouettes, shadows and logos between creatives; the pixels are the same with and without it.
    """
    return _painted(composition, composition.layers, photo, logo, cache)


def paint_behind(
    composition: Composition,
    role: Role | None,
    photo: PhotoPyramid,
    logo: Logo,
    cache: PaintCache | None = None,
) -> Pixels:
    """What a reader sees around the letters of ``role``: every layer below the first one of that role except texts.

    With None, or a role that is not in the composition, all layers except texts. Same shape as `paint`'s result.
    """
    return _painted(composition, layers_behind(composition, role), photo, logo, cache)


def _painted(
    composition: Composition, layers: tuple[Layer, ...], photo: PhotoPyramid, logo: Logo, cache: PaintCache | None
) -> Pixels:
    """A photo that fills the canvas becomes the canvas, without a copy."""
    bounds = PixelBox(0, 0, composition.format.width, composition.format.height)
    match layers:
        case (PhotoLayer() as first, *rest) if is_plain(first.outline) and snapped(first.box) == bounds:
            canvas = cover(first, bounds, bounds, photo)
        case _:
            canvas, rest = new_canvas(bounds.width, bounds.height), list(layers)
    paint_layers(canvas, rest, photo, logo, cache)
    return canvas


def layers_behind(composition: Composition, role: Role | None) -> tuple[Layer, ...]:
    """The layers that `paint_behind` draws, from back to front."""
    roles = [layer.role for layer in composition.layers]
    end = roles.index(role) if role in roles else len(roles)
    return tuple(layer for layer in composition.layers[:end] if not isinstance(layer, TextLayer))


def paint_layers(
    canvas: Pixels,
    layers: Iterable[Layer],
    photo: PhotoPyramid,
    logo: Logo,
    cache: PaintCache | None = None,
) -> None:
    """Draw ``layers`` from back to front on ``canvas`` in place, so that work on a common ground is done once."""
    cache = PaintCache() if cache is None else cache
    for layer in layers:
        match layer:
            case PhotoLayer():
                _lay_photo(canvas, layer, photo, cache)
            case FillLayer():
                _lay_fill(canvas, layer, cache)
            case ScrimLayer():
                lay_scrim(canvas, layer, cache)
            case LogoLayer():
                lay_logo(canvas, layer, logo, cache)
            case TextLayer():
                lay_text(canvas, layer)


def _bounds(canvas: Pixels) -> PixelBox:
    return PixelBox(0, 0, canvas.shape[1], canvas.shape[0])


def _lay_photo(canvas: Pixels, layer: PhotoLayer, photo: PhotoPyramid, cache: PaintCache) -> None:
    box = snapped(layer.box)
    shown = box.clipped(_bounds(canvas))
    if shown.is_empty:
        return
    picture = cover(layer, box, _bounds(canvas), photo)
    if is_plain(layer.outline):
        lay_picture(canvas, shown, picture)
        return
    mask = coverage(layer.outline, box, cache)
    whole = solid_part(layer.outline, box).clipped(shown)
    if not whole.is_empty:
        lay_picture(canvas, whole, picture[whole.moved(-shown.x, -shown.y).slices])
    for strip in shown.around(whole):
        part = picture[strip.moved(-shown.x, -shown.y).slices]
        lay_picture(canvas, strip, part, mask[strip.moved(-box.x, -box.y).slices])


def _lay_fill(canvas: Pixels, layer: FillLayer, cache: PaintCache) -> None:
    box = snapped(layer.box)
    if layer.shadow is not None:
        lay_shadow(canvas, layer, layer.shadow, box, cache)
    shown = box.clipped(_bounds(canvas))
    if shown.is_empty or layer.opacity <= 0:
        return
    if is_plain(layer.outline):
        fill(canvas, shown, layer.colour, layer.opacity)
        return
    mask = coverage(layer.outline, box, cache)
    whole = solid_part(layer.outline, box).clipped(shown)
    if not whole.is_empty:
        fill(canvas, whole, layer.colour, layer.opacity)
    for strip in shown.around(whole):
        stain(canvas, strip, mask[strip.moved(-box.x, -box.y).slices], layer.colour, layer.opacity)
