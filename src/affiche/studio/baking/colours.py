# SPDX-License-Identifier: Apache-2.0
"""Colours of scenes as light: linear RGB, float32."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from affiche.studio.film import light_of

Light = NDArray[np.float32]


def blended(one: Light, other: Light, share: NDArray[np.float32]) -> Light:
    """``one`` with ``share`` (height, width) of ``other`` over it."""
    return np.asarray(one + (other - one) * share[..., None], np.float32)


def ramp(place: NDArray[np.float32], colours: Sequence[str]) -> Light:
    """Colours read from evenly spaced stops at ``place`` (0..1), eased between them."""
    stops = np.stack([light_of(colour) for colour in colours])
    if len(stops) == 1:
        return np.broadcast_to(stops[0], (*place.shape, 3)).astype(np.float32)
    along = np.clip(place, 0, 1) * (len(stops) - 1)
    first = np.minimum(along.astype(np.int32), len(stops) - 2)
    part = along - first
    part = (part * part * (3 - 2 * part))[..., None]
    return np.asarray(stops[first] * (1 - part) + stops[first + 1] * part, np.float32)
