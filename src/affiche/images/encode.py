# SPDX-License-Identifier: Apache-2.0
"""Finished canvases to files."""

from enum import StrEnum
from typing import Final

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from affiche.images.decode import decode_photo
from affiche.images.native import cv2, pyvips
from affiche.images.png import png_rgb
from affiche.images.resample import halved

Pixels = NDArray[np.uint8]

_FULL_CHROMA_QUALITY: Final = 93
_THUMBNAIL_QUALITY: Final = 82
# libaom's fastest setting: 110 to 230 ms for a 1080x1080 creative; the next one takes 3 times as long for 15 % less.
_AVIF_EFFORT: Final = 0


class ImageFormat(StrEnum):
    """The kinds of file that we write."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"

    @property
    def content_type(self) -> str:
        return f"image/{self.value}"

    @property
    def suffix(self) -> str:
        """The ending of a file name, with its dot."""
        return ".jpg" if self is ImageFormat.JPEG else f".{self.value}"


def encode(canvas: Pixels, image_format: ImageFormat, quality: int = 90) -> bytes:
    """A file of an opaque BGRA canvas (height, width, 4). ``quality`` 1..100 is for JPEG, WebP and AVIF.

    JPEG keeps full chroma from quality 93 on, halves it below; PNG is 8 bit RGB. AVIF (AV1, 8 bit) always keeps full
    chroma: it costs 5 % of bytes there and buys 1 to 5 dB, most of it around coloured letters.
    """
    if image_format is ImageFormat.JPEG:
        sampling = "444" if quality >= _FULL_CHROMA_QUALITY else "420"
        return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(canvas), quality, "BGRA", sampling))
    if image_format is ImageFormat.PNG:
        return png_rgb(canvas)
    rgb = _rgb(canvas)
    height, width = rgb.shape[:2]
    image = pyvips.Image.new_from_memory(rgb.data, width, height, 3, "uchar").copy(interpretation="srgb")
    if image_format is ImageFormat.AVIF:
        options = {"compression": "av1", "effort": _AVIF_EFFORT, "bitdepth": 8, "subsample_mode": "off"}
        return bytes(image.heifsave_buffer(Q=quality, **options))
    return bytes(image.webpsave_buffer(Q=quality, effort=2))


def thumbnail(canvas: Pixels, long_side: int = 512) -> bytes:
    """A small JPEG of an opaque BGRA canvas; ``long_side`` px at most, never enlarged."""
    height, width = canvas.shape[:2]
    scale = min(1.0, long_side / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = canvas
    while small.shape[1] >= 2 * size[0] and small.shape[0] >= 2 * size[1]:
        small = halved(small)
    # What is left is less than a halving: two taps are sharp and smooth enough for a preview.
    small = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return bytes(simplejpeg.encode_jpeg(small, _THUMBNAIL_QUALITY, "BGRA", "420"))


def transcode(data: bytes, image_format: ImageFormat, quality: int = 90) -> bytes:
    """A PNG file of ours in another format. Raises `UnreadableImage` when it is damaged."""
    rgb = decode_photo(data)
    return encode(np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA), dtype=np.uint8), image_format, quality)


def _rgb(canvas: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(canvas, cv2.COLOR_BGRA2RGB), dtype=np.uint8)
