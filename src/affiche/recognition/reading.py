# SPDX-License-Identifier: Apache-2.0
"""Reading labels with RapidOCR, whose wheel carries its models: it needs no network and asks none.

Loading takes about a second and 230 MB, so it waits for the first label and then stays.
"""

import threading
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.recognition.label import MOST_LINES, LabelLine, cleaned, dotted

Pixels = NDArray[np.uint8]

# Large print is found best in a small picture and small print in a larger one.
_SIDES: Final = (720, 480)
_MOST_ENLARGED: Final = 4.0
_TALLEST: Final = 0.5
_WORD: Final = 3
_SAME: Final = 0.5
_MARGIN: Final = 0.04
_LEAST_CONFIDENCE: Final = 0.5
_OPAQUE: Final = 127
_BRIGHT: Final = 165.0
_PAPERS: Final = (255, 96)
_MODELS: Final = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
_ONE_AT_A_TIME: Final = threading.Lock()


def read_label(cutout: Pixels) -> tuple[LabelLine, ...]:
    """The lines of print on RGBA pixels, upright, turned or upside down, from top to bottom; at most `MOST_LINES`."""
    opaque = (cutout[..., 3] > _OPAQUE).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(opaque)
    if not width or not height:
        return ()
    flat, paper = _flattened(cutout[y : y + height, x : x + width])
    found = [line for side in _SIDES for line in _read(flat, paper, side)]
    kept: list[LabelLine] = []
    for line in sorted(found, key=lambda line: -line.confidence):
        if not any(_overlap(line, other) > _SAME for other in kept):
            kept.append(line)
    tallest = sorted(kept, key=lambda line: -line.height)[:MOST_LINES]
    return tuple(sorted(tallest, key=lambda line: (line.top + line.bottom, line.left)))


def _flattened(cutout: Pixels) -> tuple[Pixels, int]:
    """The product, RGB, on a grey that it stands out from, and that grey."""
    solid = cutout[cutout[..., 3] > _OPAQUE][:, :3]
    paper = _PAPERS[int(float(np.median(solid)) > _BRIGHT)]
    alpha = cutout[..., 3:].astype(np.float32) / 255
    return np.rint(cutout[..., :3] * alpha + paper * (1 - alpha)).astype(np.uint8), paper


def _read(flat: Pixels, paper: int, side: int) -> Iterator[LabelLine]:
    """The lines found with the longer side enlarged or reduced to ``side`` px, and a margin around."""
    height, width = flat.shape[:2]
    scale = min(side / max(height, width), _MOST_ENLARGED)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    resized = cv2.resize(flat, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    margin = round(_MARGIN * max(size))
    framed = cv2.copyMakeBorder(resized, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(paper,) * 3)
    with _ONE_AT_A_TIME:
        found = _engine()(np.asarray(cv2.cvtColor(framed, cv2.COLOR_RGB2BGR), np.uint8))
    if found.boxes is None or not found.txts:
        return
    for corners, text, confidence in zip(found.boxes, found.txts, found.scores, strict=True):
        line = _line(dotted(cleaned(text)), float(confidence), (np.asarray(corners) - margin) / scale, width, height)
        # A whole product is sometimes taken for a letter or two: a melon for an O.
        whole = line.height > _TALLEST and len(line.text) < _WORD
        if len(line.text) > 1 and not whole and line.confidence >= _LEAST_CONFIDENCE:
            yield line


def _overlap(one: LabelLine, other: LabelLine) -> float:
    """The share of the smaller box that both have in common."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min((line.right - line.left) * (line.bottom - line.top) for line in (one, other))
    return max(across, 0) * max(down, 0) / max(smaller, 1e-6)


def _line(text: str, confidence: float, corners: NDArray[np.float64], width: int, height: int) -> LabelLine:
    """``corners`` (4, 2) in px of the product, from the line's upper left on."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    # Turned print is read along its longer side; letters are as tall as the shorter one.
    tall = float(min(sides[0] + sides[2], sides[1] + sides[3])) / 2
    (left, top), (right, bottom) = corners.min(axis=0) / [width, height], corners.max(axis=0) / [width, height]
    return LabelLine(text, confidence, tall / height, float(left), float(top), float(right), float(bottom))


@cache
def _engine() -> Any:
    """RapidOCR on one thread. Paths are named, because it would download models that it has to look for."""
    from rapidocr import RapidOCR

    spec = find_spec("rapidocr")
    assert spec is not None
    assert spec.origin is not None
    models = Path(spec.origin).parent / "models"
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": _LEAST_CONFIDENCE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": max(_SIDES) + 96,
            **{f"{part}.model_path": str(models / name) for part, name in _MODELS.items()},
        }
    )
