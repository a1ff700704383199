# SPDX-License-Identifier: Apache-2.0
"""Which folders of weights are opened, and which are refused before anything of them is."""

import json
from pathlib import Path
from typing import Any

import pytest

from affiche.engines.scene_weights import FAMILIES, SceneWeights, UnusableSceneModel

PARTS: dict[str, Any] = {
    "unet": ["diffusers", "UNet2DConditionModel"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "safety_checker": [None, None],
    "requires_safety_checker": False,
}


def saved(folder: Path, class_name: str = "StableDiffusionXLPipeline", parts: dict[str, Any] | None = None) -> Path:
    """A folder as diffusers saves one, with empty weights."""
    index = {"_class_name": class_name, "_diffusers_version": "0.42.1"} | PARTS | (parts or {})
    for part in ("unet", "text_encoder"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / "model.safetensors").write_bytes(b"0" * 100)
    (folder / "model_index.json").write_text(json.dumps(index))
    return folder


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_class_in_the_index_tells_the_family(family, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in family.classes:
        assert SceneWeights.at(saved(tmp_path, name)).family is family


def test_the_digest_changes_with_the_weights(tmp_path: Path) -> None:
    first = SceneWeights.at(saved(tmp_path / "one"))
    assert SceneWeights.at(saved(tmp_path / "two")).digest == first.digest
    (tmp_path / "two" / "unet" / "model.safetensors").write_bytes(b"0" * 101)
    second = SceneWeights.at(tmp_path / "two")
    assert second.digest != first.digest
    assert (first.size, second.size) == (200, 201)


def test_other_classes_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnusableSceneModel, match=r"MyPipeline.*SD 1.5, SDXL, FLUX Fill, FLUX.2 klein, Qwen-Image-Edit"):
        SceneWeights.at(saved(tmp_path, "MyPipeline"))


@pytest.mark.parametrize("library", ["my_unet", "diffusers_modules.local", "os", 7])
def test_parts_with_code_of_their_own_are_refused(library: object, tmp_path: Path) -> None:
    with pytest.raises(UnusableSceneModel, match="'unet'.*code of its own"):
        SceneWeights.at(saved(tmp_path, parts={"unet": [library, "Unet"]}))


def test_weights_in_a_pickle_alone_are_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    (folder / "unet" / "model.safetensors").rename(folder / "unet" / "diffusion_pytorch_model.bin")
    with pytest.raises(UnusableSceneModel, match="'unet'.*pickle"):
        SceneWeights.at(folder)


def test_a_pickle_beside_safetensors_does_no_harm(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"never read")
    assert SceneWeights.at(folder).family.name == "SDXL"


@pytest.mark.parametrize("part", ["../unet", "unet/../../unet"])
def test_parts_outside_the_folder_are_refused(part: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableSceneModel, match="lies elsewhere"):
        SceneWeights.at(saved(tmp_path / "model", parts={part: ["diffusers", "UNet2DConditionModel"]}))


def test_linked_parts_are_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path / "model")
    (folder / "unet").rename(tmp_path / "elsewhere")
    (folder / "unet").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableSceneModel, match="lies elsewhere"):
        SceneWeights.at(folder)


def test_what_is_no_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSceneModel, match=r"has no model_index.json"):
        SceneWeights.at(tmp_path)
    for content, said in ((b"{", "no JSON"), (b"[]", "no index"), (b" " * 70_000, "larger than 64 KB")):
        (tmp_path / "model_index.json").write_bytes(content)
        with pytest.raises(UnusableSceneModel, match=said):
            SceneWeights.at(tmp_path)
    (tmp_path / "model_index.json").write_text('{"_class_name": "FluxFillPipeline"}')
    with pytest.raises(UnusableSceneModel, match="no weights"):
        SceneWeights.at(tmp_path)
