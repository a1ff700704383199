# SPDX-License-Identifier: Apache-2.0
"""Soft shadows under panels and buttons."""

import math
from typing import Final

import numpy as np

from affiche.creative.composition import FillLayer, Shadow
from affiche.images.native import cv2
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import stain
from affiche.paint.outlines import PixelBox, coverage, local, solid_part

# From this sigma on the blur is computed at half or a quarter of the size; its result has no detail to lose.
_FINE_SIGMA: Final = 6.0


def lay_shadow(canvas: Pixels, layer: FillLayer, shadow: Shadow, box: PixelBox, cache: PaintCache) -> None:
    """Draw ``layer``'s shadow on ``canvas`` in place, only where the layer will not cover it.

    As in CSS, a translucent panel does not show its own shadow through itself.
    """
    if shadow.opacity <= 0:
        return
    whole, mask = shadow_mask(layer, shadow, box, cache)
    bounds = PixelBox(0, 0, canvas.shape[1], canvas.shape[0])
    hidden = solid_part(layer.outline, box).clipped(whole)
    for strip in whole.around(hidden):
        seen = strip.clipped(bounds)
        if not seen.is_empty:
            part = mask[seen.moved(-whole.x, -whole.y).slices]
            stain(canvas, seen, part, shadow.colour, shadow.opacity)


def shadow_mask(layer: FillLayer, shadow: Shadow, box: PixelBox, cache: PaintCache) -> tuple[PixelBox, Pixels]:
    """Where ``shadow`` falls and how dense it is there before its opacity: (height, width), 0..255. Nothing falls
    under a translucent ``layer``, whose box on the pixel grid is ``box``."""
    reach = math.ceil(3 * shadow.blur)
    dx, dy = round(shadow.dx), round(shadow.dy)
    whole = PixelBox(box.x + dx - reach, box.y + dy - reach, box.width + 2 * reach, box.height + 2 * reach)
    return whole, _mask(layer, shadow.blur, box, whole, cache)


def _mask(layer: FillLayer, sigma: float, box: PixelBox, whole: PixelBox, cache: PaintCache) -> Pixels:
    outline = local(layer.outline, box)
    offset = (box.x - whole.x, box.y - whole.y)
    reach = (whole.width - box.width) // 2
    key = ("shadow", outline, box.width, box.height, sigma)
    shape = coverage(layer.outline, box, cache)
    if layer.opacity >= 1:
        return cache.get(key, lambda: _blurred(shape, sigma, reach))
    return cache.get((*key, offset), lambda: _knocked_out(_blurred(shape, sigma, reach), shape, offset))


def _blurred(mask: Pixels, sigma: float, reach: int) -> Pixels:
    padded = cv2.copyMakeBorder(mask, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0)
    if sigma <= 0:
        return np.array(padded, np.uint8)
    height, width = padded.shape
    factor = min(8, 2 ** max(0, int(math.log2(sigma / _FINE_SIGMA)) + 1)) if sigma >= _FINE_SIGMA else 1
    small = padded
    if factor > 1:
        small = cv2.resize(padded, (-(-width // factor), -(-height // factor)), interpolation=cv2.INTER_AREA)
    across, down = sigma * small.shape[1] / width, sigma * small.shape[0] / height
    soft = cv2.GaussianBlur(small, (0, 0), sigmaX=across, sigmaY=down, borderType=cv2.BORDER_CONSTANT)
    if factor > 1:
        # Linear is within a level of the exact blur here: the reduced one has no detail.
        soft = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(soft, np.uint8)


def _knocked_out(mask: Pixels, shape: Pixels, offset: tuple[int, int]) -> Pixels:
    """``mask`` without what lies under the panel, whose ``shape`` has its top left corner at ``offset``."""
    inner = PixelBox(*offset, shape.shape[1], shape.shape[0])
    seen = inner.clipped(PixelBox(0, 0, mask.shape[1], mask.shape[0]))
    if not seen.is_empty:
        free = cv2.bitwise_not(np.ascontiguousarray(shape[seen.moved(-inner.x, -inner.y).slices]))
        area = mask[seen.slices]
        cv2.multiply(area, free, dst=area, scale=1 / 255)
    return mask
