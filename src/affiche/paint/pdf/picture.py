# SPDX-License-Identifier: Apache-2.0
"""A picture file of ours as the one page of a PDF, its compressed pixels as they are: nothing is encoded anew."""

import io
import struct
from collections.abc import Iterator
from typing import Final

import pikepdf

from affiche.images.header import read_header
from affiche.paint.pdf.document import POINTS_PER_PX, VERSION, describe

_PNG_PREDICTORS: Final = 15
_SIGNATURE_BYTES: Final = 8
_RGB8: Final = (8, 2, 0, 0, 0)
"""Of an IHDR: 8 bits, RGB, deflate, adaptive filters, not interlaced."""


def picture_pdf(content: bytes, title: str) -> bytes:
    """A PDF 1.6 of a PNG (8 bit RGB) or a JPEG (three components) as `affiche.images.encode` writes them; one px is
    0.75 pt.

    The same input gives the same bytes. Raises `UnreadableImage` for what is no picture, `ValueError` for another kind
    of PNG.
    """
    header = read_header(content)
    pdf = pikepdf.new()
    image = pikepdf.Stream(pdf, content if header.kind == "jpeg" else _pixels(content))
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = header.width, header.height
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    if header.kind == "jpeg":
        image.Filter = pikepdf.Name.DCTDecode
    else:
        image.Filter = pikepdf.Name.FlateDecode
        image.DecodeParms = pikepdf.Dictionary(
            Predictor=_PNG_PREDICTORS, Colors=3, BitsPerComponent=8, Columns=header.width
        )
    width, height = header.width * POINTS_PER_PX, header.height * POINTS_PER_PX
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=image))
    page.Contents = pikepdf.Stream(pdf, f"{width:g} 0 0 {height:g} 0 0 cm /Picture Do".encode())
    describe(pdf, title)
    out = io.BytesIO()
    pdf.save(out, force_version=VERSION, deterministic_id=True)
    return out.getvalue()


def _pixels(png: bytes) -> bytes:
    """The deflated, filtered rows of a PNG."""
    chunks = list(_chunks(png))
    if struct.unpack(">5B", chunks[0][1][8:13]) != _RGB8:
        raise ValueError("Only PNG files of 8 bit RGB can be set into a PDF as they are.")
    return b"".join(body for name, body in chunks if name == b"IDAT")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = _SIGNATURE_BYTES
    while place < len(png):
        size, name = struct.unpack(">I4s", png[place : place + 8])
        yield name, png[place + 8 : place + 8 + size]
        place += size + 12
