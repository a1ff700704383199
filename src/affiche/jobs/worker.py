# SPDX-License-Identifier: Apache-2.0
"""The worker process. This is its composition root, as `affiche.api.app` is that of API processes: it alone in
``jobs`` knows the use cases."""

import os
import signal
import threading
import time
from typing import Final, NoReturn

from affiche import logs
from affiche.jobs.rendering.pool import CREATIVE_RENDERER
from affiche.jobs.workbench import Workbench
from affiche.service.assembly import Foundation
from affiche.service.workshop import job_handlers
from affiche.settings import Settings

_CLOSING_SECONDS: Final = 2.0


def run_worker(settings: Settings, renderer: str = CREATIVE_RENDERER) -> NoReturn:
    """Be a worker until SIGTERM or SIGINT; then drain and end the process within ten seconds. Call it in a process of
    its own and in the main thread. ``renderer`` names the class that draws, as ``module:Class``."""
    logs.configure(settings.log_format, settings.log_level)
    leaving = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: leaving.set())
    base = Foundation.open(settings)
    bench = Workbench(
        settings, base.store, base.jobs, base.clock, lambda pool: job_handlers(settings, base, pool), renderer
    )
    bench.start()
    bench.watch(leaving)
    _leave(bench, settings.drain_seconds)


def _leave(bench: Workbench, seconds: float) -> NoReturn:
    """Threads that hang must not keep the process: what they hold is recovered elsewhere."""
    threading.Thread(target=_end_at, args=(time.monotonic() + seconds,), daemon=True).start()
    bench.stop(max(1.0, seconds - _CLOSING_SECONDS))
    os._exit(0)


def _end_at(deadline: float) -> None:
    time.sleep(max(0.0, deadline - time.monotonic()))
    os._exit(0)
