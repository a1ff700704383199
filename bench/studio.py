# SPDX-License-Identifier: Apache-2.0
"""How fast the studio sets a product into a plate, and how much memory open plates take."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from affiche.samples.wares import bottle
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio
from bench.figures import Figure

SIZE: Final = (1674, 628)
TIMES: Final = 9
PLATES: Final = 6


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


def _anonymous() -> float:
    """Memory of this process that no file backs, MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:")) / 1024
