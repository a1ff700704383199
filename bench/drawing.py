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
from bench.campaigns import COUNT, DESCRIBED, SIZES, VARIANTS, brief
from bench.figures import Figure

PASSES: Final = 3
COLD_RUNS: Final = 3
STAGES: Final = ("open", "compose", "paint", "encode", "thumbnail")


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
    _draw_all(99, photo, logo, ImageFormat.PNG)  # fonts, code and codecs are warm, as in a worker that has worked
    for number, image_format in enumerate((ImageFormat.JPEG, ImageFormat.PNG)):
        yield from _throughput(number, photo, logo, image_format)
    yield _first_of_campaign(photo, logo)
    yield _first_of_process(photo, logo)


def _throughput(number: int, photo: bytes, logo: bytes, image_format: ImageFormat) -> Iterator[Figure]:
    name = image_format.value
    quality = " of quality 90" if image_format is ImageFormat.JPEG else ""
    passes = [_draw_all(PASSES * number + turn, photo, logo, image_format) for turn in range(PASSES)]
    typical = sorted(passes, key=lambda watch: watch.total)[PASSES // 2]
    conditions = f"{DESCRIBED}, {image_format.value.upper()}{quality} and thumbnail, median of {PASSES} passes"
    yield Figure(
        f"creatives_per_second_per_core_{name}",
        COUNT / typical.total,
        "creatives per CPU second",
        f"{conditions}; decoding and reading the photo included",
    )
    for stage in STAGES:
        shared = "once for all creatives" if stage == "open" else "per creative"
        milliseconds = 1000 * typical.seconds[stage] / (1 if stage == "open" else COUNT)
        yield Figure(f"stage_{stage}_{name}", milliseconds, "CPU ms", f"{shared}; {conditions}")


def _draw_all(number: int, photo: bytes, logo: bytes, image_format: ImageFormat) -> Stopwatch:
    """Every creative of a campaign, as `affiche.rendering.render_creative` makes it, but timed by stage."""
    watch, cache = Stopwatch(), PaintCache()
    with watch.timing("open"):
        campaign = Campaign.open(brief(number), photo, logo)
    for format in SIZES:
        for variant in range(1, VARIANTS + 1):
            with watch.timing("compose"):
                composition = campaign.compose(format, variant, VARIANTS)
            with watch.timing("paint"):
                canvas = paint(composition, campaign.photo, campaign.logo, cache)
            with watch.timing("encode"):
                encode(canvas, image_format, 90)
            with watch.timing("thumbnail"):
                thumbnail(canvas)
    return watch


def _first_of_campaign(photo: bytes, logo: bytes) -> Figure:
    def once(number: int) -> float:
        started = time.perf_counter()
        campaign = Campaign.open(brief(number), photo, logo)
        composition = campaign.compose(SIZES[0], 1, VARIANTS)
        encode(paint(composition, campaign.photo, campaign.logo), ImageFormat.PNG)
        return 1000 * (time.perf_counter() - started)

    value = median(once(50 + turn) for turn in range(COLD_RUNS))
    return Figure("first_post_of_a_campaign", value, "ms", "one 1080 x 1080 PNG from a 3000 x 2000 JPEG, warm process")


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
