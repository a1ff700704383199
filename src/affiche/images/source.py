# SPDX-License-Identifier: Apache-2.0
"""A stranger's bytes as a lazy libvips image that refuses damaged data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from affiche.images.errors import UnreadableImage
from affiche.images.header import ImageHeader
from affiche.images.native import pyvips

_LOADERS: Final = {"jpeg": "jpegload_buffer", "png": "pngload_buffer", "webp": "webpload_buffer"}
_HARMLESS: Final = "extraneous bytes"


def open_image(data: bytes, header: ImageHeader, *, shrink: int = 1, lenient: bool = False) -> "pyvips.Image":
    """The first (or only) frame, not yet decoded and not yet upright. ``shrink`` 2, 4 or 8 is honoured for JPEG.

    A JPEG is refused for any complaint of its codec unless ``lenient``, which still refuses missing data. Raises
    `UnreadableImage`; wrap the evaluation of the image in `reading` to get the same.
    """
    options: dict[str, Any] = {"access": "sequential", "fail_on": "error"}
    if header.kind == "jpeg":
        options |= {"shrink": shrink, "fail_on": "truncated" if lenient else "warning"}
    with reading():
        image = getattr(pyvips.Image, _LOADERS[header.kind])(data, **options)
    if shrink == 1 and (image.width, image.height) != (header.width, header.height):
        raise UnreadableImage("The picture's header contradicts its content. Export it again and send the new file.")
    return image


@contextmanager
def reading() -> Iterator[None]:
    """Turn the codecs' errors inside the block into `UnreadableImage`."""
    try:
        yield
    except pyvips.Error as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> UnreadableImage:
    """The sentence for a codec's complaint."""
    complaint = str(getattr(error, "detail", "") or error).strip().splitlines()
    reason = f" ({complaint[0].strip()[:120]})" if complaint else ""
    return UnreadableImage(f"The picture is damaged or cut off{reason}. Export it again and send the new file.")


def is_harmless(error: Exception) -> bool:
    """Whether a JPEG codec only complained of stray bytes between segments, which cameras and editors leave behind;
    every other complaint means lost picture."""
    return _HARMLESS in str(error) or _HARMLESS in str(error.__cause__)
