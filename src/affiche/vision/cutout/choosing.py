# SPDX-License-Identifier: Apache-2.0
"""The cutter that an operator has chosen."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from affiche.vision.cutout.classical import ClassicalCutter
from affiche.vision.cutout.cutting import Cutter
from affiche.vision.cutout.result import Cutout

Pixels = NDArray[np.uint8]


def chosen_cutter(model: str, family: str = "") -> Cutter:
    """The network in the ONNX file ``model``, or the built-in cutter where that is empty. ``family`` is the network's
    kind, "" if the file's name tells it."""
    return _NetworkOnDemand(Path(model).expanduser(), family or None) if model else ClassicalCutter()


class _NetworkOnDemand:
    """Loads its model at the first photo, so that a process that never cuts does not hold one."""

    def __init__(self, path: Path, family: str | None) -> None:
        self._path = path
        self._family = family
        self._network: Cutter | None = None

    def cut(self, rgb: Pixels) -> Cutout:
        """As `Cutter.cut`; raises `UnusableModel` too."""
        if self._network is None:
            from affiche.vision.cutout.network import NetworkCutter

            self._network = NetworkCutter.open(self._path, self._family)
        return self._network.cut(rgb)
