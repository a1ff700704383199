# SPDX-License-Identifier: Apache-2.0
"""Where a point of the scene lies in the picture, and how large a unit is there."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from affiche.studio.scene import Camera, Point

Vector = NDArray[np.float64]

CARD_WIDTH: Final = 4.8
CARD_HEIGHT: Final = 4.0
"""Size in units of the card that catches light where the product stands; it stands on the foot's point."""


class View(NamedTuple):
    """A camera's position, axes (right, up and forward, unit vectors) and focal length in px of a ``width`` px picture
    of ``height`` px."""

    eye: Vector
    right: Vector
    up: Vector
    forward: Vector
    focal: float
    width: int
    height: int

    @classmethod
    def of(cls, camera: Camera, width: int, height: int) -> "View":
        forward = np.subtract(camera.towards, camera.at)
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        focal = width / 2 / np.tan(np.radians(camera.angle) / 2)
        return cls(np.asarray(camera.at, float), right, np.cross(right, forward), forward, float(focal), width, height)

    def project(self, point: ArrayLike) -> Point:
        """Column and row in px (whole numbers are pixels' left and upper edges) and px per unit at that distance."""
        away = np.asarray(point, float) - self.eye
        ahead = float(away @ self.forward)
        scale = self.focal / ahead
        return self.width / 2 + float(away @ self.right) * scale, self.height / 2 - float(away @ self.up) * scale, scale
