# SPDX-License-Identifier: Apache-2.0
"""A cut-out product set on a plain ground, as catalogues show it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from affiche.images.colour import Colour
from affiche.retouch.canvas import FILL, Film, Layout
from affiche.retouch.contact import Pose, contact_shadow, poses_of
from affiche.retouch.finish import finished

Pixels = NDArray[np.uint8]

WHITE = Colour(255, 255, 255)


@dataclass(frozen=True, slots=True)
class Shot:
    """How a product is set. ``shadow`` None leaves it to how the product touches its ground; ``ground`` None is clear.
    ``polish`` works on noise and sharpness. ``layout`` counts instead of ``aspect`` and ``fill`` where there is one."""

    aspect: float = 1.0
    fill: float = FILL
    ground: Colour | None = WHITE
    shadow: bool | None = None
    polish: bool = False
    layout: Layout | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Packshot:
    """``pixels`` are RGB, or RGBA on a clear ground; ``layout`` says where the product is in them, ``poses`` how
    each of its objects is held up, ``shadow`` whether any has one."""

    pixels: Pixels
    layout: Layout
    shadow: bool
    poses: tuple[Pose, ...]


def packshot(cutout: Pixels, shot: Shot, *, reaches_top: bool = False) -> Packshot:
    """Sets RGBA pixels, trimmed to the product, into the middle of a canvas.

    The ground is exactly ``shot.ground`` outside of the product and its shadow. ``reaches_top`` says that the product
    comes in from the upper edge of its photo.
    """
    height, width = cutout.shape[:2]
    layout = shot.layout or Layout.of(width, height, shot.aspect, shot.fill)
    film = Film.of(cutout, layout.box_width, layout.box_height)
    if shot.polish:
        film = finished(film)
    placed = Film(np.dstack([layout.spread(film.rgb[..., channel]) for channel in range(3)]), layout.spread(film.alpha))
    hangs_from = layout.top if reaches_top else None
    poses = poses_of(placed.alpha, hangs_from)
    if shot.ground is None:
        return Packshot(placed.pixels, layout, False, poses)
    ground = np.empty((layout.height, layout.width, 3), np.float32)
    ground[:] = shot.ground
    shadow = shot.shadow is not False and (shot.shadow is True or set(poses) != {Pose.HANGING})
    if shadow:
        ground *= 1 - contact_shadow(placed.alpha, hangs_from, always=shot.shadow is True)[..., None]
    return Packshot(placed.over(ground), layout, shadow, poses)
