# SPDX-License-Identifier: Apache-2.0
"""A plate that needs no renderer: a level floor and a wall, lit by a key from the left and an even sky."""

import numpy as np

from affiche.studio.geometry import View
from affiche.studio.plate import Meta, Plate, coded
from affiche.studio.scene import Camera

WALL = 4.0
CEILING = 2.0
DEPTH_SCALE = 65535 * 4.0
KEY, SKY = 0.7, 0.3


def room(width: int = 418, height: int = 250, roughness: float = 0.9, whiteness: float = 0.6) -> Plate:
    """The floor is z = 0, the wall y = 4; both are grey and get 0.7 of their light from the key."""
    camera = Camera(aperture=0)
    view = View.of(camera, width, height)
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    across, up = (columns - width / 2) / view.focal, (height / 2 - rows) / view.focal
    direction = view.forward + across[..., None] * view.right + up[..., None] * view.up
    with np.errstate(divide="ignore"):
        floor = np.where(direction[..., 2] < 0, -view.eye[2] / direction[..., 2], np.inf)
        wall = (WALL - view.eye[1]) / direction[..., 1]
    level = floor < wall
    normal = np.zeros((height // 2, width // 2, 3), np.int8)
    normal[..., 2] = 127 * level[: 2 * (height // 2) : 2, : 2 * (width // 2) : 2]
    normal[..., 1] = -127 * ~level[: 2 * (height // 2) : 2, : 2 * (width // 2) : 2]
    lit = np.ones((height, width, 3), np.float32)
    roles = np.zeros((height, width, 3), np.uint8)
    roles[..., 0] = 255 * level
    card = np.ones((40, 48, 3), np.float32)
    meta = Meta(
        scene="room",
        digest="0" * 16,
        ceiling=CEILING,
        depth_scale=DEPTH_SCALE,
        camera=camera,
        stand=(0.0, -0.1, 0.0),
        room=3.0,
        key_at=(-6.0, -4.0, 4.0),
        key_radius=0.4,
        colours=("#c0c0c0", "#c0c0c0", "#808080", "#808080"),
        roughness=(0.9, roughness, 1.0, 1.0),
        whiteness=(0.6, whiteness, 0.0, 0.0),
    )
    return Plate(
        meta=meta,
        key=coded(KEY * lit, CEILING),
        fill=coded(SKY * lit, CEILING),
        depth=np.rint(DEPTH_SCALE / np.minimum(floor, wall)).astype(np.uint16),
        roles=roles,
        normal=normal,
        albedo=np.full((height // 2, width // 2, 3), 190, np.uint8),
        card_key=coded(KEY * card, CEILING),
        card_fill=coded(SKY * card, CEILING),
    )


def slab(width: int = 60, height: int = 160) -> np.ndarray:
    """An opaque red block with a clear margin."""
    cut = np.zeros((height + 20, width + 20, 4), np.uint8)
    cut[10:-10, 10:-10] = (200, 40, 40, 255)
    return cut
