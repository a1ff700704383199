# SPDX-License-Identifier: Apache-2.0
"""From scene light to a photograph: glow of the lens, vignette, film curve, grain."""

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import uniform


def develop(
    light: NDArray[np.float32],
    size: tuple[int, int],
    seed: int,
    exposure: float = 1.0,
    glow: float = 0.12,
    vignette: float = 0.22,
) -> NDArray[np.uint8]:
    """Linear RGB ``light`` (1 is a white card in the scene) as 8-bit sRGB of ``size`` (width, height).

    A lens is softer than a pixel: light computed on fewer pixels is enlarged, and only the grain is drawn on all.
    """
    height, width = light.shape[:2]
    small = cv2.resize(light, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    halo = cv2.GaussianBlur(small, (0, 0), max(0.8, width / 8 / 45))
    halo = cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)
    picture = np.asarray(cv2.addWeighted(light, 1 - glow, halo, glow, 0), np.float32)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None]
    falloff = 1 - np.float32(vignette) * np.minimum(1, (x * x + y * y) / 2) ** 1.5
    encoded = _curve(np.asarray(picture * (np.float32(exposure) * falloff), np.float32))
    if (width, height) != size:
        encoded = np.asarray(cv2.resize(encoded, size, interpolation=cv2.INTER_CUBIC), np.float32)
    rough = uniform(seed, 1024, 1024) + uniform(seed + 1, 1024, 1024) - 1
    grain = cv2.GaussianBlur(rough, (0, 0), 0.7, borderType=cv2.BORDER_REFLECT) * np.float32(7)
    across, down = -(-size[0] // 1024), -(-size[1] // 1024)
    grain = np.tile(grain, (down, across))[: size[1], : size[0]]
    cv2.add(encoded, cv2.merge([grain] * 3), dst=encoded)
    return np.asarray(cv2.convertScaleAbs(np.maximum(encoded, 0, out=encoded)), np.uint8)


def _curve(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """A filmic shoulder (after K. Narkowicz's fit of ACES), looked up, with the sRGB encoding built in; 0..255."""
    place = np.linspace(0, 2, 4096, dtype=np.float64) ** 2
    toned = place * (2.51 * place + 0.03) / (place * (2.43 * place + 0.59) + 0.14)
    toned = np.clip(toned, 0, 1)
    encoded = np.where(toned <= 0.0031308, 12.92 * toned, 1.055 * toned ** (1 / 2.4) - 0.055)
    table = (255 * encoded).astype(np.float32)
    index = np.sqrt(np.clip(picture, 0, 3.999)) * np.float32(4096 / 2)
    return np.take(table, index.astype(np.int32))
