# SPDX-License-Identifier: Apache-2.0
"""Which part of a plate a picture shows, and how large the product stands in it and where."""

from typing import Final, NamedTuple

from affiche.studio.geometry import View
from affiche.studio.plate import Plate

_WIDE, _TALL = 2.3, 1.2
_WIDE_ROWS: Final = 628 / 1004
_FOOT: Final = 0.785
_STEEP, _RAISED = 0.15, 0.28
"""Sine of a camera's downward angle from which the foot stands higher in a picture, and by how much of its height for
what is over it: from above, the ground before a product is much of the picture."""
_HIGH, _HIGH_IN_TALL = 0.615, 0.50
_HEADROOM: Final = 0.1
"""The least room over a product, by the picture's height."""
_BROAD: Final = 0.46
_LARGEST: Final = 0.86
"""Root of the product's area, by the most of its height: a square product is not as tall as a slim one."""


class Frame(NamedTuple):
    """A part of the plate, px of the plate: ``left``, ``top`` and plate px per picture px; the picture's size."""

    left: float
    top: float
    step: float
    width: int
    height: int


class Placement(NamedTuple):
    """The product's size in picture px, and its foot's place in the scene."""

    width: int
    height: int
    x: float
    y: float
    z: float


def frame(plate: Plate, width: int, height: int) -> Frame:
    """What a picture of ``width`` x ``height`` px shows: a wide picture the plate's middle rows, a square or upright
    one its whole height; the stage stays in the middle and the foot near the lower quarter."""
    aspect = width / height
    part = min(1.0, max(0.0, (_WIDE - aspect) / (_WIDE - _TALL)))
    rows = plate.height * (_WIDE_ROWS + part * (1 - _WIDE_ROWS))
    rows = min(rows, plate.width / aspect, float(plate.height))
    view = View.of(plate.meta.camera, plate.width, plate.height)
    column, foot, _ = view.project(plate.meta.stand)
    share = _FOOT - _RAISED * max(0.0, -float(view.forward[2]) - _STEEP)
    top = min(max(foot - share * rows, 0.0), plate.height - rows)
    left = min(max(column - rows * aspect / 2, 0.0), plate.width - rows * aspect)
    step = rows / height
    if abs(step - 1) < 2e-3:
        left, top, step = float(round(left)), float(round(top)), 1.0
        left, top = min(left, plate.width - width), min(top, plate.height - height)
    return Frame(left, top, step, width, height)


def placement(plate: Plate, shown: Frame, aspect: float, size: float = 1.0, offset: float = 0.0) -> Placement:
    """How a product of ``aspect`` (width by height) stands in ``shown``: as large as looks natural, times ``size``;
    ``offset`` moves it by that share of the stage's room."""
    meta = plate.meta
    view = View.of(meta.camera, plate.width, plate.height)
    _, foot, scale = view.project(meta.stand)
    upright = min(1.0, max(0.0, (1.2 - shown.width / shown.height) / 0.6))
    tallest = shown.height * shown.step * (_HIGH + upright * (_HIGH_IN_TALL - _HIGH))
    broadest = min(shown.width * shown.step * (_BROAD + 0.3 * upright), meta.room * scale * 0.92)
    largest = _LARGEST * tallest / aspect**0.5
    over = foot - shown.top - _HEADROOM * shown.height * shown.step
    px = min(min(tallest, broadest / aspect, largest) * size, over) / shown.step
    x, y, z = meta.stand
    return Placement(max(4, round(px * aspect)), max(4, round(px)), x + offset * meta.room, y, z)
