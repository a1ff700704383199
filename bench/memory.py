# SPDX-License-Identifier: Apache-2.0
"""How much memory a render process takes at most, and whether it grows over thousands of creatives."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from affiche.creative.formats import RenderKind, formats_of
from affiche.jobs.rendering.messages import RenderRequest
from affiche.jobs.rendering.pool import CREATIVE_RENDERER
from affiche.jobs.rendering.process import RenderProcess
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import DESCRIBED, SIZES, VARIANTS, brief
from bench.figures import Figure

PATIENCE_SECONDS = 120.0
SMALL = formats_of(RenderKind.DISPLAY)
"""Banners: they go the same way as large sizes, in a tenth of the time."""
LASTING = 5000
SETTLED = 500


def figures() -> Iterator[Figure]:
    if not Path("/proc/self/status").exists():
        return  # only Linux tells a process's peak
    pictures = {hashlib.sha256(data).hexdigest(): data for data in (sample_photo_jpeg(), sample_logo_png())}
    yield _peak(pictures)
    yield _slope(pictures)


def _peak(pictures: dict[str, bytes]) -> Figure:
    photo, logo = pictures
    process = RenderProcess(CREATIVE_RENDERER)
    try:
        for turn in range(2):
            for format in SIZES:
                for variant in range(1, VARIANTS + 1):
                    request = RenderRequest(brief(turn), photo, logo, turn, format.kind, variant, VARIANTS)
                    process.render(request, pictures.__getitem__, PATIENCE_SECONDS)
        peak = peak_megabytes(process.pid)
    finally:
        process.close()
    return Figure("render_process_peak_rss", peak, "MB", f"two campaigns after each other, each {DESCRIBED}, PNG")


def _slope(pictures: dict[str, bytes]) -> Figure:
    """The memory held after each campaign, as a line through it; every campaign has texts and a seed of its own."""
    photo, logo = pictures
    process, drawn, held = RenderProcess(CREATIVE_RENDERER), [], []
    count = 0
    try:
        while count < LASTING:
            for format in SMALL:
                for variant in range(1, VARIANTS + 1):
                    request = RenderRequest(brief(count), photo, logo, count, format.kind, variant, VARIANTS)
                    process.render(request, pictures.__getitem__, PATIENCE_SECONDS)
            count += len(SMALL) * VARIANTS
            if count > SETTLED:
                drawn.append(count / 1000)
                held.append(process.resident_bytes / 1e6)
    finally:
        process.close()
    slope = float(np.polyfit(drawn, held, 1)[0])
    names = ", ".join(f"{format.width} x {format.height}" for format in SMALL)
    return Figure(
        "render_process_growth",
        slope,
        "MB per 1,000 creatives",
        f"{LASTING:,} creatives in sizes {names}, {VARIANTS} variants, a campaign of its own for every "
        f"{len(SMALL) * VARIANTS}, PNG and score; resident memory after the first {SETTLED}, by least squares",
    )


def peak_megabytes(pid: int) -> float:
    """The most resident memory that a process has had, in MB of 10**6 bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    match = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(match[1]) * 1024 / 1e6 if match else 0.0


def children(pid: int) -> list[int]:
    """The processes that ``pid`` has started and that are alive."""
    tasks = Path(f"/proc/{pid}/task")
    lists = [task / "children" for task in tasks.iterdir()] if tasks.exists() else []
    return [int(child) for file in lists for child in file.read_text().split()]
