# SPDX-License-Identifier: Apache-2.0
"""How fast a server makes a batch of product pictures: from the order over the fetching to the last result."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from affiche.cli.demonstration.house import House
from affiche.client import EnhancementClient, Picture
from affiche.samples import SNAPSHOT_SIZE, sample_snapshot_jpeg
from affiche.service.accounts.key_values import Environment
from affiche.service.assembly import Services
from affiche.settings import Settings
from bench.figures import Figure

PRESET: Final = "marketplace_clean_catalog"
IMAGES: Final = 20
PATIENCE: Final = 600.0
_COARSEST: Final = 76


def figures() -> Iterator[Figure]:
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        with Services.open(Settings(home=home)) as services:
            key = services.keys.create(Environment.LIVE, "Benchmark").key
        house = House(home, Path(name) / "server.log", workers=cores)
        files = [sample_snapshot_jpeg(_COARSEST + number) for number in range(IMAGES)]
        with house.serving(), shelf(files) as urls, EnhancementClient(house.url, key) as client:
            _seconds(client, urls[:cores])
            spent = _seconds(client, urls)
    size = "x".join(str(side) for side in SNAPSHOT_SIZE)
    conditions = (
        f"a batch of {IMAGES} for {PRESET}, JPEGs of {size} px fetched over HTTP, end to end; "
        f"{cores} warm render processes beside the API, SQLite and files"
    )
    yield Figure("batch_images_per_minute_per_core", IMAGES / spent * 60 / cores, "images/min", conditions)


@contextmanager
def shelf(files: Sequence[bytes]) -> Iterator[list[str]]:
    """A web server that gives away JPEG files; gives their URLs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files[int(self.path.removeprefix("/").removesuffix(".jpg"))]
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield [f"http://127.0.0.1:{server.server_port}/{number}.jpg" for number in range(len(files))]
        server.shutdown()


def _seconds(client: EnhancementClient, urls: list[str]) -> float:
    """From the order of a batch until its last picture has been made."""
    started = time.perf_counter()
    made = client.create([Picture(url) for url in urls], preset=PRESET)
    done = client.wait(made.batch_id, seconds=PATIENCE, every=0.1)
    spent = time.perf_counter() - started
    if done.status != "completed":
        raise RuntimeError(f"The batch ended as {done.status}.")
    return spent
