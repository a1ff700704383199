# SPDX-License-Identifier: Apache-2.0
"""Golden pictures of the studio: drawn products in shipped plates, as they looked when somebody last liked them.

`python -m tests.pictures.studio_goldens` (or `make goldens`) makes them anew; look at each before you keep it.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from affiche.samples.wares import bag, bottle
from affiche.studio.presets import preset_named
from affiche.studio.studio import Studio

FOLDER = Path(__file__).parent / "golden-studio"
PRODUCTS = {"bottle": bottle, "bag": bag}


@dataclass(frozen=True, slots=True)
class Golden:
    preset: str
    product: str
    variant: int = 1
    size: tuple[int, int] = (558, 210)

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.preset}-{self.product}-v{self.variant}-{self.size[0]}x{self.size[1]}.webp"


GOLDENS = (
    Golden("white_background", "bottle"),
    Golden("on_platform_natural_beige_background", "bag"),
    Golden("on_platform_powder_blue_background", "bottle", 2),
    Golden("gray_shadowy_room_sunlight_streaming_studio", "bag"),
    Golden("thanksgiving_rustic_scene", "bottle"),
    Golden("white_pink_yellow_gradient_background_monochrome", "bag", 3, (320, 320)),
    Golden("mid_century_modern_office", "bottle", 1, (240, 420)),
    Golden("city_lights_on_black_glass", "bottle"),
    Golden("burgundy_velvet_cushion", "bottle", 4),
)


def drawn(golden: Golden, studio: Studio) -> NDArray[np.uint8]:
    """The picture as it is made today, BGR."""
    made = studio.picture(preset_named(golden.preset), PRODUCTS[golden.product](500), *golden.size, golden.variant)
    return np.ascontiguousarray(made[..., ::-1])


def rewrite() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    studio = Studio()
    for golden in GOLDENS:
        cv2.imwrite(str(golden.path), drawn(golden, studio), [cv2.IMWRITE_WEBP_QUALITY, 92])
        sys.stdout.write(f"{golden.path.name}\n")


if __name__ == "__main__":
    rewrite()
