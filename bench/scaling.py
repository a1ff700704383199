# SPDX-License-Identifier: Apache-2.0
"""What a second render process brings: the same order through a pool of one and of two, in turns."""

import hashlib
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Final

from affiche.creative.formats import Format
from affiche.jobs.rendering.messages import RenderRequest
from affiche.jobs.rendering.pool import RenderPool, RenderTerms
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import BATCH, SIZES, brief
from bench.figures import Figure

TURNS: Final = 5
LARGEST_FIRST: Final = sorted(SIZES, key=lambda size: -size.width * size.height)
"""As the service queues them."""


def figures() -> Iterator[Figure]:
    if (os.cpu_count() or 1) < 2:
        return  # two processes on one core tell nothing
    pictures = {hashlib.sha256(data).hexdigest(): data for data in (sample_photo_jpeg(), sample_logo_png())}
    pools = {slots: RenderPool(RenderTerms(slots)) for slots in (1, 2)}
    try:
        for slots, pool in pools.items():
            _seconds(pool, slots, 0, pictures)  # the processes are up and warm
        # Taken in turns, so that what else the machine does weighs on both alike.
        gains = [
            _seconds(pools[1], 1, turn, pictures) / _seconds(pools[2], 2, turn, pictures)
            for turn in range(1, TURNS + 1)
        ]
    finally:
        for pool in pools.values():
            pool.close()
    conditions = (
        f"{len(SIZES)} sizes x {BATCH} variants from one 3000 x 2000 JPEG, PNG and score, "
        f"through the pool of render processes, wall clock, median of {TURNS} turns"
    )
    yield Figure("gain_of_two_render_processes", median(gains), "times one", conditions)


def _seconds(pool: RenderPool, slots: int, turn: int, pictures: dict[str, bytes]) -> float:
    """How long an order takes whose sizes are drawn side by side, as a worker's jobs are."""
    photo, logo = pictures
    order = brief(100 + turn)

    def draw(size: Format) -> None:
        for variant in range(1, BATCH + 1):
            request = RenderRequest(order, photo, logo, turn, size.kind, variant, BATCH)
            pool.render(request, pictures.__getitem__)

    started = time.perf_counter()
    with ThreadPoolExecutor(slots) as threads:
        list(threads.map(draw, LARGEST_FIRST))
    return time.perf_counter() - started
