# SPDX-License-Identifier: Apache-2.0
"""A photoshoot's picture painted by a real pipeline in a render process of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from affiche.engines.painter import available
from affiche.engines.scene_weights import SceneWeights
from affiche.images.decode import decode_picture
from affiche.images.png import png_rgba
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.messages import RenderFailed, ShootRequest
from affiche.jobs.rendering.pool import RenderPool, RenderTerms
from affiche.samples.wares import bottle
from affiche.studio.presets import PRESETS

PRESET = replace(PRESETS["natural_beige_background"], id="custom", prompt="held by an astronaut riding a horse")
REQUEST = ShootRequest(PRESET, "cutout", 320, 128, neural=True)
needs_extra = pytest.mark.skipif(not available(), reason="the extra 'neural' is not installed: make neural")


def cutout(digest: str) -> bytes:
    return png_rgba(bottle(300)[..., [2, 1, 0, 3]])


@needs_extra
def test_a_picture_is_painted_and_tells_by_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.doubles import pipelines

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = pipelines.sdxl(tmp_path)
    pool = RenderPool(RenderTerms(1, equipment=Equipment(str(tmp_path / "plates"), scene_model=str(folder))))
    try:
        shot = pool.shoot(REQUEST, cutout)
        plain = pool.shoot(replace(REQUEST, neural=False), cutout)
    finally:
        pool.close()
    assert shot.engine["scene"] == f"SDXL {SceneWeights.at(folder).digest}"
    assert "scene" not in plain.engine
    assert decode_picture(shot.content).shape[:2] == (128, 320)
    assert shot.content != plain.content


def test_weights_that_cannot_be_opened_are_told_to_the_operator_and_not_to_clients(tmp_path: Path) -> None:
    pool = RenderPool(RenderTerms(1, equipment=Equipment(scene_model=str(tmp_path / "secret"))))
    try:
        with pytest.raises(RenderFailed, match="a fault of ours") as refused:
            pool.shoot(REQUEST, cutout)
    finally:
        pool.close()
    assert "secret" not in str(refused.value)
