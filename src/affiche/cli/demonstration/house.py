# SPDX-License-Identifier: Apache-2.0
"""A server of its own for the demonstration: a fresh home, a free port, a log file."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx2

from affiche.client import Credentials
from affiche.errors import AfficheError

_START_SECONDS: Final = 60.0
_END_SECONDS: Final = 15.0
_LOOK_SECONDS: Final = 0.1
_COMMAND: Final = (sys.executable, "-m", "affiche")


class ServerFailed(AfficheError):
    """The demonstration's server does not start or has died; the message names its log."""

    code = "server_failed"


class House:
    """A server's home, the settings it runs with, and its log."""

    def __init__(self, home: Path, log: Path, workers: int | None = None) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AFFICHE_")}
        self._environment = kept | {
            "AFFICHE_HOME": str(home),
            "AFFICHE_PORT": str(self.port),
            "AFFICHE_ALLOW_PRIVATE_TARGETS": "true",  # the demonstration listens on this machine
        }
        if workers is not None:
            self._environment["AFFICHE_WORKERS"] = str(workers)

    def create_application(self, name: str) -> Credentials:
        """Run ``affiche apps create``. Raises `ServerFailed`."""
        command = [*_COMMAND, "apps", "create", "--name", name, "--json"]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        self.log.write_text(done.stderr)
        if done.returncode != 0:
            raise ServerFailed(f"'affiche apps create' failed; its output is in {self.log}.")
        return Credentials.of(json.loads(done.stdout))

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Run ``affiche serve`` while the block runs; gives its process id. Raises `ServerFailed`."""
        with self.log.open("ab") as log:
            process = subprocess.Popen([*_COMMAND, "serve"], env=self._environment, stdout=log, stderr=log)
            try:
                self._await_ready(process)
                yield process.pid
            finally:
                _end(process)

    def _await_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx2.get(f"{self.url}/readyz", timeout=2.0).status_code == 200:
                    return
            except httpx2.TransportError:
                pass  # it is not listening yet
            time.sleep(_LOOK_SECONDS)
        raise ServerFailed(f"The server did not start; its log is {self.log}.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
