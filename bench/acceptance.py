# SPDX-License-Identifier: Apache-2.0
"""How long a client waits until its order is accepted."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from affiche.cli.demonstration.campaign import texts_of
from affiche.cli.demonstration.ear import Ear, listening
from affiche.cli.demonstration.house import House
from affiche.client import AdCreativeClient
from affiche.creative.formats import RenderKind
from affiche.samples import sample_logo_png, sample_photo_jpeg
from bench.campaigns import brief
from bench.figures import Figure, quantile
from bench.memory import children, peak_megabytes

WARM_UP: Final = 5
ORDERS: Final = 60
_COMMENT: Final = b"\xff\xfe\x00\x0c"
_TWO_MEGABYTES: Final = 2_000_000


def figures() -> Iterator[Figure]:
    photo, logo = two_megabytes(), sample_logo_png()
    with tempfile.TemporaryDirectory() as name:
        house = House(Path(name) / "home", Path(name) / "server.log", workers=0)
        credentials = house.create_application("Benchmark")
        with house.serving() as pid, listening(Ear()) as hook, AdCreativeClient(house.url, credentials) as client:
            client.register_webhook(hook)
            waits = [_order(client, number, photo, logo) for number in range(WARM_UP + ORDERS)][WARM_UP:]
            peaks = [peak_megabytes(child) for child in children(pid)]
    conditions = (
        f"{ORDERS} orders after each other, each an upload of {len(photo) / 1e6:.1f} MB and a logo for 5 creatives, "
        "SQLite and files, no worker running"
    )
    yield Figure("accept_latency_p50", quantile(waits, 0.5), "ms", conditions)
    yield Figure("accept_latency_p95", quantile(waits, 0.95), "ms", conditions)
    if peaks:
        yield Figure("api_process_peak_rss", max(peaks), "MB", conditions)


def two_megabytes() -> bytes:
    """The sample photo as a JPEG of at least 2 MB, at the lowest quality that has so many."""
    for quality in range(86, 101):
        photo = sample_photo_jpeg(quality=quality)
        if len(photo) >= _TWO_MEGABYTES:
            return photo
    return photo


def _order(client: AdCreativeClient, number: int, photo: bytes, logo: bytes) -> float:
    """Milliseconds until an order is accepted. Its photo is new to the server: it carries a comment of its own."""
    own = photo[:2] + _COMMENT + f"{number:010d}".encode() + photo[2:]
    started = time.perf_counter()
    client.start(texts_of(brief(number)), own, logo, render_kind=RenderKind.POST)
    return 1000 * (time.perf_counter() - started)
