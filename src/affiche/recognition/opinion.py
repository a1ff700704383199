# SPDX-License-Identifier: Apache-2.0
"""Somebody else's opinion of a product, such as a vision model's: taken where it holds, completed where it does not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.errors import AfficheError
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2
from affiche.recognition.label import cleaned
from affiche.recognition.recommendation import PRESET_COUNT, PROMPT_COUNT, Recommendation
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS

LONGEST_NAME: Final = 80
LONGEST_DESCRIPTION: Final = 300
LONGEST_PROMPT: Final = 160

_SHORTEST_PROMPT: Final = 8
_SIDE: Final = 768
_QUALITY: Final = 88


@dataclass(frozen=True, slots=True)
class Opinion:
    """Claims that nobody has checked, in the shape of a `Recommendation`; any of them may be missing."""

    product_name: str = ""
    product_description: str = ""
    prompts: tuple[str, ...] = ()
    preset_ids: tuple[str, ...] = ()


class NoOpinion(AfficheError):
    """There is none to be had: no answer in time, or none that makes sense."""

    code = "no_opinion"


Adviser = Callable[[bytes], Opinion]
"""Judges a JPEG of a product. Raises `NoOpinion`; takes no longer than it was told to."""


def shown(cutout: NDArray[np.uint8]) -> bytes:
    """RGBA pixels on white as a JPEG of at most 768 px, to show to an `Adviser`."""
    x, y, width, height = cv2.boundingRect((cutout[..., 3] > 0).astype(np.uint8))
    product = cutout[y : y + height, x : x + width] if width and height else cutout
    scale = min(_SIDE / max(product.shape[:2]), 1.0)
    size = max(1, round(product.shape[1] * scale)), max(1, round(product.shape[0] * scale))
    alpha = product[..., 3:].astype(np.float32) / 255
    flat = np.rint(product[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)
    small = np.asarray(cv2.resize(flat, size, interpolation=cv2.INTER_AREA), np.uint8)
    return encode(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2BGRA), np.uint8), ImageFormat.JPEG, _QUALITY)


def completed(opinion: Opinion, own: Recommendation, presets: Mapping[str, Preset] = PRESETS) -> Recommendation:
    """The opinion with everything in bounds: texts cut and cleaned, ids that exist, 4 prompts and 6 presets without
    repetition; what is missing then comes from ``own``."""
    prompts = [cleaned(prompt, LONGEST_PROMPT) for prompt in opinion.prompts]
    told = [prompt for prompt in prompts if len(prompt) >= _SHORTEST_PROMPT]
    known = [preset for preset in opinion.preset_ids if preset in presets]
    return Recommendation(
        cleaned(opinion.product_name, LONGEST_NAME) or own.product_name,
        cleaned(opinion.product_description, LONGEST_DESCRIPTION) or own.product_description,
        _different((*told, *own.prompts), PROMPT_COUNT),
        _different((*known, *own.preset_ids), PRESET_COUNT),
    )


def _different(texts: Iterable[str], count: int) -> tuple[str, ...]:
    """The first ``count`` that differ in more than case."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.casefold(), text)
    return tuple(first.values())[:count]
