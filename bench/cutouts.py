# SPDX-License-Identifier: Apache-2.0
"""How well and how fast products are cut out.

``python -m bench.cutouts`` prints a line per photo; ``make bench`` takes the means. Photos with hand-made outlines are
measured where they are; our own, rendered with and without their stage, always.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.cli.terminal import results, table
from affiche.images.decode import decode_photo, decode_picture
from affiche.images.native import cv2
from affiche.samples.tabletop import Product, Stage, tabletop
from affiche.vision.cutout.classical import confidence_in
from affiche.vision.cutout.matte import matted
from affiche.vision.cutout.outline import find_outline
from bench.figures import Figure

FOLDER: Final = Path(__file__).parents[2] / "shared" / "data" / "cutout"
SIDE: Final = 1500
_RUNS: Final = 3
_LEAST_CONTRAST: Final = 40.0
_OPEN: Final = 128
_LEVELS: Final = (0, _OPEN, 255)

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Measured:
    """One photo: overlap with its true outline, mean error of alpha, confidence, whether its backdrop is plain.

    ``decided`` is the overlap without the pixels that the outline's authors left open: data sets of segmentation mark
    the mixed rim as neither inside nor outside. ``leaning_before`` is the share of edge pixels whose colour in the
    photo is nearer to the background's than to the product's, ``leaning`` the same of the cut-out.
    """

    name: str
    overlap: float
    decided: float
    error: float
    confidence: float
    plain: bool
    leaning_before: float
    leaning: float


def photos() -> Iterator[tuple[str, Pixels, Pixels]]:
    """Name, RGB and true alpha."""
    for product in Product:
        for stage in Stage:
            scene = tabletop(product, stage)
            yield f"{product}, {stage}", scene.rgb, scene.alpha
    for path in sorted(FOLDER.glob("*.mask.png")):
        name = path.name.removesuffix(".mask.png")
        photo = next(found for found in sorted(FOLDER.glob(f"{name}.*")) if found != path)
        yield name, decode_photo(photo.read_bytes()), decode_picture(path.read_bytes())[..., 0]


def measured() -> Iterator[Measured]:
    """Every photo. Cut-outs that would be refused are measured too."""
    for name, rgb, true in photos():
        outline = find_outline(rgb)
        if not outline.mask.any():
            yield Measured(name, 0.0, 0.0, float(true.mean()) / 255, 0.0, False, 0.0, 0.0)
            continue
        cut = matted(rgb, outline.mask, outline.ground).pixels
        inside, truly = cut[..., 3] > 127, true > 127
        overlap = float((inside & truly).sum() / (inside | truly).sum())
        error = float(np.abs(cut[..., 3].astype(np.float32) - true).mean()) / 255
        before, after = (leaning(rgb, colours, cut[..., 3]) for colours in (rgb, cut[..., :3]))
        yield Measured(
            name, overlap, _decided(inside, true), error, confidence_in(outline), outline.clean > 0.9, before, after
        )


def _decided(inside: NDArray[np.bool_], true: Pixels) -> float:
    """Overlap where the outline says inside or outside. One of three levels has its rim left open at the middle one;
    one of more levels, or of two, is decided everywhere."""
    known = true != _OPEN if len(np.unique(true)) == len(_LEVELS) else np.ones(true.shape, np.bool_)
    truly = true > 127
    return float((inside & truly & known).sum() / ((inside | truly) & known).sum())


def leaning(rgb: Pixels, colours: Pixels, alpha: Pixels) -> float:
    """Share of the edge pixels (alpha 10 to 90 %) of ``colours`` that are nearer to the next background colour of the
    photo than to the next product colour; pixels where these two are alike do not count."""
    edge = (alpha > 25) & (alpha < 230)
    if not edge.any():
        return 0.0
    front, back = _nearest(rgb, alpha > 250)[edge], _nearest(rgb, alpha < 3)[edge]
    told = np.linalg.norm(front - back, axis=1) > _LEAST_CONTRAST
    if not told.any():
        return 0.0
    seen = colours[edge].astype(np.float32)
    nearer = np.linalg.norm(seen - back, axis=1) < np.linalg.norm(seen - front, axis=1)
    return float(nearer[told].mean())


def _nearest(rgb: Pixels, where: NDArray[np.bool_]) -> NDArray[np.float32]:
    """For every pixel the photo's colour at the next pixel of ``where``."""
    _, labels = cv2.distanceTransformWithLabels(
        (~where).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(labels.max()) + 1, 3), np.float32)
    colours[labels[where]] = rgb[where]
    return np.asarray(colours[labels], np.float32)


def seconds() -> tuple[float, float]:
    """CPU seconds at `SIDE` px of finding the outline and of matting it, warm: medians over our own scenes."""
    found, cut = [], []
    for stage in Stage:
        rgb = tabletop(Product.MUG, stage, SIDE, SIDE * 4 // 5).rgb
        for _ in range(_RUNS):
            started = time.process_time()
            outline = find_outline(rgb)
            half = time.process_time()
            matted(rgb, outline.mask, outline.ground)
            found.append(half - started)
            cut.append(time.process_time() - half)
    return median(found), median(cut)


def figures() -> Iterator[Figure]:
    every = tuple(measured())
    own, hand = every[: len(Product) * len(Stage)], every[len(Product) * len(Stage) :]
    for group, members, note in (
        ("own", own, f"cut-outs of {len(own)} rendered photos with known outlines"),
        ("photos", hand, f"cut-outs of {len(hand)} photos with hand-made outlines, refused ones included"),
    ):
        if members:
            yield from _figures(group, members, note)
    outline, matte = seconds()
    yield Figure("cutout_seconds", outline + matte, "s CPU", f"one cut-out at {SIDE} px, warm")
    yield Figure("cutout_matte_seconds", matte, "s CPU", f"one cut-out at {SIDE} px, warm")


def _figures(group: str, members: Iterable[Measured], note: str) -> Iterator[Figure]:
    members = tuple(members)
    yield Figure(f"cutout_overlap_{group}", mean(one.overlap for one in members), "IoU", note)
    plain = [one.overlap for one in members if one.plain]
    if plain:
        yield Figure(f"cutout_overlap_{group}_plain", mean(plain), "IoU", f"{note}; {len(plain)} with a plain backdrop")
        decided = mean(one.decided for one in members if one.plain)
        yield Figure(
            f"cutout_decided_{group}_plain", decided, "IoU", "the same without pixels that outlines leave open"
        )
    yield Figure(f"cutout_leaning_{group}_before", mean(one.leaning_before for one in members), "", note)
    yield Figure(f"cutout_leaning_{group}", mean(one.leaning for one in members), "", note)


def main() -> None:
    rows = table("PHOTO", "IOU", "DECIDED", "ALPHA ERROR", "CONFIDENCE", "PLAIN", "LEANING BEFORE", "AFTER")
    for one in measured():
        values = (
            f"{one.overlap:.3f}",
            f"{one.decided:.3f}",
            f"{one.error:.4f}",
            f"{one.confidence:.2f}",
            "yes" if one.plain else "",
        )
        rows.add_row(one.name, *values, f"{one.leaning_before:.3f}", f"{one.leaning:.3f}")
    results().print(rows)
    for figure in figures():
        results().print(f"{figure.name}: {figure.value:.4g} {figure.unit}", markup=False)


if __name__ == "__main__":
    main()
