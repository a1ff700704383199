# SPDX-License-Identifier: Apache-2.0
"""The logo at its final size."""

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import LogoLayer
from affiche.images.colour import Colour
from affiche.images.native import cv2, pyvips
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import lay_film
from affiche.paint.outlines import PixelBox, snapped
from affiche.vision.logo import Logo


def lay_logo(canvas: Pixels, layer: LogoLayer, logo: Logo, cache: PaintCache) -> None:
    """Draw ``logo`` on ``canvas`` in place, its ink filling the layer's box."""
    box = snapped(layer.box)
    seen = box.clipped(PixelBox(0, 0, canvas.shape[1], canvas.shape[0]))
    if seen.is_empty:
        return
    key = ("logo", cache.token(logo.pixels), box.width, box.height, layer.tint)
    film = cache.get(key, lambda: logo_film(logo.pixels, box.width, box.height, layer.tint, cache))
    film = film[seen.moved(-box.x, -box.y).slices].copy()
    mask = film[..., 3].copy()
    film[..., 3] = 0
    lay_film(canvas, seen, film, mask)


def logo_film(
    pixels: Pixels, width: int, height: int, tint: Colour | None = None, cache: PaintCache | None = None
) -> Pixels:
    """RGBA ``pixels`` (straight alpha) resampled to (height, width, 4) premultiplied BGRA.

    Halved by exact boxes while twice too large, then libvips' Lanczos, all on premultiplied floats, so that the colour
    hidden under clear pixels never bleeds into an edge. ``cache`` keeps the halved copies for other sizes.
    """
    halvings = 0
    while -(-pixels.shape[1] // 2**halvings) >= 2 * width and -(-pixels.shape[0] // 2**halvings) >= 2 * height:
        halvings += 1
    premultiplied = _premultiplied(pixels, tint, halvings, PaintCache() if cache is None else cache)
    rows, columns = premultiplied.shape[:2]
    if (rows, columns) != (height, width):
        image = pyvips.Image.new_from_memory(premultiplied.tobytes(), columns, rows, 4, "float")
        image = image.resize(width / columns, vscale=height / rows, kernel="lanczos3")
        resampled = np.frombuffer(image.write_to_memory(), np.float32).reshape(image.height, image.width, 4)
        # libvips rounds the size itself; one row more or less is possible for odd ratios.
        if resampled.shape[:2] != (height, width):
            resampled = np.asarray(cv2.resize(resampled, (width, height), interpolation=cv2.INTER_AREA), np.float32)
        premultiplied = resampled
    film = np.clip(np.rint(premultiplied), 0, 255).astype(np.uint8)
    np.minimum(film[..., :3], film[..., 3:], out=film[..., :3])
    return film


def _premultiplied(pixels: Pixels, tint: Colour | None, halvings: int, cache: PaintCache) -> NDArray[np.float32]:
    """BGRA times alpha in 0..255, halved ``halvings`` times."""

    def make() -> NDArray[np.float32]:
        if halvings:
            return _halved(_premultiplied(pixels, tint, halvings - 1, cache))
        alpha = pixels[..., 3:].astype(np.float32) / 255
        colours = pixels[..., :3] if tint is None else np.broadcast_to(np.array(tint, np.uint8), pixels[..., :3].shape)
        whole = np.concatenate([colours[..., ::-1] * alpha, alpha * 255], axis=-1)
        return np.asarray(whole, np.float32)

    return cache.get(("premultiplied", cache.token(pixels), tint, halvings), make)


def _halved(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    rows, columns = picture.shape[:2]
    padded = cv2.copyMakeBorder(picture, 0, rows % 2, 0, columns % 2, cv2.BORDER_REPLICATE)
    size = (padded.shape[1] // 2, padded.shape[0] // 2)
    return np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), np.float32)
