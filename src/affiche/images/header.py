# SPDX-License-Identifier: Apache-2.0
"""Kind and size of a picture from its first bytes, without a codec: nothing is decoded for it."""

from dataclasses import dataclass
from typing import Final, Literal

from affiche.images.errors import UnreadableImage

ImageKind = Literal["jpeg", "png", "webp"]

_REMEDY: Final = "Send a JPEG, PNG or WebP file."
_STRANGERS: Final = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"%PDF", "a PDF"),
    (b"8BPS", "a Photoshop document"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an XML document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)
# Start-of-frame markers of T.81 table B.1; C4, C8 and CC in their range mean other things.
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
# Far more than any real file has before its frame; a file of nothing but markers must not keep us busy.
_MOST_SEGMENTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What a picture's header claims; ``width`` and ``height`` in px as stored, before any EXIF rotation."""

    kind: ImageKind
    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes) -> ImageHeader:
    """The header of a JPEG, PNG or WebP file; raises `UnreadableImage` for anything else."""
    if not data:
        raise UnreadableImage(f"The picture is an empty file. {_REMEDY}")
    if data.startswith(b"\xff\xd8\xff"):
        header = _jpeg(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        header = _png(data)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        header = _webp(data)
    else:
        raise UnreadableImage(f"The picture is {_stranger(data)}, which we do not read. {_REMEDY}")
    if header is None or header.pixels == 0:
        raise UnreadableImage("The picture's header is damaged or cut off. Export it again and send the new file.")
    return header


def _stranger(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "an AVIF or HEIC picture or a film"
    start = data[:64].lstrip()
    return next((name for magic, name in _STRANGERS if start.startswith(magic)), "of an unknown kind")


def _jpeg(data: bytes) -> ImageHeader | None:
    position = 2
    for _ in range(_MOST_SEGMENTS):
        position = data.find(b"\xff", position)
        if position < 0 or position + 9 > len(data):
            return None
        marker = data[position + 1]
        if marker in _JPEG_FRAMES:
            height, width = _big(data[position + 5 : position + 7]), _big(data[position + 7 : position + 9])
            return ImageHeader("jpeg", width, height)
        if marker in (0xD9, 0xDA):
            return None
        if marker in (0x00, 0xFF):
            position += 1
        elif marker in _JPEG_WITHOUT_LENGTH:
            position += 2
        else:
            position += 2 + max(2, _big(data[position + 2 : position + 4]))
    return None


def _png(data: bytes) -> ImageHeader | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    return ImageHeader("png", _big(data[16:20]), _big(data[20:24]))


def _webp(data: bytes) -> ImageHeader | None:
    if len(data) < 30:
        return None
    chunk = data[12:16]
    if chunk == b"VP8X":
        return ImageHeader("webp", 1 + _little(data[24:27]), 1 + _little(data[27:30]))
    if chunk == b"VP8L" and data[20] == 0x2F:
        bits = _little(data[21:25])
        return ImageHeader("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return ImageHeader("webp", _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF)
    return None


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
