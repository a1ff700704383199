# SPDX-License-Identifier: Apache-2.0
"""A finished picture file again, small enough for a place that counts bytes."""

from importlib import import_module
from typing import Any, Final

import numpy as np

from affiche.errors import InvalidInput
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2

_UPLOADABLE: Final = (ImageFormat.PNG, ImageFormat.JPEG)
"""What every ad platform takes; other formats only come out where they were asked for by name."""

_SEARCHED: Final = (ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP)


def refit(content: bytes, image_format: ImageFormat | None, max_bytes: int) -> tuple[bytes, ImageFormat]:
    """A picture file of ours in at most ``max_bytes``, and what kind of file it became.

    ``image_format`` None means PNG or JPEG, whichever comes closest. Raises `InvalidInput` naming ``max_bytes`` when
    no setting is small enough, `UnreadableImage` when the file is damaged.
    """
    canvas = np.asarray(cv2.cvtColor(decode_photo(content), cv2.COLOR_RGB2BGRA), np.uint8)
    if image_format is not None and image_format not in _SEARCHED:
        return _best_quality(canvas, image_format, max_bytes), image_format
    budget: Any = import_module("affiche.images.budget")
    fitted = budget.fit_to_budget(canvas, max_bytes, _UPLOADABLE if image_format is None else (image_format,))
    return fitted.content, fitted.image_format


def _best_quality(canvas: Any, image_format: ImageFormat, max_bytes: int) -> bytes:
    """The highest quality that fits, by bisection: a file grows with its quality."""
    smallest = best = encode(canvas, image_format, 1)
    if len(smallest) > max_bytes:
        raise InvalidInput(
            "max_bytes",
            f"maxBytes {max_bytes} is too small: the smallest file as {image_format.value} has {len(smallest)} bytes; "
            f"set maxBytes to {len(smallest)} or more, or choose another format or a smaller size.",
        )
    low, high = 1, 101
    while high - low > 1:
        quality = (low + high) // 2
        content = encode(canvas, image_format, quality)
        if len(content) <= max_bytes:
            low, best = quality, content
        else:
            high = quality
    return best
