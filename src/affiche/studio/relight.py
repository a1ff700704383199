# SPDX-License-Identifier: Apache-2.0
"""The scene's light on the product, within bounds: its colours are the product's own and stay true.

The plate's card says how much light of each group falls where the product stands; its pattern (bars of a window,
leaves) is laid over the product, its tint only hinted at. Shading by the guessed form is gentle, because the photo
already has its own."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.studio.film import LUMINANCE, light_of, shoulder, to_codes, to_linear
from affiche.studio.geometry import CARD_HEIGHT, CARD_WIDTH, View
from affiche.studio.look import Look
from affiche.studio.plate import Plate
from affiche.studio.product import Solid

Floats = NDArray[np.float32]

_TINT: Final = 0.20
_MOST_TINT: Final = 0.10
_DARKEST, _BRIGHTEST = 0.42, 1.7
_LEAST, _MOST = 0.34, 1.9
"""What all of it together leaves of a product's light at least, and gives at most: no colour moves by more than 30
(CIEDE2000)."""
_FORM: Final = 0.16
_GROUND_SHADE: Final = 0.20


def light_on(solid: Solid, plate: Plate, look: Look, view: View, scale: float, x: float) -> Floats:
    """What linear RGB of the product is multiplied by under the plate's light, (height, width, 3). It hangs on the
    product's outline, never on its colours. ``scale`` is px per unit, ``x`` the foot's place."""
    key, fill = _card(plate, look, solid.alpha.shape, scale, x - plate.meta.stand[0])
    covered = float(solid.alpha.sum())
    mean = ((key + fill) * solid.alpha[..., None]).sum((0, 1)) / covered
    level = np.clip(((key + fill) @ LUMINANCE) / float(mean @ LUMINANCE), 0.05, 4)
    gain = np.clip(level**look.pattern, _DARKEST, _BRIGHTEST)
    gain *= _form(solid, plate, view)
    gain *= np.float32(look.product) * covered / float((gain * solid.alpha).sum())
    tint = np.clip(1 + _TINT * (mean / float(mean @ LUMINANCE) - 1), 1 - _MOST_TINT, 1 + _MOST_TINT)
    rise = np.arange(solid.alpha.shape[0], 0, -1, dtype=np.float32)[:, None] / solid.alpha.shape[0]
    gain *= 1 - _GROUND_SHADE * np.exp(-rise / 0.045)
    return np.asarray(np.clip(gain, _LEAST, _MOST)[..., None] * tint, np.float32)


def relit(rgb: Floats, light: Floats) -> Floats:
    """Linear RGB of straight sRGB 0..1 in ``light``."""
    return np.asarray(to_linear(rgb) * light, np.float32)


def exposed(linear: Floats) -> Floats:
    """Display codes 0..1 of a lit product."""
    return to_codes(shoulder(linear))


def _card(plate: Plate, look: Look, shape: tuple[int, ...], scale: float, x: float) -> tuple[Floats, Floats]:
    """Light of both groups over the product's pixels."""
    height, width = shape
    rows, columns = plate.card_key.shape[:2]
    across = ((np.arange(width, dtype=np.float32) - width / 2) / scale + x + CARD_WIDTH / 2) * (columns / CARD_WIDTH)
    down = (CARD_HEIGHT - np.arange(height, 0, -1, dtype=np.float32) / scale) * (rows / CARD_HEIGHT)
    x_map = np.ascontiguousarray(np.broadcast_to(across - 0.5, shape), np.float32)
    y_map = np.ascontiguousarray(np.broadcast_to(down[:, None] - 0.5, shape), np.float32)
    radiance, groups = plate.radiance(), []
    for codes, tint, level in ((plate.card_key, look.key_tint, look.key), (plate.card_fill, look.fill_tint, look.fill)):
        light = radiance[codes] * light_of(tint) * np.float32(level)
        seen = cv2.remap(light, x_map, y_map, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        groups.append(np.asarray(seen, np.float32))
    return groups[0], groups[1]


def _form(solid: Solid, plate: Plate, view: View) -> Floats:
    """Shading of the guessed form under the key, around 1."""
    soft = cv2.GaussianBlur(solid.thickness, (0, 0), max(1.5, solid.half_depth * 0.12))
    across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.125)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.125)
    steep = 1 / np.sqrt(1 + across * across + down * down)
    away = np.subtract(plate.meta.key_at, plate.meta.stand)
    away = away / np.linalg.norm(away)
    lit = steep * np.float32(-(away @ view.forward)) - across * steep * np.float32(away @ view.right)
    lit += down * steep * np.float32(away @ view.up)
    return np.asarray(1 + _FORM * (np.clip(lit, -0.3, 1) - np.float32(0.5)), np.float32)
