# SPDX-License-Identifier: Apache-2.0
"""Affiche and its rivals draw the same scenes in turn: the CPU time of each, and the ratios.

``python -m bench.rivals.race FOLDER`` keeps the pictures of all programs instead, to be looked at.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from affiche.cli.terminal import notes
from affiche.creative.campaign import Campaign
from affiche.creative.composition import Composition
from affiche.images.encode import ImageFormat, encode
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint
from affiche.rendering import render_creative
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import SEED, SIZES, brief
from bench.drawing import Stopwatch
from bench.figures import Figure
from bench.rivals.rival import RIVALS, Fallen, Rival, Worker
from bench.rivals.scene import NotShared, scene, set_stage

ROUNDS: Final = 3
FORMATS: Final = (ImageFormat.JPEG, ImageFormat.PNG)
QUALITY: Final = 90
_WARM_UP: Final = len(FORMATS) * ROUNDS
_WHOLE: Final = "affiche"
_DRAWING: Final = "affiche, drawing only"

Times = dict[str, float]


class Studio:
    """The pictures, read once, for campaigns with texts of their own, and a ``folder`` with the same for rivals.

    ``sizes`` are those whose scenes every program can draw.
    """

    def __init__(self, folder: Path) -> None:
        photo = sample_photo_jpeg()
        self._first = first = Campaign.open(brief(_WARM_UP), photo, sample_logo_png(), SEED)
        size = first.photo.width, first.photo.height
        compositions = [first.compose(format, 1) for format in SIZES]
        shared = [composition for composition in compositions if _is_shared(composition)]
        self.sizes = tuple(composition.format for composition in shared)
        self.stage = set_stage(folder, photo, size, first.logo, shared)

    def campaign(self, number: int) -> Campaign:
        """A campaign that nothing was laid out for. All have one seed, which decides how they look."""
        first = self._first
        return Campaign.of(brief(number), first.photo, first.materials.reading, first.logo, first.seed)


def figures() -> Iterator[Figure]:
    """For each rival and file format: what it takes, and the ratios. A note stands for each that cannot draw here."""
    rounds: defaultdict[ImageFormat, list[Times]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name, _ready(Path(name)) as (studio, workers):
        try:
            _round(studio, _WARM_UP, ImageFormat.PNG, workers)
            for turn in range(ROUNDS):
                for place, image_format in enumerate(FORMATS):
                    rounds[image_format].append(_round(studio, len(FORMATS) * turn + place, image_format, workers))
        except Fallen as fallen:
            notes().print(f"Not compared with other programs: {fallen}", markup=False)
            return
    for worker in workers:
        for image_format in FORMATS:
            if image_format in worker.rival.formats:
                yield from _compared(worker.rival, image_format, rounds[image_format], len(studio.sizes))


@contextmanager
def _ready(folder: Path) -> Iterator[tuple[Studio, list[Worker]]]:
    """The studio and every rival that is here, warm."""
    studio, workers = Studio(folder), list[Worker]()
    try:
        for rival in _present():
            try:
                workers.append(Worker(rival, studio.stage))
            except Fallen as fallen:
                notes().print(f"Not compared with {rival.title}: {fallen}", markup=False)
        yield studio, workers
    finally:
        for worker in workers:
            worker.close()


def _is_shared(composition: Composition) -> bool:
    try:
        scene(composition)
    except NotShared as reason:
        notes().print(f"Size {composition.format.name} is not compared with other programs: {reason}.", markup=False)
        return False
    return True


def _present() -> list[Rival]:
    """The rivals that can draw here; what the others lack is said once."""
    lacks = {rival: rival.missing() for rival in RIVALS}
    for lack in dict.fromkeys(lack for lack in lacks.values() if lack):
        notes().print(lack, markup=False)
    return [rival for rival, lack in lacks.items() if lack is None]


def _round(studio: Studio, number: int, image_format: ImageFormat, workers: Sequence[Worker]) -> Times:
    """CPU seconds of each program for one creative of every size, drawn in turn size by size."""
    runners = [worker for worker in workers if image_format in worker.rival.formats]
    before = [worker.cpu_seconds() for worker in runners]
    watch = Stopwatch()
    with watch.timing(_WHOLE):
        campaign, cache, fresh = studio.campaign(number), PaintCache(), PaintCache()
    for format in studio.sizes:
        with watch.timing(_WHOLE):
            creative = render_creative(
                campaign, format, 1, image_format=image_format, default_budget=False, cache=cache
            )
        with watch.timing(_DRAWING):
            encode(paint(creative.composition, campaign.photo, campaign.logo, fresh), image_format)
        shared = scene(creative.composition)
        for worker in runners:
            worker.draw(shared, image_format)
    after = [worker.cpu_seconds() for worker in runners]
    return watch.seconds | {
        worker.rival.name: end - start for worker, start, end in zip(runners, before, after, strict=True)
    }


def _compared(rival: Rival, image_format: ImageFormat, rounds: Sequence[Times], sizes: int) -> Iterator[Figure]:
    name = f"{rival.name}_{image_format.value}"
    quality = f" of quality {QUALITY}" if image_format is ImageFormat.JPEG else " at our fast level"
    shared = (
        f"{sizes} sizes of a campaign from one decoded 3000 x 2000 photo, texts new in every round, "
        f"{image_format.value.upper()}{quality}, size by size in turn, median of {ROUNDS} rounds; {rival.conditions}"
    )
    yield Figure(
        f"{name}_per_creative",
        1000 * median(times[rival.name] for times in rounds) / sizes,
        "CPU ms",
        f"{shared}; all of its processes",
    )
    for suffix, ours, included in (
        ("", _WHOLE, "ours with layout search and thumbnail, which the rival is spared"),
        ("_drawing", _DRAWING, "ours painted and encoded only"),
    ):
        ratios = [times[rival.name] / times[ours] for times in rounds]
        spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
        yield Figure(
            f"{name}_over_affiche{suffix}", median(ratios), "times our CPU", f"{shared}; {included}; rounds: {spread}"
        )


def pictures(folder: Path) -> None:
    """Every size as every program draws it, as PNG files in ``folder``."""
    with tempfile.TemporaryDirectory() as name, _ready(Path(name)) as (studio, workers):
        campaign = studio.campaign(0)
        for format in studio.sizes:
            creative = render_creative(campaign, format, 1, image_format=ImageFormat.PNG, default_budget=False)
            (folder / f"{format.name}-affiche.png").write_bytes(creative.content)
            for worker in workers:
                worker.draw(scene(creative.composition), "png", folder / f"{format.name}-{worker.rival.name}.png")


if __name__ == "__main__":
    pictures(Path(sys.argv[1]))
