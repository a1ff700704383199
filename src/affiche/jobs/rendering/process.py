# SPDX-License-Identifier: Apache-2.0
"""The worker's end of one render process."""

import contextlib
import os
import subprocess
import sys
import time
from multiprocessing import Pipe
from typing import Final

from affiche.jobs.rendering.equipment import EMPTY_HANDED, Equipment
from affiche.jobs.rendering.messages import Answer, FetchPicture, PictureWanted, Ready, Request

_THREAD_COUNTS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VIPS_CONCURRENCY")
_FAREWELL_SECONDS: Final = 2.0
_CHILD: Final = "affiche.jobs.rendering.child"


class RendererCrashed(Exception):
    """The render process has ended in the middle of a task."""


class RendererTimedOut(Exception):
    """The render process did not answer in time and was ended."""


class RenderProcess:
    """A child process with a connection. Not for several threads at once; a crashed or late one is finished."""

    def __init__(self, renderer: str, equipment: Equipment = EMPTY_HANDED) -> None:
        """Start the process and go on at once; the first request waits until it is ready."""
        ours, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _CHILD, str(number), renderer, equipment.to_text()],
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                env=_environment(),
            )
        self._connection = ours
        self._ready = False
        self.resident_bytes = 0
        self.recent: tuple[object, ...] = ()
        """The campaigns that this process drew last, newest first."""

    @property
    def pid(self) -> int:
        return self._process.pid

    def render(self, request: Request, fetch: FetchPicture, seconds: float) -> Answer:
        """Raises `RendererCrashed` or `RendererTimedOut`, and what ``fetch`` raises; after that, close it."""
        deadline = time.monotonic() + seconds
        try:
            if not self._ready:
                self._ready = isinstance(self._receive(deadline), Ready)
            self._connection.send(request)
            while isinstance(message := self._receive(deadline), PictureWanted):
                self._connection.send(fetch(message.digest))
        except (EOFError, ConnectionError) as error:
            raise RendererCrashed(f"The render process {self.pid} has ended.") from error
        if not isinstance(message, Answer):
            raise RendererCrashed(f"The render process {self.pid} sent {type(message).__name__}.")
        self.resident_bytes = message.resident_bytes
        key = request.campaign_key
        self.recent = (key, *(other for other in self.recent if other != key))[:2]
        return message

    def _receive(self, deadline: float) -> object:
        if not self._connection.poll(max(0.0, deadline - time.monotonic())):
            raise RendererTimedOut(f"The render process {self.pid} did not answer in time.")
        return self._connection.recv()

    def kill(self) -> None:
        """End the process by force; a thread that waits in `render` gets `RendererCrashed`."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Hang up, which ends the process, and see that it does. Not while a thread is in `render`."""
        self._connection.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_FAREWELL_SECONDS)
        self.kill()


def _environment() -> dict[str, str]:
    """One core for each process, and the modules that this process finds, also when its path was set by code."""
    path = os.pathsep.join(filter(None, sys.path))
    return dict(os.environ) | dict.fromkeys(_THREAD_COUNTS, "1") | {"PYTHONPATH": path}
