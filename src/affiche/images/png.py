# SPDX-License-Identifier: Apache-2.0
"""PNG files (ISO/IEC 15948) of pixels."""

import ctypes
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

from affiche.images.kernels import kernel
from affiche.images.native import cv2, pyvips

Pixels = NDArray[np.uint8]

_SOURCE: Final = Path(__file__).with_name("png.c")
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_UP: Final = 2
_NONE: Final = 0
_RGB: Final = 2
_PALETTE: Final = 3
_RGBA: Final = 6
_FASTEST: Final = 1
_SMALLER: Final = 7
_PALETTE_EFFORT: Final = 6
# Rows that are filtered and compressed together, in memory that every band of a file uses again.
_BAND_BYTES: Final = 1 << 20


def png_rgb(canvas: Pixels, *, portable: bool = False) -> bytes:
    """A file of an opaque BGRA canvas (height, width, 4), with the Up filter and ISA-L's fastest deflate: 6 times
    faster than zlib for 5 % more bytes. ``portable`` filters without vector instructions; the file is the same."""
    height, width = canvas.shape[:2]
    return _file(width, height, _RGB, _up_bands(np.ascontiguousarray(canvas), portable))


def png_rgba(pixels: Pixels) -> bytes:
    """A file of RGBA pixels (height, width, 4) with straight alpha, compressed as by `png_rgb`."""
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels).reshape(height, -1)
    filtered = np.empty((height, 1 + rows.shape[1]), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    return _file(width, height, _RGBA, iter((filtered,)))


def png_small(canvas: Pixels) -> bytes:
    """A file of an opaque BGRA canvas with every filter tried on every row: a seventh smaller, 8 times slower."""
    height, width = canvas.shape[:2]
    rgb = np.asarray(cv2.cvtColor(canvas, cv2.COLOR_BGRA2RGB), np.uint8)
    image = pyvips.Image.new_from_memory(rgb.data, width, height, 3, "uchar").copy(interpretation="srgb")
    return bytes(image.pngsave_buffer(compression=_SMALLER, filter="all", keep="none"))


def png_palette(indices: Pixels, palette: Pixels) -> bytes:
    """A PNG-8 file: ``indices`` (height, width) into ``palette``, up to 256 RGB colours (n, 3)."""
    height, width = indices.shape
    depth = next(bits for bits in (1, 2, 4, 8) if len(palette) <= 1 << bits)
    rows = indices if depth == 8 else _packed(indices, depth)
    lines = np.empty((height, 1 + rows.shape[1]), np.uint8)
    lines[:, 0], lines[:, 1:] = _NONE, rows
    header = struct.pack(">IIBBBBB", width, height, depth, _PALETTE, 0, 0, 0)
    content = zlib.compress(lines.tobytes(), _PALETTE_EFFORT)
    colours = _chunk(b"PLTE", np.ascontiguousarray(palette).tobytes())
    return b"".join((_SIGNATURE, _chunk(b"IHDR", header), colours, _chunk(b"IDAT", content), _chunk(b"IEND", b"")))


def _file(width: int, height: int, colour_type: int, bands: Iterator[Pixels]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    deflate = isal_zlib.compressobj(_FASTEST)
    content = b"".join((*(deflate.compress(band) for band in bands), deflate.flush()))
    return b"".join((_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", content), _chunk(b"IEND", b"")))


def _up_bands(canvas: Pixels, portable: bool) -> Iterator[Pixels]:
    """The filtered rows of ``canvas``, a band at a time in the same memory."""
    height, width = canvas.shape[:2]
    length = 1 + 3 * width
    rows = max(1, _BAND_BYTES // length)
    band = np.empty((min(rows, height), length), np.uint8)
    nothing = np.zeros((1, width, 4), np.uint8)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        above = canvas[top - 1] if top else nothing
        _up_rows()(
            above.ctypes.data, canvas[top:].ctypes.data, canvas.strides[0], width, count, portable, band.ctypes.data
        )
        yield band[:count]


@cache
def _up_rows() -> "ctypes._NamedFuncPointer":
    pointer, number = ctypes.c_void_p, ctypes.c_int32
    return kernel(_SOURCE, "affiche_up_rows", (pointer, pointer, ctypes.c_ssize_t, number, number, number, pointer))


def _packed(indices: Pixels, depth: int) -> Pixels:
    """Rows of samples of ``depth`` bits, the first in the highest bits, each row filled up to whole bytes."""
    height, width = indices.shape
    each = 8 // depth
    rows = np.zeros((height, -(-width // each) * each), np.uint8)
    rows[:, :width] = indices
    shifts = np.arange(8 - depth, -1, -depth, dtype=np.uint8)
    return np.asarray(np.bitwise_or.reduce(rows.reshape(height, -1, each) << shifts, axis=2), np.uint8)


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = isal_zlib.crc32(content, isal_zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
