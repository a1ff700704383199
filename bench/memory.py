# SPDX-License-Identifier: Apache-2.0
"""How much memory a render process takes at most, drawing what the throughput figures draw."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from affiche.jobs.rendering.messages import RenderRequest
from affiche.jobs.rendering.pool import CREATIVE_RENDERER
from affiche.jobs.rendering.process import RenderProcess
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import DESCRIBED, SIZES, VARIANTS, brief
from bench.figures import Figure

PATIENCE_SECONDS = 120.0


def figures() -> Iterator[Figure]:
    if not Path("/proc/self/status").exists():
        return  # only Linux tells a process's peak
    pictures = {hashlib.sha256(data).hexdigest(): data for data in (sample_photo_jpeg(), sample_logo_png())}
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
    yield Figure("render_process_peak_rss", peak, "MB", f"two campaigns after each other, each {DESCRIBED}, PNG")


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
