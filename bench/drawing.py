# SPDX-License-Identifier: Apache-2.0
"""How fast one core draws: creatives a second, where the time goes, and how long the first one takes."""

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from affiche.creative.campaign import Campaign
from affiche.images.encode import ImageFormat, encode, thumbnail
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import BATCH, SEED, SIZES, VARIANTS, brief
from bench.figures import Figure

PASSES: Final = 3
COLD_RUNS: Final = 5
SEARCHES: Final = 5
STAGES: Final = ("open", "compose", "paint", "thumbnail", "encode")


class Stopwatch:
    """CPU seconds of this process by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - started

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def figures() -> Iterator[Figure]:
    photo, logo = sample_photo_jpeg(), sample_logo_png()
    _draw_all(
        99, photo, logo, ImageFormat.PNG, VARIANTS
    )  # fonts, code and codecs are warm, as in a worker that has worked
    for variants in (BATCH, VARIANTS):
        for image_format in (ImageFormat.JPEG, ImageFormat.PNG):
            yield from _throughput(photo, logo, image_format, variants)
    yield from _search(photo, logo)
    yield _first_of_campaign(photo, logo)
    yield _first_of_process(photo, logo)


def _throughput(photo: bytes, logo: bytes, image_format: ImageFormat, variants: int) -> Iterator[Figure]:
    count = len(SIZES) * variants
    name = f"{image_format.value}_batch_of_{count}"
    quality = " of quality 90" if image_format is ImageFormat.JPEG else ""
    passes = [_draw_all(turn, photo, logo, image_format, variants) for turn in range(PASSES)]
    typical = sorted(passes, key=lambda watch: watch.total)[PASSES // 2]
    conditions = (
        f"{len(SIZES)} sizes x {variants} variants from one 3000 x 2000 JPEG, "
        f"{image_format.value.upper()}{quality} and thumbnail, median of {PASSES} passes"
    )
    yield Figure(
        f"creatives_per_second_per_core_{name}",
        count / typical.total,
        "creatives per CPU second",
        f"{conditions}; decoding, reading the photo and the search for layouts included",
    )
    for stage in STAGES:
        shared = "once for all creatives" if stage == "open" else "per creative"
        milliseconds = 1000 * typical.seconds[stage] / (1 if stage == "open" else count)
        yield Figure(f"stage_{stage}_{name}", milliseconds, "CPU ms", f"{shared}; {conditions}")


def _draw_all(number: int, photo: bytes, logo: bytes, image_format: ImageFormat, variants: int) -> Stopwatch:
    """Every creative of a campaign, as `affiche.rendering.render_creative` makes it, but timed by stage."""
    watch, cache = Stopwatch(), PaintCache()
    with watch.timing("open"):
        campaign = Campaign.open(brief(number), photo, logo, SEED)
    for format in SIZES:
        for variant in range(1, variants + 1):
            with watch.timing("compose"):
                composition = campaign.compose(format, variant, variants)
            with watch.timing("paint"):
                canvas = paint(composition, campaign.photo, campaign.logo, cache)
            with watch.timing("thumbnail"):
                thumbnail(canvas)
            with watch.timing("encode"):
                encode(canvas, image_format, 90)
    return watch


def _search(photo: bytes, logo: bytes) -> Iterator[Figure]:
    """How long the designs of one size are searched for, and among how many."""
    took, considered = [], []
    for turn in range(SEARCHES):
        campaign = Campaign.open(brief(70 + turn), photo, logo, SEED)
        started = time.process_time()
        designs = [campaign.compose(SIZES[0], variant, VARIANTS) for variant in range(1, VARIANTS + 1)]
        took.append(1000 * (time.process_time() - started))
        considered.append(sum(design.considered for design in designs))
    conditions = f"{VARIANTS} designs of 1080 x 1080, median of {SEARCHES} briefs"
    yield Figure("search_of_one_size", median(took), "CPU ms", conditions)
    yield Figure("search_considered", median(considered), "crops and places", conditions)


def _first_of_campaign(photo: bytes, logo: bytes) -> Figure:
    def once(number: int) -> float:
        started = time.process_time()
        campaign = Campaign.open(brief(number), photo, logo, SEED)
        composition = campaign.compose(SIZES[0], 1, 1)
        encode(paint(composition, campaign.photo, campaign.logo), ImageFormat.PNG)
        return 1000 * (time.process_time() - started)

    value = median(once(50 + turn) for turn in range(COLD_RUNS))
    conditions = f"one 1080 x 1080 PNG from a 3000 x 2000 JPEG, decoding and search included, median of {COLD_RUNS}"
    return Figure("first_post_of_a_campaign", value, "CPU ms", f"{conditions}, warm process")


def _first_of_process(photo: bytes, logo: bytes) -> Figure:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "photo.jpg").write_bytes(photo)
        (folder / "logo.png").write_bytes(logo)
        value = median(_render_once(folder, brief(60 + turn).headline) for turn in range(COLD_RUNS))
    return Figure(
        "cold_single_post", value, "ms", "`affiche render --variants 1` of one 1080 x 1080 PNG, process start included"
    )


def _render_once(folder: Path, headline: str) -> float:
    given = {"photo": "photo.jpg", "logo": "logo.png", "headline": headline, "punchline": "Small lodges, wide skies."}
    given |= {"action": "Book now", "color1": "#1f4e5f", "color2": "#f2a154", "variants": "1", "out": "out"}
    command = [sys.executable, "-m", "affiche", "render"]
    command += [part for name, value in given.items() for part in (f"--{name}", value)]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return 1000 * (time.perf_counter() - started)
