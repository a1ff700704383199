# SPDX-License-Identifier: Apache-2.0
"""The logo at its final size."""

import numpy as np

from affiche.creative.composition import Box, LogoLayer
from affiche.images.colour import Colour
from affiche.images.native import cv2
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import flat, lay_film
from affiche.paint.outlines import PixelBox, snapped
from affiche.vision.logo import Logo


def lay_logo(canvas: Pixels, layer: LogoLayer, logo: Logo, cache: PaintCache) -> None:
    """Draw ``logo`` on ``canvas`` in place, its ink filling the layer's box."""
    box = snapped(layer.box)
    seen = box.clipped(PixelBox(0, 0, canvas.shape[1], canvas.shape[0]))
    if seen.is_empty:
        return
    key = ("logo", cache.token(logo.pixels), box.width, box.height, layer.tint)
    film = cache.get(key, lambda: logo_film(logo, box.width, box.height, layer.tint))
    film = film[seen.moved(-box.x, -box.y).slices].copy()
    mask = film[..., 3].copy()
    film[..., 3] = 0
    lay_film(canvas, seen, film, mask)


def logo_film(logo: Logo, width: int, height: int, tint: Colour | None = None) -> Pixels:
    """``logo`` resampled to (height, width, 4) premultiplied BGRA; ``tint`` repaints its ink."""
    whole = Box(0, 0, logo.cover.width, logo.cover.height)
    alpha = logo.cover.picture(whole, width, height)[..., 0]
    mask = np.asarray(cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGRA), np.uint8)
    if tint is None:
        # Each colour is resampled by itself; rounding must not lift one above its alpha.
        film = np.minimum(logo.ink.picture(whole, width, height), mask)
    else:
        film = np.asarray(cv2.multiply(mask, flat(width, height, tint), scale=1 / 255), np.uint8)
    film[..., 3] = alpha
    return film
