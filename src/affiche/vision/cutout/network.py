# SPDX-License-Identifier: Apache-2.0
"""A cutter that asks a segmentation network in an ONNX file, with the same matting as the built-in one.

ONNX Runtime is used directly: rembg would add a downloader, scikit-image and a second copy of the matting for what is
one resize and one call.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from affiche.errors import AfficheError
from affiche.images.native import cv2
from affiche.vision.cutout.cutting import finished, refuse_blank, refuse_size
from affiche.vision.cutout.matte import matted
from affiche.vision.cutout.result import Cutout, State, UnknownForeground

Map = NDArray[np.float32]
Pixels = NDArray[np.uint8]

MAX_MODEL_BYTES: Final = 1_500_000_000
_IMAGENET: Final = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_OUTLINE_SIDE: Final = 800
_INSIDE: Final = 0.5
_DOUBTFUL: Final = (0.1, 0.9)
_TRUSTED: Final = 0.75
_REFUSED: Final = 0.3
_LEAST_SIDE: Final = 32
_LARGEST_SIDE: Final = 2048


@dataclass(frozen=True, slots=True)
class Family:
    """How a kind of network wants its picture: ``side`` px square, (value - mean) / deviation of RGB 0..1."""

    name: str
    side: int
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]


FAMILIES: Final = (
    Family("u2net", 320, *_IMAGENET),
    Family("isnet", 1024, (0.5, 0.5, 0.5), (1.0, 1.0, 1.0)),
    Family("birefnet", 1024, *_IMAGENET),
)


class UnusableModel(AfficheError):
    """The ONNX file cannot serve as a cutter; the message says why."""

    code: ClassVar[str] = "unusable_cutout_model"


class NetworkCutter:
    """A `Cutter` that runs a network on the CPU, on one thread as a worker has one core."""

    def __init__(self, session: Any, family: Family, side: int) -> None:
        """Use `open` instead."""
        self._session = session
        self._family = family
        self._side = side

    @classmethod
    def open(cls, path: Path, family: str | None = None) -> "NetworkCutter":
        """Load a model; without ``family`` its file name has to hold one of `FAMILIES`.

        Raises `UnusableModel` for a file that is missing, too large, no ONNX model or one of another shape.
        """
        known = _family(path, family)
        if not path.is_file():
            raise UnusableModel(f"There is no cut-out model '{path}'.")
        if path.stat().st_size > MAX_MODEL_BYTES:
            raise UnusableModel(f"'{path}' has more than {MAX_MODEL_BYTES // 1_000_000} MB.")
        session = _session(path)
        return cls(session, known, _checked_side(path, session, known))

    def cut(self, rgb: Pixels) -> Cutout:
        """The cut-out of an RGB photo (height, width, 3). Raises `UnknownForeground`, and `UnusableModel` if the
        network answers nonsense."""
        refuse_blank(rgb)
        likely = _on_outline_grid(self._likelihood(rgb), *rgb.shape[:2])
        mask = likely > _INSIDE
        refuse_size(float(mask.mean()))
        confidence = _decisiveness(likely, mask)
        if confidence < _REFUSED:
            raise UnknownForeground("No product can be told from the rest of the photo.", confidence)
        low, high = _DOUBTFUL
        pixels = matted(rgb, mask, doubtful=(likely > low) & (likely < high)).pixels
        return finished(pixels, confidence, State.OK if confidence >= _TRUSTED else State.LOW_CONFIDENCE)

    def _likelihood(self, rgb: Pixels) -> Map:
        """How likely each cell of the network's grid is the product, 0..1."""
        square = np.asarray(cv2.resize(rgb, (self._side, self._side), interpolation=cv2.INTER_AREA), np.float32)
        # The networks were trained on pictures stretched to full brightness.
        bright = square / max(float(square.max()), 1.0)
        centred = (bright - np.array(self._family.mean)) / np.array(self._family.deviation)
        planes = np.ascontiguousarray(centred.transpose(2, 0, 1)[None], np.float32)
        # The first output is the finest of the side outputs that such networks have.
        answer = self._session.run([self._session.get_outputs()[0].name], {self._session.get_inputs()[0].name: planes})
        return _as_likelihood(np.asarray(answer[0]))


def _family(path: Path, name: str | None) -> Family:
    wanted = (name or path.name).lower()
    for family in FAMILIES:
        if family.name in wanted:
            return family
    names = ", ".join(family.name for family in FAMILIES)
    raise UnusableModel(
        f"'{name or path.name}' names no known family of cut-out models; put one of {names} into the file's name."
    )


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # Its exceptions are one class per cause without a common base of their own.
        raise UnusableModel(f"'{path}' is no ONNX model that can be loaded: {_first_line(error)}") from error


def _checked_side(path: Path, session: Any, family: Family) -> int:
    """The side of the square that the model takes: its own where it is fixed, the family's otherwise."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    shape = list(inputs[0].shape) if len(inputs) == 1 else []
    fits = len(shape) == 4 and shape[1] == 3 and inputs[0].type == "tensor(float)" and len(outputs) >= 1
    if not fits:
        raise UnusableModel(f"'{path}' does not take one float picture (1, 3, height, width); it is no cut-out model.")
    height, width = (extent if isinstance(extent, int) else family.side for extent in shape[2:])
    if height != width or not _LEAST_SIDE <= height <= _LARGEST_SIDE:
        raise UnusableModel(f"'{path}' takes pictures of {width} x {height}; expected a square like {family.side}.")
    return height


def _as_likelihood(answer: NDArray[Any]) -> Map:
    """A network's answer (1, 1, h, w) as 0..1, whether it was logits or shares; stretched if it reaches over half."""
    if answer.ndim not in (3, 4) or answer.size != answer.shape[-1] * answer.shape[-2] or min(answer.shape[-2:]) < 2:
        raise UnusableModel(f"The cut-out model answers with the shape {answer.shape} instead of one map.")
    likely = answer.reshape(answer.shape[-2:]).astype(np.float32)
    if not np.isfinite(likely).all():
        raise UnusableModel("The cut-out model answers with numbers that are not finite.")
    if likely.min() < -0.01 or likely.max() > 1.01:
        likely = np.asarray(1 / (1 + np.exp(-np.clip(likely, -30, 30))), np.float32)
    low, high = float(likely.min()), float(likely.max())
    return (likely - low) / (high - low) if high > _INSIDE else likely


def _on_outline_grid(likely: Map, height: int, width: int) -> Map:
    scale = min(1.0, _OUTLINE_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(np.clip(cv2.resize(likely, size, interpolation=cv2.INTER_LINEAR), 0, 1), np.float32)


def _decisiveness(likely: Map, mask: NDArray[np.bool_]) -> float:
    """0..1: how far from undecided the network was, on average over the product and as much again around it."""
    around = cv2.dilate(mask.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return float(np.abs(2 * likely[around] - 1).mean()) if around.any() else 0.0


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
