# SPDX-License-Identifier: Apache-2.0
"""Repaints a part of a picture by a diffusers pipeline, on a GPU where there is one. Needs the extra ``neural``."""

import importlib.util
import math
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from affiche.engines.scene_weights import MODULES, Family, SceneWeights, UnusableSceneModel
from affiche.images.native import cv2

Bytes = NDArray[np.uint8]

_ROOM: Final = 1.25
"""GPU memory by the size of the weights from which all of a pipeline stays there."""
_NEGATIVE: Final = "text, letters, watermark, second product, deformed, blurry"


class Painter(Protocol):
    """Paints what ``prompt`` says where ``mask`` (height, width) is 255, starting from the RGB ``picture``; the result
    has its size. The same arguments give the same picture on the same machine."""

    @property
    def identity(self) -> str: ...
    def paint(self, picture: Bytes, mask: Bytes, prompt: str, seed: int) -> Bytes: ...


def available() -> bool:
    """Whether the extra ``neural`` is installed."""
    return all(importlib.util.find_spec(module) is not None for module in MODULES)


def device() -> str:
    """Where pictures are painted: the name of the GPU, or ``CPU``. The extra must be installed."""
    import torch

    return str(torch.cuda.get_device_name()) if torch.cuda.is_available() else "CPU"


class DiffusersPainter:
    """A pipeline with its weights in memory. ``identity`` names the family and a digest of the weights."""

    def __init__(self, weights: SceneWeights, steps: int | None = None) -> None:
        """Opens the weights, which takes seconds to minutes. ``steps`` replaces the family's number of them. Raises
        `UnusableSceneModel`."""
        if not available():
            raise UnusableSceneModel("Scene models need torch and diffusers: pip install 'affiche[neural]'.")
        self._family = weights.family
        self._steps = steps or weights.family.steps
        self.identity = f"{weights.family.name} {weights.digest}"
        self._pipeline = _opened(weights)

    def paint(self, picture: Bytes, mask: Bytes, prompt: str, seed: int) -> Bytes:
        import torch
        from PIL import Image

        height, width = picture.shape[:2]
        size = working_size(self._family, width, height)
        start = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        where = cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST)
        asked: dict[str, Any] = {
            "prompt": prompt,
            "image": Image.fromarray(start),
            "mask_image": Image.fromarray(where),
            "width": size[0],
            "height": size[1],
            "strength": self._family.strength,
            "num_inference_steps": self._steps,
            self._family.guided_by: self._family.guidance,
            "generator": torch.Generator("cpu").manual_seed(seed & 0x7FFFFFFFFFFFFFFF),
            "output_type": "np",
        }
        if self._family.guided_by == "true_cfg_scale" or self._family.half == "float16":
            asked["negative_prompt"] = _NEGATIVE
        with torch.inference_mode():
            painted = np.asarray(self._pipeline(**asked).images[0], np.float32)
        made = np.asarray(np.rint(np.clip(np.nan_to_num(painted), 0, 1) * 255), np.uint8)
        return np.asarray(cv2.resize(made, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def working_size(family: Family, width: int, height: int) -> tuple[int, int]:
    """Width and height, px, at which a family paints a picture of this size: no more pixels than it was made for, sides
    in its multiples, nearly the same shape."""
    scale = min(1.0, math.sqrt(family.pixels / (width * height)))
    step = family.multiple
    return max(step, round(width * scale / step) * step), max(step, round(height * scale / step) * step)


def _opened(weights: SceneWeights) -> Any:
    import diffusers
    import torch

    _quiet()
    gpu = torch.cuda.is_available()
    kind = getattr(diffusers, weights.family.pipeline)
    options: dict[str, Any] = {"safety_checker": None} if weights.family.name == "SD 1.5" else {}
    try:
        pipeline = kind.from_pretrained(
            str(weights.folder),
            local_files_only=True,
            use_safetensors=True,
            trust_remote_code=False,
            dtype=getattr(torch, weights.family.half) if gpu else torch.float32,
            **options,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        raise UnusableSceneModel(f"{weights.folder} cannot be opened: {error}") from error
    pipeline.set_progress_bar_config(disable=True)
    if not gpu:
        return pipeline
    free, _ = torch.cuda.mem_get_info()
    if free > _ROOM * weights.size:
        return pipeline.to("cuda")
    pipeline.enable_model_cpu_offload()
    return pipeline


def _quiet() -> None:
    """No bars and no advice on standard error: what is wrong comes as an error."""
    import diffusers
    import transformers

    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()
