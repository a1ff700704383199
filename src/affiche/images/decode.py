# SPDX-License-Identifier: Apache-2.0
"""Strangers' bytes to safe pixels: 8 bit sRGB, upright, first frame only, whole or not at all."""

from typing import Final

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from affiche.images.errors import UnreadableImage
from affiche.images.header import ImageHeader
from affiche.images.icc import is_srgb
from affiche.images.native import cv2, pyvips
from affiche.images.probe import probe
from affiche.images.source import is_harmless, open_image, reading, unreadable

Pixels = NDArray[np.uint8]

# EXIF orientation (CIPA DC-008, tag 0112) to the turn and then the mirror that make the picture upright.
_TURNS: Final = {
    3: cv2.ROTATE_180,
    5: cv2.ROTATE_90_CLOCKWISE,
    6: cv2.ROTATE_90_CLOCKWISE,
    7: cv2.ROTATE_90_COUNTERCLOCKWISE,
    8: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
_MIRRORS: Final = {2: 1, 4: 0, 5: 1, 7: 1}


def decode_photo(data: bytes) -> Pixels:
    """A photo as contiguous RGB (height, width, 3), transparent parts laid on white.

    Raises `ImageTooLarge` before decoding, `UnreadableImage` for anything that is not a whole JPEG, PNG or WebP.
    """
    header = probe(data)
    image = open_image(data, header)
    if header.kind == "jpeg" and _is_plain(image):
        return _decode_jpeg(data, header, _orientation(image))
    image = _evaluated(data, header)
    if image.hasalpha():
        image = image.flatten(background=255)
    return _pixels(image, 3)


def decode_picture(data: bytes) -> Pixels:
    """A picture that may be transparent as contiguous RGBA (height, width, 4) with straight alpha.

    Raises as `decode_photo` does.
    """
    header = probe(data)
    image = open_image(data, header)
    if header.kind == "jpeg" and _is_plain(image):
        rgb = _decode_jpeg(data, header, _orientation(image))
        return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2RGBA), dtype=np.uint8)
    image = _evaluated(data, header)
    if not image.hasalpha():
        image = image.addalpha()
    return _pixels(image, 4)


def _is_plain(image: "pyvips.Image") -> bool:
    """Whether the fast codec gives the right colours: three components, and sRGB as far as the file says."""
    if image.bands != 3 or image.interpretation != "srgb":
        return False
    return image.get_typeof("icc-profile-data") == 0 or is_srgb(image.get("icc-profile-data"))


def _orientation(image: "pyvips.Image") -> int:
    return int(image.get("orientation")) if image.get_typeof("orientation") != 0 else 1


def _decode_jpeg(data: bytes, header: ImageHeader, orientation: int) -> Pixels:
    try:
        pixels = simplejpeg.decode_jpeg(data, "RGB")
    except ValueError as error:
        if not is_harmless(error):
            raise unreadable(error) from error
        with reading():
            image = open_image(data, header, lenient=True)
            pixels = _pixels(image, 3)
    if pixels.shape[:2] != (header.height, header.width):
        raise UnreadableImage("The picture's header contradicts its content. Export it again and send the new file.")
    if orientation in _TURNS:
        pixels = cv2.rotate(pixels, _TURNS[orientation])
    if orientation in _MIRRORS:
        pixels = cv2.flip(pixels, _MIRRORS[orientation])
    return np.ascontiguousarray(pixels, dtype=np.uint8)


def _evaluated(data: bytes, header: ImageHeader, use_profile: bool = True, lenient: bool = False) -> "pyvips.Image":
    """The decoded, upright picture in 8 bit sRGB with three bands, or four with alpha; grows to full size in memory
    only after the conversion. A damaged or wrong colour profile does not cost the picture."""
    image = open_image(data, header, lenient=lenient)
    try:
        with reading():
            return _to_srgb(image, use_profile).copy_memory().autorot()
    except UnreadableImage as error:
        if not lenient and is_harmless(error):
            return _evaluated(data, header, use_profile, lenient=True)
        if use_profile and image.get_typeof("icc-profile-data") != 0:
            return _evaluated(data, header, False, lenient)
        raise


def _to_srgb(image: "pyvips.Image", use_profile: bool) -> "pyvips.Image":
    has_profile = image.get_typeof("icc-profile-data") != 0
    if use_profile and has_profile and not is_srgb(image.get("icc-profile-data")):
        return image.icc_transform("srgb", embedded=True, intent="relative", black_point_compensation=True, depth=8)
    if image.interpretation == "cmyk":
        return image.icc_transform("srgb", input_profile="cmyk", intent="relative", depth=8)
    return image.colourspace("srgb")


def _pixels(image: "pyvips.Image", bands: int) -> Pixels:
    with reading():
        if image.format != "uchar":
            image = image.cast("uchar")
        data = image.write_to_memory()
    if image.bands != bands:
        raise UnreadableImage("The picture has an unusual number of channels. Save it as RGB and send the new file.")
    return np.frombuffer(data, dtype=np.uint8).reshape(image.height, image.width, bands)
