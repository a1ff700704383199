# SPDX-License-Identifier: Apache-2.0
"""Prometheus metrics of the service and its workers.

Several processes make one server. When ``PROMETHEUS_MULTIPROC_DIR`` is set (the supervisor sets it), each writes its
figures there and `exposition` adds them up; otherwise it shows this process alone.
"""

import os
from typing import Final

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
_RENDER_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

TASKS_FINISHED: Final = Counter("affiche_tasks_finished", "Tasks that ended, by outcome (done, failed).", ["outcome"])
RENDER_SECONDS: Final = Histogram(
    "affiche_render_seconds", "Seconds to draw one creative, by size.", ["format"], buckets=_RENDER_SECONDS
)
SHOOT_SECONDS: Final = Histogram(
    "affiche_shoot_seconds", "Seconds to take one product photo, by stage.", ["stage"], buckets=_RENDER_SECONDS
)
ITEMS_FINISHED: Final = Counter(
    "affiche_enhancement_items_finished", "Pictures of batches that ended, by outcome (completed, failed).", ["outcome"]
)
ENHANCEMENT_SECONDS: Final = Histogram(
    "affiche_enhancement_seconds",
    "Seconds to enhance one picture, by treatment.",
    ["treatment"],
    buckets=_RENDER_SECONDS,
)
RENDERERS_REPLACED: Final = Counter(
    "affiche_renderers_replaced", "Render processes that were replaced, by reason (crash, timeout, memory).", ["reason"]
)
DELIVERIES: Final = Counter(
    "affiche_deliveries",
    "Notification attempts, by channel kind and outcome (delivered, retried, gave_up).",
    ["kind", "outcome"],
)
API_REQUESTS: Final = Counter("affiche_api_requests", "Answered requests.", ["method", "route", "status"])
API_SECONDS: Final = Histogram("affiche_api_request_seconds", "Seconds to answer a request.", ["method", "route"])
JOBS_RECOVERED: Final = Counter("affiche_jobs_recovered", "Jobs taken over from workers that died.")
WORKERS_ALIVE: Final = Gauge(
    "affiche_workers_alive", "Worker processes that hold a lease.", multiprocess_mode="livemostrecent"
)


def exposition() -> bytes:
    """The figures in Prometheus' text format."""
    if not os.environ.get(FOLDER_VARIABLE):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_process(pid: int) -> None:
    """Drop the live gauges of a process that ended."""
    if os.environ.get(FOLDER_VARIABLE):
        mark_process_dead(pid)  # type: ignore[no-untyped-call]
