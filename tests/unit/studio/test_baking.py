# SPDX-License-Identifier: Apache-2.0
"""What baking does without a renderer: meshes, textures, patterns, backdrops, the choice of a variant, failed children."""

import sys
from pathlib import Path

import numpy as np
import pytest

from affiche.studio.baking import variants
from affiche.studio.baking.backdrops import BACKDROPS
from affiche.studio.baking.finishes import GLOW, MATERIALS
from affiche.studio.baking.gobos import PATTERNS, pattern
from affiche.studio.baking.process import BakeFailed, bake
from affiche.studio.baking.shapes import SHAPES, mesh_of
from affiche.studio.baking.variants import LLVM, SCALAR, Variant, libraries, working_variant
from affiche.studio.scene import Sun
from affiche.studio.stages import STAGES

SPECS = {name: build() for name, build in STAGES.items()}


@pytest.mark.parametrize("stage", SPECS)
def test_everything_a_stage_names_exists(stage: str) -> None:
    spec = SPECS[stage]
    assert spec.name == stage
    for thing in spec.things:
        assert thing.shape in SHAPES
        kind = thing.finish.kind
        assert kind in MATERIALS or kind.removeprefix(GLOW) in BACKDROPS
    if isinstance(spec.key, Sun):
        assert spec.key.pattern in PATTERNS


@pytest.mark.parametrize("shape", SHAPES)
def test_meshes_are_sound(shape: str) -> None:
    things = [thing for spec in SPECS.values() for thing in spec.things if thing.shape == shape]
    assert things, "no stage uses it"
    mesh = mesh_of(things[0])
    assert np.isfinite(mesh.vertices).all()
    assert np.isfinite(mesh.uv).all()
    assert mesh.uv.shape == (len(mesh.vertices), 2)
    assert 0 <= mesh.faces.min() <= mesh.faces.max() < len(mesh.vertices)
    lengths = np.linalg.norm(mesh.normals()[np.unique(mesh.faces)], axis=1)
    assert np.median(lengths) == pytest.approx(1)


def test_the_product_does_not_stand_in_a_prop() -> None:
    """Nothing but ground and stage within the room around the stand."""
    for spec in SPECS.values():
        x, y, z = spec.stand
        for thing in spec.things:
            vertices = mesh_of(thing).vertices
            inside = np.hypot((vertices[:, 0] - x) / (0.42 * spec.room), (vertices[:, 1] - y) / 0.5) < 1
            above = vertices[inside & (vertices[:, 2] > z + 0.08)]
            assert not len(above), (spec.name, thing.shape, thing.at)


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_pass_some_light_and_are_the_same_each_time(name: str) -> None:
    film = pattern(name, 3, 2.0)
    assert film.min() >= 0
    assert 0.1 < film.mean() <= 1
    assert np.array_equal(film, pattern(name, 3, 2.0))


def test_variants_are_probed_from_the_newest_and_fall_back_to_scalar(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Path("/lib/libLLVM.so.21"), Path("/lib/libLLVM.so.19")]
    monkeypatch.setattr(variants, "libraries", lambda: found)
    monkeypatch.setattr(variants, "survives", lambda variant, environment: variant.library == found[1])
    assert working_variant({}) == Variant(LLVM, found[1])
    monkeypatch.setattr(variants, "survives", lambda variant, environment: False)
    assert working_variant({}) == Variant(SCALAR)
    assert working_variant({"DRJIT_LIBLLVM_PATH": "/mine.so"}) == Variant(SCALAR)


def test_libraries_too_old_for_the_renderer_are_not_tried(tmp_path: Path) -> None:
    for name in ("libLLVM-14.so.1", "libLLVM.so.19.1", "libLLVM-16.so.1"):
        (tmp_path / name).touch()
    assert [path.name for path in libraries([f"{tmp_path}/libLLVM*"])] == ["libLLVM.so.19.1", "libLLVM-16.so.1"]


def test_a_child_that_dies_leaves_an_error_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("affiche.studio.baking.process.available", lambda: True)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(BakeFailed, match="'podium' failed"):
        bake("podium", tmp_path, Variant(SCALAR), {})
    assert list(tmp_path.iterdir()) == []
