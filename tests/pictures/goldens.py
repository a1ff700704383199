# SPDX-License-Identifier: Apache-2.0
"""Golden pictures: what the engine drew when somebody last looked and liked it.

`python -m tests.pictures.goldens` (or `make goldens`) draws them anew; look at each before you keep it.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from affiche.creative.formats import Format, format_of, kind_named
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint
from tests.pictures.briefs import OWN, campaign

FOLDER = Path(__file__).parent / "golden"
LONGEST = 560
_QUALITY = 96


@dataclass(frozen=True, slots=True)
class Golden:
    """One creative that is compared: a brief of the project's own, a size, a variant."""

    case: str
    format: str
    variant: int

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.case}-{self.format}-v{self.variant}.webp"


GOLDENS = (
    *(Golden("calm", "post", variant) for variant in range(1, 6)),
    *(Golden("poppins", "story", variant) for variant in (1, 3, 5)),
    *(Golden("busy", "landscape", variant) for variant in (1, 2, 4)),
    *(Golden("night", "leaderboard", variant) for variant in (1, 2, 3, 5)),
    *(Golden("busy", "skyscraper", variant) for variant in (2, 3, 5)),
    *(Golden("portrait", "vertical", variant) for variant in (2, 3)),
    *(Golden("calm", "half-page", variant) for variant in (2, 3)),
    *(Golden("poppins", "medium-banner", variant) for variant in (1, 2)),
    Golden("arabic", "post", 2),
    Golden("hindi", "landscape", 2),
    Golden("thai", "vertical", 3),
    Golden("german", "pin", 2),
    Golden("long", "post", 2),
    Golden("described", "landscape", 3),
)


def drawn(golden: Golden, cache: PaintCache | None = None) -> NDArray[np.uint8]:
    """The creative as it is drawn today, BGR, its long side at most 560 px."""
    format = format_of(kind_named(golden.format))
    return reduced(painted(golden.case, format, golden.variant, cache), LONGEST / max(format.width, format.height))


def painted(case: str, format: Format, variant: int, cache: PaintCache | None = None) -> NDArray[np.uint8]:
    """A creative of one of the project's own briefs as it is drawn today, BGR."""
    opened = campaign(next(own for own in OWN if own.name == case))
    return paint(opened.compose(format, variant), opened.photo, opened.logo, cache)[..., :3]


def reduced(picture: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """``picture`` at ``scale``, never enlarged."""
    if scale >= 1:
        return np.ascontiguousarray(picture)
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def similarity(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean structural similarity of the luminance of two BGR pictures of one size, 1 for equal ones (Wang et al. 2004)."""
    a, b = (cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float64) for picture in (one, other))

    def local(picture: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(cv2.GaussianBlur(picture, (11, 11), 1.5), np.float64)

    mean_a, mean_b = local(a), local(b)
    spread_a, spread_b = local(a * a) - mean_a**2, local(b * b) - mean_b**2
    shared = local(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_a * mean_b + c1) * (2 * shared + c2)
    return float((top / ((mean_a**2 + mean_b**2 + c1) * (spread_a + spread_b + c2))).mean())


def colour_shift(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The largest difference of any 1/8 of the pictures' mean colours, in levels of 0..255."""
    means = [cv2.resize(picture, (8, 8), interpolation=cv2.INTER_AREA).astype(np.int16) for picture in (one, other)]
    return float(np.abs(means[0] - means[1]).max())


def write_anew(folder: Path, pictures: Iterable[tuple[Path, NDArray[np.uint8]]]) -> None:
    """Keep ``pictures`` as the only golden ones of ``folder``, and name each."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    for path, picture in pictures:
        # The halved colours are sharpened, or saturated ones would lose their mean.
        image = pyvips.Image.new_from_array(np.ascontiguousarray(picture[..., ::-1]), interpretation="srgb")
        image.webpsave(str(path), Q=_QUALITY, smart_subsample=True, keep="none")
        sys.stdout.write(f"{path.name}\n")


def rewrite() -> None:
    cache = PaintCache()
    write_anew(FOLDER, ((golden.path, drawn(golden, cache)) for golden in GOLDENS))


if __name__ == "__main__":
    rewrite()
