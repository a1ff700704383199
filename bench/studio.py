# SPDX-License-Identifier: Apache-2.0
"""How fast the studio sets a product into a plate and answers a request of six pictures, and what its plates take."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Final

from affiche.images.png import png_rgba
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.messages import ShootRequest
from affiche.jobs.rendering.pool import RenderPool, RenderTerms
from affiche.samples.wares import bottle
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio
from bench.figures import Figure

SIZE: Final = (1674, 628)
TIMES: Final = 9
PLATES: Final = 6
TASKS: Final = 6
TURNS: Final = 3
# What a render process holds for photographs, in a process of its own: a picture in each plate, and the file of each.
_WORKER: Final = """
import hashlib, sys
from pathlib import Path
from affiche.images.png import png_rgba
from affiche.jobs.rendering.messages import ShootRequest
from affiche.jobs.rendering.photography import Photography
from affiche.samples.wares import bottle
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio
data = png_rgba(bottle(1200))
digest = hashlib.sha256(data).hexdigest()
work = Photography(Studio(Path(sys.argv[1])))
for name in sys.argv[4:]:
    work.shoot(ShootRequest(PRESETS[name], digest, int(sys.argv[2]), int(sys.argv[3])), lambda _: data)
lines = Path("/proc/self/status").read_text().splitlines()
held = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("VmHWM", "RssAnon"))}
print(held["VmHWM"], held["RssAnon"])
"""


def figures() -> Iterator[Figure]:
    product = bottle(1200)
    preset = PRESETS["on_platform_natural_beige_background"]
    with tempfile.TemporaryDirectory() as cache:
        studio = Studio(Path(cache))
        started = time.process_time()
        studio.plate(preset.stage)
        unpacking = time.process_time() - started
        studio.picture(preset, product, *SIZE)
        spent = []
        for _ in range(TIMES):
            started = time.process_time()
            studio.picture(preset, product, *SIZE)
            spent.append(time.process_time() - started)
        conditions = f"{SIZE[0]}x{SIZE[1]}, a cut-out of 1200 px, plate mapped, CPU time, median of {TIMES}"
        yield Figure("studio composite", 1000 * median(spent), "ms CPU", conditions)
        yield Figure("plate unpacked once per machine", 1000 * unpacking, "ms CPU", "podium, 1674x1004")
        before = _anonymous()
        for stage in sorted({one.stage for one in PRESETS.values()})[:PLATES]:
            studio.plate(stage).key.sum()
        yield Figure("memory of open plates", _anonymous() - before, "MB", f"{PLATES} more plates mapped and read")
        yield from _worker(Path(cache))
        if (os.cpu_count() or 1) > 1:
            yield _request(Path(cache))


def _worker(cache: Path) -> Iterator[Figure]:
    """The memory of a render process that has made a photograph in each of `PLATES` plates."""
    by_stage = {preset.stage: name for name, preset in PRESETS.items()}
    names = [by_stage[stage] for stage in sorted(by_stage)[:PLATES]]
    command = [sys.executable, "-c", _WORKER, str(cache), *map(str, SIZE), *names]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    note = f"a process that made a photograph of {SIZE[0]}x{SIZE[1]} and its PNG in each of {PLATES} plates"
    yield Figure("studio worker memory", float(told[0]), "MB", f"{note}, peak, mapped plates included")
    yield Figure("studio worker memory of its own", float(told[1]), "MB", f"{note}, without mapped files")


def _request(cache: Path) -> Figure:
    """The wall time of one request's tasks through two warm render processes."""
    data = png_rgba(bottle(1200))
    digest = hashlib.sha256(data).hexdigest()
    preset = PRESETS["on_platform_natural_beige_background"]
    pool = RenderPool(RenderTerms(2, equipment=Equipment(str(cache))))

    def shoot(variant: int) -> None:
        pool.shoot(ShootRequest(preset, digest, *SIZE, variant), {digest: data}.__getitem__)

    spent = []
    try:
        with ThreadPoolExecutor(2) as threads:
            for turn in range(TURNS + 1):
                started = time.perf_counter()
                list(threads.map(shoot, range(1, TASKS + 1)))
                if turn:  # the first wakes the processes
                    spent.append(time.perf_counter() - started)
    finally:
        pool.close()
    note = f"{TASKS} tasks of {SIZE[0]}x{SIZE[1]}, PNG and preview, through two warm processes, wall clock"
    return Figure("photoshoot request", median(spent), "s", f"{note}, median of {TURNS}")


def _anonymous() -> float:
    """Memory of this process that no file backs, MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:")) / 1024
