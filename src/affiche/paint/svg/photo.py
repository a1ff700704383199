# SPDX-License-Identifier: Apache-2.0
"""The photo in an SVG: one JPEG in the definitions, shown by every layer that needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from affiche.creative.composition import Box, PhotoLayer, Treatment
from affiche.creative.crop import union
from affiche.images.duotone import tone_table
from affiche.images.encode import ImageFormat, encode
from affiche.images.resample import PhotoPyramid
from affiche.paint.outlines import PixelBox, is_plain, snapped
from affiche.paint.svg.markup import colour, data_url, element, link, number, place
from affiche.paint.svg.shapes import path_of

_QUALITY: Final = 97
_KEY: Final = "photo-pixels"
_TONES: Final = 86


@dataclass(frozen=True, slots=True)
class EmbeddedPhoto:
    """The ``source`` part of the photo (its px) as a JPEG of ``width`` x ``height`` px."""

    source: Box
    width: int
    height: int
    content: bytes

    @property
    def definition(self) -> str:
        return element(
            "image",
            id=_KEY,
            width=self.width,
            height=self.height,
            preserveAspectRatio="none",
            **link(data_url("image/jpeg", self.content)),
        )


def embedded(layers: Sequence[PhotoLayer], photo: PhotoPyramid) -> EmbeddedPhoto:
    """What ``layers`` show together, as fine as the one that shows it largest."""
    source = union([layer.source for layer in layers])
    across = max(layer.box.width / layer.source.width for layer in layers)
    down = max(layer.box.height / layer.source.height for layer in layers)
    width, height = max(1, round(source.width * across)), max(1, round(source.height * down))
    pixels = photo.picture(source, width, height)
    return EmbeddedPhoto(source, width, height, encode(pixels, ImageFormat.JPEG, _QUALITY))


def photo(layer: PhotoLayer, stored: EmbeddedPhoto, canvas: PixelBox, pyramid: PhotoPyramid, key: str) -> str:
    """``layer`` as the embedded photo, moved, clipped, toned and veiled."""
    box = snapped(layer.box)
    if box.clipped(canvas).is_empty:
        return ""
    clip = element("clipPath", _silhouette(layer, box), id=f"{key}-clip")
    filters = _filter(layer, box, canvas, pyramid, key)
    shown = element(
        "use", **link(f"#{_KEY}"), transform=_placing(layer, box, stored), image_rendering="optimizeQuality"
    )
    if filters:
        shown = element("g", shown, filter=f"url(#{key}-tone)")
    veil = ""
    if layer.veil is not None and layer.veil_opacity > 0:
        veil = element("rect", **place(box), fill=colour(layer.veil), fill_opacity=layer.veil_opacity)
    return element("defs", clip, *filters) + element("g", shown, veil, clip_path=f"url(#{key}-clip)")


def _silhouette(layer: PhotoLayer, box: PixelBox) -> str:
    if is_plain(layer.outline):
        return element("rect", **place(box))
    return element("path", d=path_of(layer.outline, box))


def _placing(layer: PhotoLayer, box: PixelBox, stored: EmbeddedPhoto) -> str:
    """From the embedded picture's px to the canvas."""
    across = box.width / layer.source.width * stored.source.width / stored.width
    down = box.height / layer.source.height * stored.source.height / stored.height
    left = box.x + (stored.source.x - layer.source.x) * box.width / layer.source.width
    top = box.y + (stored.source.y - layer.source.y) * box.height / layer.source.height
    numbers = " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in (across, 0.0, 0.0, down, left, top))
    return f"matrix({numbers})"


def _filter(layer: PhotoLayer, box: PixelBox, canvas: PixelBox, pyramid: PhotoPyramid, key: str) -> tuple[str, ...]:
    """The treatment as a filter in sRGB: a blur, or luminance through a table for each colour."""
    region = {"filterUnits": "userSpaceOnUse", "color_interpolation_filters": "sRGB"}
    if layer.blur > 0:
        reach = int(3 * layer.blur) + 1
        wide = PixelBox(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach)
        blur = element("feGaussianBlur", stdDeviation=layer.blur)
        return (element("filter", blur, id=f"{key}-tone", **place(wide), **region),)
    if layer.treatment is not Treatment.DUOTONE or layer.duotone is None:
        return ()
    shown = box.clipped(canvas)
    table = tone_table(pyramid.crop(layer.source, shown.width, shown.height), *layer.duotone)
    luminance = element("feColorMatrix", type="matrix", values=" ".join(["0.299 0.587 0.114 0 0"] * 3 + ["0 0 0 1 0"]))
    steps = [round(step * 255 / (_TONES - 1)) for step in range(_TONES)]
    functions = (
        element(name, type="table", tableValues=" ".join(number(float(table[step, channel]) / 255) for step in steps))
        for channel, name in enumerate(("feFuncR", "feFuncG", "feFuncB"))
    )
    transfer = element("feComponentTransfer", *functions)
    return (element("filter", luminance, transfer, id=f"{key}-tone", **place(box), **region),)
