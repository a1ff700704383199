# SPDX-License-Identifier: Apache-2.0
"""How the layouts measure, beside the published run of the PosterLayout benchmark (CVPR 2023).

``python -m bench.layouts`` prints the table by arrangement and by size with the worst creatives; ``make bench`` takes
the means.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from affiche.cli.terminal import results, table
from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.measures import Measures, means
from affiche.errors import AfficheError
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2
from affiche.measuring import measure
from affiche.paint.cache import PaintCache
from affiche.samples import sample_logo_png, sample_photos
from bench.campaigns import SIZES, VARIANTS, brief
from bench.figures import Figure

FOLDERS: Final = tuple(Path(__file__).parents[2] / "shared" / "data" / name for name in ("backgrounds", "faces"))
"""More photos, measured too where they are."""

PUBLISHED: Final = {
    "overlap": 0.0220,
    "alignment": 0.0046,
    "underlay_loose": 0.831,
    "underlay_strict": 0.432,
    "utility": 0.254,
    "occlusion": 0.209,
    "readability_in_bytes": 0.187,
}
"""DS-GAN's results as the benchmark's repository publishes them. Its readability is computed in arithmetic of eight
bits and can only be compared with ours in the same arithmetic."""

_WORST: Final = {"overlap": True, "occlusion": True, "readability": True, "faces_covered": True, "min_contrast": False}
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One creative with where it comes from."""

    photo: str
    size: str
    variant: int
    arrangement: str
    measures: Measures


def photos() -> Iterator[tuple[str, bytes]]:
    """At least ten photos by name: our five wide ones, the same cut upright, and those of `FOLDERS`."""
    for name, pixels in sample_photos(1500, 1000).items():
        yield name, _jpeg(pixels)
        yield f"{name}, upright", _jpeg(pixels[:, 400:1100])
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.jpg")) if folder.is_dir() else ():
            yield path.stem, path.read_bytes()


def measured(order: Brief) -> Iterator[Measured]:
    """Every size and variant of every photo."""
    logo = sample_logo_png()
    for name, photo in photos():
        campaign, cache = Campaign.open(order, photo, logo), PaintCache()
        for size in SIZES:
            for variant in range(1, VARIANTS + 1):
                try:
                    composition = campaign.compose(size, variant, VARIANTS)
                except AfficheError:
                    continue
                found = measure(composition, campaign.photo, campaign.logo, cache)
                yield Measured(name, size.name, variant, composition.arrangement, found)


def figures() -> Iterator[Figure]:
    every = tuple(measured(brief(0)))
    count = len({one.photo for one in every})
    for name, value in means(one.measures for one in every).items():
        if value is None:
            continue
        published = f"; DS-GAN's published run has {PUBLISHED[name]:g}" if name in PUBLISHED else ""
        conditions = (
            f"layout measures of {len(every)} creatives, {count} photos, {len(SIZES)} sizes, {VARIANTS} variants"
        )
        yield Figure(f"layout_{name}", value, "", conditions + published)


def main() -> None:
    every = tuple(measured(brief(0)))
    columns = list(means(one.measures for one in every))
    rows = table("", *columns)
    rows.add_row("DS-GAN, published", *(f"{PUBLISHED[name]:g}" if name in PUBLISHED else "" for name in columns))
    rows.add_row("all", *_cells(every))
    for group in (lambda one: one.arrangement, lambda one: one.size, lambda one: one.photo):
        for name, members in _grouped(every, group).items():
            rows.add_row(name, *_cells(members))
    results().print(rows)
    for name, largest in _WORST.items():
        worst = sorted(every, key=lambda one: asdict(one.measures)[name] or 0, reverse=largest)[:_SHOWN]
        said = (f"{asdict(one.measures)[name]:.3g} {one.photo} {one.size} {one.arrangement}" for one in worst)
        results().print(f"Worst {name}: {'; '.join(said)}", markup=False)


def _grouped(every: Iterable[Measured], group: Callable[[Measured], str]) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {}
    for one in every:
        found.setdefault(group(one), []).append(one)
    return dict(sorted(found.items()))


def _cells(members: Iterable[Measured]) -> list[str]:
    return ["" if value is None else f"{value:g}" for value in means(one.measures for one in members).values()]


def _jpeg(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> bytes:
    canvas = np.ascontiguousarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2BGRA))
    return encode(np.asarray(canvas, np.uint8), ImageFormat.JPEG, 92)


if __name__ == "__main__":
    main()
