# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.studio.geometry import View
from affiche.studio.placement import frame, placement
from affiche.studio.presets import PRESETS
from affiche.studio.scene import Pitch
from affiche.studio.studio import Studio

SIZES = [(1674, 628), (1200, 628), (1000, 800), (1080, 1080), (1080, 1350), (1080, 1920)]
STAGES = sorted({preset.stage for preset in PRESETS.values()})
SLIM, BROAD = 0.3, 2.5


@pytest.mark.parametrize("stage", STAGES)
def test_a_product_stands_inside_the_picture_with_room_over_it(stage: str) -> None:
    studio = Studio()
    for pitch in Pitch:
        plate = studio.plate(stage, pitch)
        view = View.of(plate.meta.camera, plate.width, plate.height)
        column, foot, _ = view.project(plate.meta.stand)
        for width, height in SIZES:
            shown = frame(plate, width, height)
            row, middle = (foot - shown.top) / shown.step, (column - shown.left) / shown.step
            for aspect in (SLIM, 1.0, BROAD):
                for size in (0.9, 1.0, 1.1):
                    place = placement(plate, shown, aspect, size)
                    assert row - place.height >= 0.1 * height - 1, f"{stage} {pitch} {width}x{height}"
                    assert row <= 0.95 * height
                    assert middle - place.width / 2 >= 0.02 * width
                    assert middle + place.width / 2 <= 0.98 * width
                    assert place.height >= 0.1 * height
