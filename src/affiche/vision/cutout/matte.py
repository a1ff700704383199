# SPDX-License-Identifier: Apache-2.0
"""From a coarse outline to soft edges without the old background in them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.vision.cutout.backdrop import Mask
from affiche.vision.cutout.floor import Ground, linear
from affiche.vision.cutout.matting import closed_form, unmixed

Map = NDArray[np.float32]
Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]

_WORKING_AREA: Final = 300_000
"""Pixels that are matted at once: the Laplacian takes 400 bytes for each, and a worker has 600 MB in all."""
_UNSURE: Final = 1.6
_MARGIN: Final = 6
_CLEAR: Final = 0.03
_TELLING: Final = (0.06, 0.20)
_TRUSTED: Final = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Matte:
    """RGBA ``pixels`` (height, width, 4) of the photo's size with straight alpha, black where nothing is."""

    pixels: Pixels


def matted(rgb: Pixels, mask: Mask, ground: Ground | None = None, doubtful: Mask | None = None) -> Matte:
    """The part of an RGB photo (height, width, 3) that ``mask`` outlines on a small copy of it.

    ``ground``, the stage of the same small copy, tells shades of it from the product's edge; ``doubtful`` parts of
    the copy, such as hair, are matted too.
    """
    box = _around(mask, rgb.shape[:2])
    left, top, right, bottom = box
    part = np.ascontiguousarray(rgb[top:bottom, left:right])
    height, width = part.shape[:2]
    scale = min(1.0, float(np.sqrt(_WORKING_AREA / (height * width))))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    working = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA) / np.float32(255), np.float32)
    cell = max(1.0, size[0] / width * rgb.shape[1] / mask.shape[1])
    soft = np.asarray(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.7), np.float32)
    coarse = np.asarray(_placed(soft, rgb.shape[:2], box, size) > 0.5, np.uint8)
    trimap = _trimap(coarse, _UNSURE * cell)
    if doubtful is not None:
        trimap[_placed(doubtful.astype(np.float32), rgb.shape[:2], box, size) > 0.5] = 0.5
    if ground is not None and ground.tint > 0:
        _bare_outside(trimap, Ground(linear(working), _placed(ground.empty, rgb.shape[:2], box, size), ground.tint))
    alpha = _alpha(working, trimap)
    front, back = unmixed(working, alpha)
    cut = _cut(part, alpha, front, back)
    pixels = np.zeros((*rgb.shape[:2], 4), np.uint8)
    pixels[top:bottom, left:right] = cut
    return Matte(pixels)


def _around(mask: Mask, shape: tuple[int, ...]) -> Box:
    """The box of ``mask`` with a margin, in px of the photo."""
    height, width = shape
    x, y, w, h = cv2.boundingRect(mask.astype(np.uint8))
    across, down = width / mask.shape[1], height / mask.shape[0]
    left, top = int(max(0, (x - _MARGIN) * across)), int(max(0, (y - _MARGIN) * down))
    right, bottom = int(np.ceil((x + w + _MARGIN) * across)), int(np.ceil((y + h + _MARGIN) * down))
    return left, top, min(width, right), min(height, bottom)


def _placed(small: Map, shape: tuple[int, ...], box: Box, size: tuple[int, int]) -> Map:
    """The part ``box`` of a small map of the whole photo, on the working grid."""
    left, top, right, bottom = box
    across, down = small.shape[1] / shape[1], small.shape[0] / shape[0]
    step_x, step_y = (right - left) / size[0] * across, (bottom - top) / size[1] * down
    turn = np.array(
        [[step_x, 0, left * across + step_x / 2 - 0.5], [0, step_y, top * down + step_y / 2 - 0.5]], np.float32
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(small, turn, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _alpha(rgb: Map, trimap: Map) -> Map:
    if not (trimap == 1).any() or not (trimap == 0).any():
        return trimap
    solved = closed_form(rgb, trimap)
    if solved is None:
        return np.asarray(cv2.GaussianBlur(trimap, (0, 0), 1.0), np.float32)
    return np.asarray(np.clip((solved - _CLEAR) / (1 - 2 * _CLEAR), 0, 1), np.float32)


def _bare_outside(trimap: Map, ground: Ground) -> None:
    """Put unknown pixels that can only be the stage, and are open to it, outside; in place.

    A pixel that the product half covers has a colour between both, which may be that of the stage in shade: the last
    one before the product stays unknown."""
    bare = (ground.bare & (trimap < 1)) | (trimap == 0)
    opened = cv2.morphologyEx(bare.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels = cv2.connectedComponents(opened, connectivity=4)
    known = np.unique(labels[(trimap == 0) & (opened > 0)])
    stage = np.isin(labels, known[known > 0]).astype(np.uint8)
    trimap[cv2.erode(stage, np.ones((3, 3), np.uint8)) > 0] = 0


def _trimap(coarse: Pixels, unsure: float) -> Map:
    """Unknown within ``unsure`` px of the outline. Of parts that are thinner than that, the middle line is inside."""
    inside = np.asarray(cv2.distanceTransform(coarse, cv2.DIST_L2, 5), np.float32)
    outside = np.asarray(cv2.distanceTransform(1 - coarse, cv2.DIST_L2, 5), np.float32)
    ridge = (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8))) & (inside > 1.5)
    trimap = np.full(coarse.shape, 0.5, np.float32)
    trimap[(inside > unsure) | ridge] = 1
    trimap[(outside > unsure) & (coarse == 0)] = 0
    return trimap


def _cut(part: Pixels, alpha: Map, front: Map, back: Map) -> Pixels:
    """RGBA of the part at its full size. Where the matte was solved on fewer pixels, alpha is told anew along edges
    from each pixel's place between the colours of front and back."""
    height, width = part.shape[:2]
    colours = [np.rint(np.clip(one, 0, 1) * 255).astype(np.uint8) for one in (front, back)]
    if alpha.shape != (height, width):
        size = (width, height)
        alpha = np.clip(cv2.resize(alpha, size, interpolation=cv2.INTER_CUBIC), 0, 1)
        colours = [np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_LINEAR), np.uint8) for one in colours]
        near = cv2.morphologyEx(alpha, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0.02
        _refine(part, alpha, colours[0], colours[1], np.asarray(near))
    level = np.rint(alpha * 255).astype(np.uint8)
    cut = np.dstack([part, level])
    mixed = (level > 0) & (level < 255)
    cut[mixed, :3] = _front(part[mixed], alpha[mixed], colours[0][mixed], colours[1][mixed])
    cut[level == 0] = 0
    return cut


def _refine(part: Pixels, alpha: Map, front: Pixels, back: Pixels, where: Mask) -> None:
    """Set ``alpha`` at ``where``, in place; where front and back look alike the colour tells nothing and it stays."""
    ground, way = back[where].astype(np.float32), front[where].astype(np.float32)
    way -= ground
    length = (way**2).sum(axis=1)
    told = ((part[where] - ground) * way).sum(axis=1) / np.maximum(length, 1)
    low, high = (bound * 255 for bound in _TELLING)
    trust = np.clip((np.sqrt(length) - low) / (high - low), 0, 1)
    before = alpha[where]
    alpha[where] = before + trust * (np.clip(np.clip(told, 0, 1), before - _TRUSTED, before + _TRUSTED) - before)


def _front(mixed: Pixels, alpha: Map, front: Pixels, back: Pixels) -> Pixels:
    """The product's own colour in mixed pixels: what is left without the background where that is still most of it,
    the estimate from around where it is not."""
    share = alpha[:, None]
    own = (mixed - (1 - share) * back) / np.maximum(share, 0.05)
    blended = front + np.clip(2 * share - 0.8, 0, 1) * (np.clip(own, 0, 255) - front)
    return np.asarray(np.clip(np.rint(blended), 0, 255), np.uint8)
