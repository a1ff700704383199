# SPDX-License-Identifier: Apache-2.0
"""The studio inside a render process: product photos, pictures of presets, and a first look at a stranger's photo."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.appraisal import engine_versions
from affiche.images.decode import decode_picture
from affiche.images.encode import ImageFormat, encode, thumbnail
from affiche.images.native import cv2
from affiche.images.png import png_rgba
from affiche.jobs.rendering.messages import (
    FetchPicture,
    Made,
    PreviewRequest,
    Recognised,
    RecogniseRequest,
    ShootRequest,
    Shot,
)
from affiche.recognition import recommend
from affiche.retouch.canvas import Film
from affiche.studio.engine import SceneEngine
from affiche.vision.cutout import ClassicalCutter, Cutter, cut_out

Pixels = NDArray[np.uint8]

LARGEST_CUTOUT: Final = 2048
"""Px of a cut-out's long side: more than a product measures in any picture of the studio."""

PREVIEW_SIZE: Final = (640, 480)
_PREVIEW_QUALITY: Final = 84


class Photography:
    """Keeps the last cut-out decoded: the pictures of a photoshoot come one after the other."""

    def __init__(self, studio: SceneEngine, cutter: Cutter | None = None) -> None:
        self._studio = studio
        self._cutter = cutter or ClassicalCutter()
        self._last: tuple[str, Pixels] | None = None

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot:
        """Raises `NotFaithful` for a picture whose product would not look like the cut-out."""
        taken = self._studio.photograph(
            request.preset,
            self._cutout(request.cutout_digest, fetch),
            request.width,
            request.height,
            request.variant,
            request.seed,
            personal=request.personal,
        )
        canvas = _canvas(taken.pixels)
        return Shot(
            encode(canvas, ImageFormat.PNG),
            thumbnail(canvas),
            request.width,
            request.height,
            engine_versions(),
            taken.receipt.to_json(),
            taken.receipt.difference_map,
        )

    def preview(self, request: PreviewRequest) -> Made:
        """The empty stage: it is the scene that is chosen, for whatever product."""
        picture = self._studio.picture(request.preset, None, *PREVIEW_SIZE)
        return Made(encode(_canvas(picture), ImageFormat.WEBP, _PREVIEW_QUALITY), ImageFormat.WEBP)

    def recognise(self, request: RecogniseRequest) -> Recognised:
        cut = cut_out(decode_picture(request.content), self._cutter)
        pixels = _within(cut.trimmed, LARGEST_CUTOUT)
        said = recommend(pixels)
        height, width = pixels.shape[:2]
        return Recognised(
            png_rgba(pixels),
            width,
            height,
            cut.confidence,
            said.product_name,
            said.product_description,
            said.prompts,
            said.preset_ids,
        )

    def _cutout(self, digest: str, fetch: FetchPicture) -> Pixels:
        if self._last is None or self._last[0] != digest:
            self._last = digest, decode_picture(fetch(digest))
        return self._last[1]


def _canvas(rgb: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA), np.uint8)


def _within(cutout: Pixels, long_side: int) -> Pixels:
    """The cut-out, made smaller if it is larger than ``long_side`` px."""
    height, width = cutout.shape[:2]
    scale = long_side / max(width, height)
    if scale >= 1:
        return cutout
    return Film.of(cutout, max(1, round(width * scale)), max(1, round(height * scale))).pixels
