# SPDX-License-Identifier: Apache-2.0
"""Is an ICC profile plain sRGB, so that no conversion is needed?"""

from typing import Final

_SRGB_NAMES: Final = ("sRGB IEC61966-2", "sRGB built-in", "sRGB v4", "sRGB Profile", "sRGB color space")


def is_srgb(profile: bytes) -> bool:
    """True when the profile's description (tag ``desc`` of ICC.1) names sRGB with its own gamma curve."""
    description = _description(bytes(profile))
    return description == "sRGB" or description.startswith(_SRGB_NAMES)


def _description(profile: bytes) -> str:
    count = min(int.from_bytes(profile[128:132], "big"), 100)
    for index in range(count):
        entry = profile[132 + 12 * index : 144 + 12 * index]
        if entry[:4] == b"desc":
            offset, size = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:12], "big")
            return _text(profile[offset : offset + size])
    return ""


def _text(tag: bytes) -> str:
    """The text of a version 2 ``desc`` or of the first record of a version 4 ``mluc`` tag."""
    if tag[:4] == b"desc":
        length = int.from_bytes(tag[8:12], "big")
        return tag[12 : 12 + length].split(b"\0")[0].decode("ascii", "replace").strip()
    if tag[:4] == b"mluc":
        length, offset = int.from_bytes(tag[20:24], "big"), int.from_bytes(tag[24:28], "big")
        return tag[offset : offset + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""
