# SPDX-License-Identifier: Apache-2.0
"""The product in a photograph: what it is, the light that falls on it and where it stands; enough to hold any later
copy of the picture against it."""

from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from affiche.fidelity import Limits, Receipt, Unlit, measured
from affiche.images.native import cv2
from affiche.studio.product import resized
from affiche.studio.relight import exposed, relit

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

FAITHFUL: Final = Limits(1.0, 4.0)
"""How far a picture may be from the product as it was lit (CIEDE2000): grain moves a cell by 2.5 at most."""
FILED: Final = Limits(1.5, 12.0)
"""The same for a file that keeps half of the colours' detail (JPEG under 93, WebP), which small coloured letters lose.
One letter in the place of another makes 25 and more."""
LIGHT: Final = Limits(12.0, 30.0)
"""How far the light of a scene may move a product's colours (CIEDE2000)."""


class Subject(NamedTuple):
    """``cutout`` is the product's RGBA of any size; ``light`` (height, width, 3) what its linear RGB was multiplied by
    in the box whose upper left corner is ``left``, ``top``; ``hidden`` (the picture's height and width) is 1 where the
    scene stands before it."""

    cutout: Bytes
    light: Floats
    left: int
    top: int
    hidden: Floats

    @property
    def turned(self) -> Self:
        """The same in the looking-glass."""
        left = self.hidden.shape[1] - self.left - self.light.shape[1]
        return self._replace(
            cutout=self.cutout[:, ::-1], light=self.light[:, ::-1], left=left, hidden=self.hidden[:, ::-1]
        )

    @property
    def cover(self) -> Floats:
        """How much of every pixel of the picture is the product, (height, width) 0..1."""
        rgb, alpha = resized(self.cutout, self.light.shape[1], self.light.shape[0])
        return np.asarray(self._seen(rgb, alpha, self.hidden.shape)[..., 3].astype(np.float32) / 255, np.float32)

    def receipt(self, pixels: Bytes, limits: Limits = FAITHFUL) -> Receipt:
        """Compares RGB ``pixels`` (height, width, 3), the photograph or what became of it in a file of any size, with
        the cut-out in the known light; use `FILED` for lossy files."""
        height, width = self.light.shape[:2]
        rgb, alpha = resized(self.cutout, width, height)
        unlit = self._seen(rgb, alpha, pixels.shape)
        lit = self._seen(exposed(relit(rgb, self.light)), alpha, pixels.shape)
        rows, columns = _extent(lit[..., 3])
        part = np.ascontiguousarray(pixels[rows, columns])
        before = Unlit(unlit[rows, columns], LIGHT)
        return measured(lit[rows, columns], part, limits, before, at=(columns.start, rows.start))

    def _seen(self, rgb: Floats, alpha: Floats, shape: tuple[int, ...]) -> Bytes:
        """The product as RGBA on a clear picture of ``shape``, without what is hidden."""
        height, width = self.hidden.shape
        canvas = np.zeros((height, width, 4), np.float32)
        x0, y0 = max(0, self.left), max(0, self.top)
        x1, y1 = min(width, self.left + alpha.shape[1]), min(height, self.top + alpha.shape[0])
        part = slice(y0 - self.top, y1 - self.top), slice(x0 - self.left, x1 - self.left)
        canvas[y0:y1, x0:x1, :3] = rgb[part]
        canvas[y0:y1, x0:x1, 3] = alpha[part] * (1 - self.hidden[y0:y1, x0:x1])
        if (height, width) != shape[:2]:
            canvas = np.asarray(cv2.resize(canvas, shape[1::-1], interpolation=cv2.INTER_AREA), np.float32)
        return np.asarray(np.rint(canvas * 255), np.uint8)


def _extent(alpha: Bytes) -> tuple[slice, slice]:
    """Rows and columns that hold everything that is not clear; all of them where nothing is."""
    rows, columns = (np.flatnonzero(alpha.any(axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, alpha.shape[0]), slice(0, alpha.shape[1])
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
