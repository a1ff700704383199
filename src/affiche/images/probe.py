# SPDX-License-Identifier: Apache-2.0
"""The gate for strangers' pictures: bytes and pixels are counted before a codec sees them."""

from affiche.images.errors import ImageTooLarge, UnreadableImage
from affiche.images.header import ImageHeader, read_header
from affiche.images.limits import MAX_IMAGE_BYTES, MAX_PIXELS
from affiche.images.source import is_harmless, open_image, reading

__all__ = ["ImageHeader", "probe", "verify"]


def probe(data: bytes) -> ImageHeader:
    """Kind and stored size of a picture, read from its header alone.

    Raises `UnreadableImage` when it is no JPEG, PNG or WebP, `ImageTooLarge` over `MAX_IMAGE_BYTES` or `MAX_PIXELS`.
    """
    if len(data) > MAX_IMAGE_BYTES:
        raise ImageTooLarge(
            f"The picture has {len(data) / 2**20:.1f} MB; send one of at most {MAX_IMAGE_BYTES // 2**20} MB."
        )
    header = read_header(data)
    if header.pixels > MAX_PIXELS:
        raise ImageTooLarge(
            f"The picture has {header.width} x {header.height} pixels, {header.pixels / 1e6:.1f} megapixels; "
            f"send one of at most {MAX_PIXELS // 1_000_000} megapixels."
        )
    return header


def verify(data: bytes) -> ImageHeader:
    """`probe`, and proof that the whole picture can be decoded, at the price of an eighth-size decode for a JPEG.

    Raises as `probe` does, and `UnreadableImage` for damaged or missing data.
    """
    header = probe(data)
    try:
        _evaluate(data, header, lenient=False)
    except UnreadableImage as error:
        if not is_harmless(error):
            raise
        _evaluate(data, header, lenient=True)
    return header


def _evaluate(data: bytes, header: ImageHeader, lenient: bool) -> None:
    image = open_image(data, header, shrink=8 if header.kind == "jpeg" else 1, lenient=lenient)
    with reading():
        image.avg()
