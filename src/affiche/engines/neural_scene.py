# SPDX-License-Identifier: Apache-2.0
"""Scenes that no plate has: the studio's picture is where a neural painter starts from, and the product in the result
is the product of the photo.

The studio's picture has everything in its place: the product, its shadow, the light's direction. The painter repaints
what is not the product by the prompt. Of its picture nothing is taken where the product is and close to it, so that
the product stays as the studio has lit it, to the bit, and stands on its own contact shadow: the receipt holds whatever
the network painted.
"""

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.engines.painter import Painter
from affiche.fidelity import require_faithful
from affiche.images.native import cv2
from affiche.studio.engine import SceneEngine
from affiche.studio.preset import Preset
from affiche.studio.studio import Photograph

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_KEPT: Final = 0.008
_FADE: Final = 0.012
"""How far around the product nothing is repainted, and over what the painting fades in; by the picture's long side."""
_STYLE: Final = "professional product photography, soft natural light, photorealistic, high detail"


class NeuralScene:
    """A `SceneEngine`: pictures begin in ``studio`` and are finished by ``painter``."""

    def __init__(self, studio: SceneEngine, painter: Painter) -> None:
        self._studio, self._painter = studio, painter

    @property
    def identity(self) -> str:
        return self._painter.identity

    def picture(
        self,
        preset: Preset,
        cutout: Bytes | None,
        width: int,
        height: int,
        variant: int = 1,
        seed: int = 0,
        *,
        personal: bool = True,
    ) -> Bytes:
        """As `Studio.picture` does; ``preset.prompt`` says what is painted."""
        if cutout is not None:
            return self.photograph(preset, cutout, width, height, variant, seed, personal=personal).pixels
        begun = self._studio.picture(preset, None, width, height, variant, seed, personal=personal)
        everywhere = np.full((height, width), 255, np.uint8)
        return self._painter.paint(begun, everywhere, _asked(preset, empty=True), _seed(preset, variant, seed))

    def photograph(
        self,
        preset: Preset,
        cutout: Bytes,
        width: int,
        height: int,
        variant: int = 1,
        seed: int = 0,
        *,
        personal: bool = True,
    ) -> Photograph:
        """As `Studio.photograph` does."""
        begun = self._studio.photograph(preset, cutout, width, height, variant, seed, personal=personal)
        share = _repainted(begun.subject.cover)
        mask = np.asarray(np.where(share > 0, 255, 0), np.uint8)
        painted = self._painter.paint(begun.pixels, mask, _asked(preset, empty=False), _seed(preset, variant, seed))
        pixels = _mixed(begun.pixels, painted, share)
        return Photograph(pixels, require_faithful(begun.subject.receipt(pixels)), begun.subject)


def _repainted(cover: Floats) -> Floats:
    """The share of the painter's picture at every pixel, 0 at the product and close to it."""
    side = max(cover.shape)
    kept, fade = max(2.0, _KEPT * side), max(2.0, _FADE * side)
    away = cv2.distanceTransform(np.asarray(cover < 0.02, np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    return np.asarray(np.clip((away - kept) / fade, 0, 1), np.float32)


def _mixed(begun: Bytes, painted: Bytes, share: Floats) -> Bytes:
    """``painted`` over ``begun``, which stays to the bit where the share is 0."""
    mixed = begun + (painted.astype(np.float32) - begun) * share[..., None]
    return np.asarray(np.rint(np.clip(mixed, 0, 255)), np.uint8)


def _asked(preset: Preset, *, empty: bool) -> str:
    words = preset.prompt.strip(" ,.")
    subject = "an empty scene" if empty else "a product standing in its place"
    return f"{subject}, {words}, {_STYLE}"


def _seed(preset: Preset, variant: int, seed: int) -> int:
    """Another one for each prompt, variant and seed."""
    told = f"{preset.prompt} {variant} {seed}".encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:7], "big")
