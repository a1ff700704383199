# SPDX-License-Identifier: Apache-2.0
"""Finished canvases to files."""

import struct
import zlib
from enum import StrEnum
from typing import Final

import numpy as np
import simplejpeg
from isal import isal_zlib
from numpy.typing import NDArray

from affiche.images.decode import decode_photo
from affiche.images.native import cv2, pyvips
from affiche.images.resample import halved

Pixels = NDArray[np.uint8]

_FULL_CHROMA_QUALITY: Final = 93
_THUMBNAIL_QUALITY: Final = 82
_PNG_UP: Final = 2
_RGB: Final = 2
_RGBA: Final = 6


class ImageFormat(StrEnum):
    """The kinds of file that we write."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"

    @property
    def content_type(self) -> str:
        return f"image/{self.value}"

    @property
    def suffix(self) -> str:
        """The ending of a file name, with its dot."""
        return ".jpg" if self is ImageFormat.JPEG else f".{self.value}"


def encode(canvas: Pixels, image_format: ImageFormat, quality: int = 90) -> bytes:
    """A file of an opaque BGRA canvas (height, width, 4). ``quality`` 1..100 is for JPEG and WebP.

    JPEG keeps full chroma from quality 93 on, halves it below; PNG is 8 bit RGB.
    """
    if image_format is ImageFormat.JPEG:
        sampling = "444" if quality >= _FULL_CHROMA_QUALITY else "420"
        return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(canvas), quality, "BGRA", sampling))
    rgb = _rgb(canvas)
    if image_format is ImageFormat.PNG:
        return _png(rgb, _RGB)
    height, width = rgb.shape[:2]
    image = pyvips.Image.new_from_memory(rgb.data, width, height, 3, "uchar").copy(interpretation="srgb")
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


def png_rgba(pixels: Pixels) -> bytes:
    """A PNG file of RGBA pixels (height, width, 4) with straight alpha."""
    return _png(np.ascontiguousarray(pixels), _RGBA)


def transcode(data: bytes, image_format: ImageFormat, quality: int = 90) -> bytes:
    """A PNG file of ours in another format. Raises `UnreadableImage` when it is damaged."""
    rgb = decode_photo(data)
    return encode(np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA), dtype=np.uint8), image_format, quality)


def _rgb(canvas: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(canvas, cv2.COLOR_BGRA2RGB), dtype=np.uint8)


def _png(pixels: Pixels, colour_type: int) -> bytes:
    """PNG (ISO/IEC 15948) with the Up filter and ISA-L's fastest deflate: 6 times faster than zlib for 5 % more."""
    height, width = pixels.shape[:2]
    rows = pixels.reshape(height, -1)
    filtered = np.empty((height, 1 + rows.shape[1]), np.uint8)
    filtered[:, 0] = _PNG_UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    content = isal_zlib.compress(filtered, 1)
    return b"".join((b"\x89PNG\r\n\x1a\n", _chunk(b"IHDR", header), _chunk(b"IDAT", content), _chunk(b"IEND", b"")))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))
