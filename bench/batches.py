# SPDX-License-Identifier: Apache-2.0
"""How long a client waits until its batch of product pictures is accepted, and how often it may look."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx2

from affiche.cli.demonstration.house import House
from affiche.service.accounts.key_values import Environment
from affiche.service.assembly import Services
from affiche.settings import Settings
from bench.figures import Figure, quantile

PATH: Final = "/api/v1/product-image-enhancements"
WARM_UP: Final = 5
BATCHES: Final = 60
IMAGES: Final = 20
LOOK_SECONDS: Final = 3.0


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        with Services.open(Settings(home=home)) as services:
            key = services.keys.create(Environment.LIVE, "Benchmark").key
        house = House(home, Path(name) / "server.log", workers=0)
        headers = {"Authorization": f"Bearer {key}"}
        with house.serving(), httpx2.Client(base_url=house.url, headers=headers, timeout=30) as client:
            waits = [_create(client, number) for number in range(WARM_UP + BATCHES)][WARM_UP:]
            looks = _looks(client)
    conditions = f"{BATCHES} batches of {IMAGES} pictures after each other, SQLite, no worker running"
    yield Figure("batch_accept_latency_p50", quantile(waits, 0.5), "ms", conditions)
    yield Figure("batch_accept_latency_p95", quantile(waits, 0.95), "ms", conditions)
    looking = f"one client that asks again and again how far a batch of {IMAGES} pictures is, one API process"
    yield Figure("batch_status_rate", looks, "1/s", looking)


def _create(client: httpx2.Client, number: int) -> float:
    """Milliseconds until a batch is accepted."""
    body = {"images": [{"source_url": f"http://127.0.0.1:9/{number}/{image}.png"} for image in range(IMAGES)]}
    started = time.perf_counter()
    client.post(PATH, json=body, headers={"Idempotency-Key": f"batch-{number:06}"}).raise_for_status()
    return 1000 * (time.perf_counter() - started)


def _looks(client: httpx2.Client) -> float:
    """Status answers in a second."""
    body = {"images": [{"source_url": f"http://127.0.0.1:9/{image}.png"} for image in range(IMAGES)]}
    made = client.post(PATH, json=body, headers={"Idempotency-Key": "looked-at"}).raise_for_status()
    path = f"{PATH}/{made.json()['enhancement']['id']}"
    count, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < LOOK_SECONDS:
        client.get(path).raise_for_status()
        count += 1
    return count / spent
