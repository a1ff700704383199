# SPDX-License-Identifier: Apache-2.0
"""``affiche serve``: one API process and one worker process, started again when they die."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from affiche import logs, metrics
from affiche.settings import Settings

_LOOK_SECONDS: Final = 0.2
_SHORT_LIFE_SECONDS: Final = 10.0
_SHORT_LIVES: Final = 5
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 8.0
_GRACE_SECONDS: Final = 1.0
_PR_SET_PDEATHSIG: Final = 1
_log = logs.logger(__name__)


@dataclass(slots=True)
class Part:
    """A process to keep alive. It is started by ``command`` with the variables ``environment``."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    not_before: float = 0.0
    short_lives: int = field(default=0)

    def start(self, now: float) -> None:
        """In a session of its own, so that Ctrl-C reaches it through us only; it ends when we are killed."""
        self.process = subprocess.Popen(
            self.command, env=dict(self.environment), start_new_session=True, preexec_fn=_die_with_parent
        )
        self.started = now
        _log.info("part_started", part=self.name, pid=self.process.pid)

    def look(self, now: float) -> None:
        """Start it, or note that it died and when it may be started again."""
        if self.process is None:
            if now >= self.not_before:
                self.start(now)
        elif (code := self.process.poll()) is not None:
            metrics.forget_process(self.process.pid)
            self.short_lives = self.short_lives + 1 if now - self.started < _SHORT_LIFE_SECONDS else 0
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** max(0, self.short_lives - 1))
            _log.warning("part_died", part=self.name, exit_code=code, restart_seconds=pause)
            self.process, self.not_before = None, now + pause

    @property
    def is_hopeless(self) -> bool:
        """It died shortly after each of its last starts."""
        return self.short_lives >= _SHORT_LIVES


def serve(settings: Settings) -> int:
    """Run API and workers until SIGINT or SIGTERM; call it in the main thread.

    Returns 0 after an ordered end (within about ten seconds), 1 when a part cannot be kept alive.
    """
    logs.configure(settings.log_format, settings.log_level)
    leaving = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: leaving.set())
    environment = dict(os.environ) | settings.environment() | {metrics.FOLDER_VARIABLE: _metrics_folder(settings)}
    names = ["api"] + (["worker"] if settings.workers > 0 else [])
    parts = [Part(name, [sys.executable, "-m", "affiche", name], environment) for name in names]
    return keep_alive(parts, leaving, settings.drain_seconds + _GRACE_SECONDS)


def keep_alive(parts: Sequence[Part], leaving: threading.Event, seconds_to_leave: float) -> int:
    """Start the parts, and again when they die, until ``leaving`` is set; then end them. Returns the exit code."""
    try:
        while not leaving.is_set():
            for part in parts:
                part.look(time.monotonic())
            hopeless = [part.name for part in parts if part.is_hopeless]
            if hopeless:
                _log.error("giving_up", parts=hopeless)
                return 1
            leaving.wait(_LOOK_SECONDS)
        return 0
    finally:
        _end(parts, seconds_to_leave)


def _end(parts: Sequence[Part], seconds: float) -> None:
    """Ask every part to leave, then make it."""
    alive = [part.process for part in parts if part.process is not None]
    for process in alive:
        process.terminate()
    deadline = time.monotonic() + seconds
    for process in alive:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _metrics_folder(settings: Settings) -> str:
    """An empty folder where the parts leave their figures."""
    folder = settings.home / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return str(folder)


def _die_with_parent() -> None:
    """On Linux, have the kernel send SIGTERM to this new process when its parent ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
