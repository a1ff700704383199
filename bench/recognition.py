# SPDX-License-Identifier: Apache-2.0
"""How often products are named right, and what it takes.

``python -m bench.recognition`` prints a line per packshot; ``make bench`` takes the shares. Packshots with true names
are measured where they are: some carry print, others are fruit and vegetables, of which only colour and form can tell.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Final

import numpy as np
import skia
from numpy.typing import NDArray

from affiche.cli.terminal import results, table
from affiche.images.decode import decode_picture
from affiche.recognition import recommend
from affiche.recognition.form import Form
from affiche.recognition.reading import read_label
from affiche.samples.tabletop import Product, Stage, tabletop
from affiche.typography.fonts import face
from affiche.vision.cutout import ClassicalCutter, UnknownForeground, cut_out
from bench.figures import Figure

FOLDER: Final = Path(__file__).parents[2] / "shared" / "data" / "packshots"
SIDE: Final = 1500
_RUNS: Final = 3
_BRANDS: Final = ("Alpro", "Arla", "Bravo", "Garant", "God Morgon", "Oatly", "Tropicana", "Yoggi")
# What a name's last words call the kind, and what English calls it otherwise.
_KINDS: Final = {
    "soy milk": "soy drink", "milk": "milk", "yoghurt": "yoghurt", "soyghurt": "yoghurt", "oatghurt": "yoghurt",
    "sour cream": "sour cream", "juice": "juice",
}  # fmt: skip
_COLD: Final = """
import numpy, time
from affiche.recognition.reading import read_label
from affiche.images.native import cv2
picture = numpy.full((720, 720, 4), 255, numpy.uint8)
cv2.putText(picture, "SAMPLE", (60, 380), cv2.FONT_HERSHEY_SIMPLEX, 5, (0, 0, 0, 255), 14)
def held():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
before, started = held(), time.process_time()
read_label(picture)
print(time.process_time() - started, held() - before)
"""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Named:
    """What one packshot was called. ``printed`` says that its true name begins with a brand, so that it bears print;
    ``wrong`` that it was called something, but neither by its brand nor by its kind."""

    truth: str
    name: str
    description: str
    printed: bool
    brand: bool
    kind: bool

    @property
    def right(self) -> bool:
        return self.brand or self.kind

    @property
    def wrong(self) -> bool:
        return not self.right and self.name not in set(Form)


def named() -> Iterator[Named]:
    """Every packshot; one that cannot be cut out is a product without a name."""
    for path in sorted(FOLDER.glob("*_Iconic.jpg")):
        truth = path.name.removesuffix("_Iconic.jpg").replace("-", " ")
        brand = next((brand for brand in _BRANDS if truth.startswith(brand)), "")
        kind = next((word for ending, word in _KINDS.items() if truth.lower().endswith(ending)), "")
        try:
            made = recommend(cut_out(decode_picture(path.read_bytes()), ClassicalCutter()).pixels)
            name, description = made.product_name, made.product_description
        except UnknownForeground:
            name, description = Form.PRODUCT.value, ""
        called = name.lower()
        yield Named(
            truth,
            name,
            description,
            bool(brand),
            bool(brand) and called.startswith(brand.lower()),
            bool(re.search(rf"\b{kind or truth.lower()}\b", called)),
        )


def labelled_bottle() -> Pixels:
    """Our own rendered bottle on paper with print on it, RGBA, `SIDE` px wide."""
    height = SIDE * 4 // 5
    rgb = tabletop(Product.BOTTLE, Stage.SHADOW, SIDE, height).rgb
    picture = np.ascontiguousarray(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]))
    canvas = skia.Canvas(picture)
    for text, size, middle in (("NORDA", 0.055, 0.60), ("SHAMPOO", 0.03, 0.68)):
        font = skia.Font(skia.Typeface.MakeFromFile(str(face("Poppins", 700).path)), size * height)
        left = (SIDE - font.measureText(text)) / 2
        canvas.drawString(text, left, middle * height, font, skia.Paint(Color=0xFF101010))
    return picture


def seconds() -> tuple[float, float]:
    """CPU seconds at `SIDE` px of cut-out and recommendation together, and of the latter alone: medians, warm."""
    picture, whole, alone = labelled_bottle(), [], []
    for _ in range(_RUNS + 1):
        started = time.process_time()
        cut = cut_out(picture, ClassicalCutter())
        half = time.process_time()
        recommend(cut.pixels)
        whole.append(time.process_time() - started)
        alone.append(time.process_time() - half)
    return median(whole[1:]), median(alone[1:])


def figures() -> Iterator[Figure]:
    yield from _shares(tuple(named()))
    whole, alone = seconds()
    note = f"one photo at {SIDE} px with a printed label, warm"
    yield Figure("recommendation_seconds", whole, "s CPU", f"{note}; with its cut-out")
    yield Figure("recommendation_alone_seconds", alone, "s CPU", note)
    if Path("/proc/self/status").exists():
        told = subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True, text=True).stdout.split()
        note = "the first label of a process: RapidOCR loads its models"
        yield Figure("label_reader_cold_seconds", float(told[0]), "s CPU", note)
        yield Figure("label_reader_memory", float(told[1]), "MB", note)


def _shares(every: Sequence[Named]) -> Iterator[Figure]:
    printed, bare = [one for one in every if one.printed], [one for one in every if not one.printed]
    if printed:
        note = f"{len(printed)} packshots of 198 px with print"
        yield Figure("recognition_right_printed", mean(one.right for one in printed), "share", note)
        yield Figure("recognition_brand_printed", mean(one.brand for one in printed), "share", note)
        yield Figure("recognition_kind_printed", mean(one.kind for one in printed), "share", note)
        yield Figure("recognition_wrong_printed", mean(one.wrong for one in printed), "share", note)
    if bare:
        note = f"{len(bare)} packshots of fruit and vegetables without print"
        yield Figure("recognition_right_bare", mean(one.right for one in bare), "share", note)
        yield Figure("recognition_wrong_bare", mean(one.wrong for one in bare), "share", note)


def main() -> None:
    rows = table("TRUTH", "NAME", "BRAND", "KIND", "WRONG", "DESCRIPTION")
    for one in named():
        marks = ("yes" if mark else "" for mark in (one.brand, one.kind, one.wrong))
        rows.add_row(one.truth, one.name, *marks, one.description)
    results().print(rows)
    for line in read_label(labelled_bottle()):
        results().print(f"{line.text} {line.confidence:.2f}", markup=False)
    for figure in figures():
        results().print(f"{figure.name}: {figure.value:.4g} {figure.unit}", markup=False)


if __name__ == "__main__":
    main()
