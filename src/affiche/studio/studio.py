# SPDX-License-Identifier: Apache-2.0
"""The studio as a whole: the shipped plates, and pictures of presets."""

from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.fidelity import Receipt, require_faithful
from affiche.studio.compositor import Composed, compose
from affiche.studio.personal import is_painted, personalised
from affiche.studio.plate import Plate, PlateStore
from affiche.studio.preset import Preset
from affiche.studio.scene import Pitch
from affiche.studio.subject import Subject
from affiche.studio.variation import neighbouring, varied
from affiche.studio.viewpoint import pitch_for

Bytes = NDArray[np.uint8]

PLATES: Final = Path(__file__).with_name("plates")


class Photograph(NamedTuple):
    """``pixels`` (height, width, 3) are RGB; ``receipt`` is how far the product in them is from its cut-out in the
    scene's light; ``subject`` gives receipts of the files that the picture is written to."""

    pixels: Bytes
    receipt: Receipt
    subject: Subject


class Studio:
    """Makes pictures of presets. ``cache`` is a folder where plates are unpacked for all processes of the machine
    to map; without one, each plate that is used takes about 32 MB of this process."""

    def __init__(self, cache: Path | None = None, plates: Path = PLATES) -> None:
        self._plates = PlateStore(plates, cache)

    def plate(self, stage: str, pitch: Pitch = Pitch.USUAL) -> Plate:
        """The shipped plate of a stage, seen from ``pitch`` or as nearly as there is one."""
        return self._plates.plate(stage, pitch)

    def picture(
        self,
        preset: Preset,
        cutout: Bytes | None,
        width: int,
        height: int,
        variant: int = 1,
        seed: int = 0,
        *,
        personal: bool = True,
    ) -> Bytes:
        """The ``variant`` (from 1) of ``preset`` with ``cutout`` (RGBA, straight alpha), (height, width, 3) RGB.

        ``personal`` blends the preset's colours with the product's. The camera suits the product
        (`affiche.studio.viewpoint`). The same arguments give the same bytes. Raises `InvalidInput` for an empty
        cut-out."""
        return self._composed(preset, cutout, width, height, variant, seed, personal=personal).pixels

    def photograph(
        self,
        preset: Preset,
        cutout: Bytes,
        width: int,
        height: int,
        variant: int = 1,
        seed: int = 0,
        *,
        personal: bool = True,
    ) -> Photograph:
        """`picture` with its receipt. Raises `NotFaithful` too, for a product that would not look like its cut-out."""
        pixels, subject = self._composed(preset, cutout, width, height, variant, seed, personal=personal)
        assert subject is not None
        return Photograph(pixels, require_faithful(subject.receipt(pixels)), subject)

    def _composed(
        self, preset: Preset, cutout: Bytes | None, width: int, height: int, variant: int, seed: int, *, personal: bool
    ) -> Composed:
        usual = self.plate(preset.stage)
        plate = usual if cutout is None else self.plate(preset.stage, pitch_for(cutout))
        if personal and cutout is not None:
            preset = replace(preset, look=personalised(preset, usual, cutout))
        look, setting = varied(preset, variant)
        if is_painted(preset):
            look = neighbouring(look, usual, variant)
        return compose(plate, look, cutout, width, height, setting, seed, metered=usual)
