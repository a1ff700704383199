# SPDX-License-Identifier: Apache-2.0
"""A folder with the weights of an inpainting pipeline, and which of them are trusted to be opened.

Such a folder has a ``model_index.json`` that names the pipeline's class and those of its parts. Only classes of the
list below are opened, only parts that diffusers and transformers bring themselves, and only weights in safetensors
files: a pickle runs whatever its writer wrote. Nothing is ever fetched.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from affiche.errors import AfficheError

INDEX: Final = "model_index.json"
MODULES: Final = ("torch", "torchvision", "diffusers", "transformers", "safetensors", "accelerate")
"""What the extra ``neural`` brings."""
_LARGEST_INDEX: Final = 64 * 1024
_LIBRARIES: Final = ("diffusers", "transformers", "stable_diffusion")
_PICKLES: Final = (".bin", ".ckpt", ".pt", ".pth", ".pkl", ".pickle")
_SAFE: Final = ".safetensors"
_SHOWN: Final = 80


class UnusableSceneModel(AfficheError):
    """The folder cannot serve as a scene model; the message says why."""

    code: ClassVar[str] = "unusable_scene_model"


@dataclass(frozen=True, slots=True)
class Family:
    """How a kind of pipeline is opened and asked. ``pipeline`` is the inpainting class of diffusers that opens weights
    of ``classes``. Pictures have at most ``pixels`` and sides that are multiples of ``multiple`` px. ``strength`` 0..1
    is how far it may leave the picture that it starts from; ``guidance`` goes in as the argument ``guided_by``."""

    name: str
    pipeline: str
    classes: tuple[str, ...]
    pixels: int
    multiple: int
    steps: int
    strength: float
    guidance: float
    guided_by: str = "guidance_scale"
    half: str = "bfloat16"


_MEGAPIXEL: Final = 1024 * 1024

FAMILIES: Final = (
    Family(
        "SD 1.5", "StableDiffusionInpaintPipeline", ("StableDiffusionInpaintPipeline", "StableDiffusionPipeline"),
        640 * 640, 8, 30, 0.65, 7.0, half="float16",
    ),
    Family(
        "SDXL", "StableDiffusionXLInpaintPipeline", ("StableDiffusionXLInpaintPipeline", "StableDiffusionXLPipeline"),
        _MEGAPIXEL, 8, 30, 0.65, 7.0, half="float16",
    ),
    Family("FLUX Fill", "FluxFillPipeline", ("FluxFillPipeline",), _MEGAPIXEL, 16, 28, 0.85, 30.0),
    Family(
        "FLUX.2 klein", "Flux2KleinInpaintPipeline", ("Flux2KleinPipeline", "Flux2KleinInpaintPipeline"),
        _MEGAPIXEL, 16, 8, 0.7, 4.0,
    ),
    Family(
        "Qwen-Image-Edit", "QwenImageEditInpaintPipeline",
        ("QwenImageEditPipeline", "QwenImageEditInpaintPipeline", "QwenImageEditPlusPipeline"),
        _MEGAPIXEL, 16, 30, 0.7, 4.0, "true_cfg_scale",
    ),
)  # fmt: skip
"""What is opened. Steps, strength and guidance are what the families' makers suggest for filling a picture in."""


@dataclass(frozen=True, slots=True)
class SceneWeights:
    """A folder that was looked at and may be opened. ``digest`` (16 hex digits) changes with its index and with the
    names and sizes of its weights."""

    folder: Path
    family: Family
    digest: str
    size: int

    @classmethod
    def at(cls, folder: Path) -> "SceneWeights":
        """Looks at a folder without opening any weights. Raises `UnusableSceneModel`."""
        index = _index(folder)
        family = _family(index, folder)
        for part, named in index.items():
            if not part.startswith("_"):
                _require_trusted(folder, part, named)
        files = sorted(path for path in folder.rglob(f"*{_SAFE}") if path.is_file())
        if not files:
            raise UnusableSceneModel(f"{folder} has no weights in {_SAFE} files; save the pipeline as safetensors.")
        told = [json.dumps(index, sort_keys=True)]
        told += [f"{path.relative_to(folder)} {path.stat().st_size}" for path in files]
        digest = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
        return cls(folder, family, digest, sum(path.stat().st_size for path in files))


def _index(folder: Path) -> dict[str, Any]:
    path = folder / INDEX
    if not path.is_file():
        raise UnusableSceneModel(f"{folder} has no {INDEX}; name the folder of a pipeline that diffusers has saved.")
    if path.stat().st_size > _LARGEST_INDEX:
        raise UnusableSceneModel(f"{path} is larger than {_LARGEST_INDEX // 1024} KB; it is no index of a pipeline.")
    try:
        index = json.loads(path.read_bytes())
    except ValueError as error:
        raise UnusableSceneModel(f"{path} is no JSON: {error}.") from error
    if not isinstance(index, dict):
        raise UnusableSceneModel(f"{path} is no index of a pipeline.")
    return index


def _family(index: dict[str, Any], folder: Path) -> Family:
    named = index.get("_class_name")
    for family in FAMILIES:
        if named in family.classes:
            return family
    known = ", ".join(family.name for family in FAMILIES)
    raise UnusableSceneModel(
        f"{folder} holds a {str(named)[:_SHOWN]}, which is not opened here; use weights of {known}."
    )


def _require_trusted(folder: Path, part: str, named: object) -> None:
    """Refuses parts that bring code of their own, and those that have their weights as pickles alone."""
    if not isinstance(named, list) or len(named) != 2:
        return
    library = named[0]
    if library is None:
        return
    if library not in _LIBRARIES:
        raise UnusableSceneModel(
            f"The part '{part[:_SHOWN]}' of {folder} wants code of its own ({str(library)[:_SHOWN]}), which is never "
            "run; use weights whose parts come from diffusers and transformers."
        )
    place = folder / part
    if place.parent != folder or place.is_symlink():
        raise UnusableSceneModel(f"The part '{part[:_SHOWN]}' of {folder} lies elsewhere; copy it into the folder.")
    suffixes = {path.suffix for path in place.glob("*")} if place.is_dir() else set()
    if suffixes & set(_PICKLES) and _SAFE not in suffixes:
        raise UnusableSceneModel(
            f"The part '{part[:_SHOWN]}' of {folder} has its weights as a pickle, which is never opened; "
            "save it as safetensors."
        )
