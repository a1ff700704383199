# SPDX-License-Identifier: Apache-2.0
"""The project's own pictures: a logo and photos, all drawn by code: the same bytes on every run of one machine, while
processors that calculate differently may round a pixel in a hundred differently.

They are what the demonstration and the tests work on, so that neither needs a download or somebody else's rights.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2
from affiche.images.png import png_rgba
from affiche.samples.emblem import logo
from affiche.samples.lake import lake
from affiche.samples.market import market
from affiche.samples.portrait import portrait
from affiche.samples.snapshot import snapshot
from affiche.samples.still import still_life
from affiche.samples.street import night_street
from affiche.samples.wares import bag, bottle

Pixels = NDArray[np.uint8]

PHOTO_SIZE: Final = (3000, 2000)
LOGO_WIDTH: Final = 1200
SNAPSHOT_SIZE: Final = (1200, 1500)
_PAINTERS: Final = {
    "main": lake,
    "product": still_life,
    "busy": market,
    "portrait": portrait,
    "night": night_street,
}
_CUTOUTS: Final = {"bottle": bottle, "bag": bag}


class SamplePhotos(Mapping[str, Pixels]):
    """Sample photos by name, (height, width, 3) RGB; each is drawn when it is first asked for."""

    def __init__(self, size: tuple[int, int] = PHOTO_SIZE) -> None:
        self._size = size

    def __getitem__(self, name: str) -> Pixels:
        return _drawn(name, *self._size)

    def __iter__(self) -> Iterator[str]:
        return iter(_PAINTERS)

    def __len__(self) -> int:
        return len(_PAINTERS)


def sample_photo(width: int = PHOTO_SIZE[0], height: int = PHOTO_SIZE[1]) -> Pixels:
    """The main photo, a lodge at a mountain lake after sunrise: (height, width, 3) RGB. Meant for 3:2."""
    return _drawn("main", width, height)


def sample_photos(width: int = PHOTO_SIZE[0], height: int = PHOTO_SIZE[1]) -> SamplePhotos:
    """All sample photos: ``main``, ``product``, ``busy``, ``portrait`` and ``night``."""
    return SamplePhotos((width, height))


def sample_logo(width: int = LOGO_WIDTH) -> Pixels:
    """The logo: (height, width, 4) RGBA with straight alpha, one colour on a clear ground."""
    return logo(width)


def sample_photo_jpeg(name: str = "main", size: tuple[int, int] = PHOTO_SIZE, quality: int = 92) -> bytes:
    """A sample photo as a JPEG file."""
    canvas = np.asarray(cv2.cvtColor(_drawn(name, *size), cv2.COLOR_RGB2BGRA), np.uint8)
    return encode(canvas, ImageFormat.JPEG, quality)


def sample_logo_png() -> bytes:
    """The logo as a PNG file."""
    return png_rgba(sample_logo())


def sample_cutout_png(name: str = "bottle") -> bytes:
    """A cut-out product, ``bottle`` or ``bag``, as a PNG file with alpha."""
    return png_rgba(_CUTOUTS[name]())


def sample_snapshot_jpeg(quality: int = 92) -> bytes:
    """The bottle on a sheet of paper, as somebody photographs it who is no photographer, as a JPEG file."""
    canvas = np.asarray(cv2.cvtColor(snapshot(*SNAPSHOT_SIZE), cv2.COLOR_RGB2BGRA), np.uint8)
    return encode(canvas, ImageFormat.JPEG, quality)


def write_samples(folder: Path, size: tuple[int, int] = PHOTO_SIZE) -> list[Path]:
    """Write ``photo.jpg``, ``logo.png``, the further photos, of ``size``, cut-out products, and ``snapshot.jpg``, a
    product before it is cut out, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "logo.png", folder / "snapshot.jpg"]
    written[0].write_bytes(sample_logo_png())
    written[1].write_bytes(sample_snapshot_jpeg())
    for name in _CUTOUTS:
        written.append(folder / f"{name}.png")
        written[-1].write_bytes(sample_cutout_png(name))
    for name in _PAINTERS:
        path = folder / ("photo.jpg" if name == "main" else f"{name}.jpg")
        path.write_bytes(sample_photo_jpeg(name, size))
        written.append(path)
    return written


@cache
def _drawn(name: str, width: int, height: int) -> Pixels:
    pixels = _PAINTERS[name](width, height)
    pixels.flags.writeable = False
    return pixels
