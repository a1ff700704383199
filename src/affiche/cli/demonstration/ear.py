# SPDX-License-Identifier: Apache-2.0
"""A webhook that listens: it answers every notification with 200 and keeps it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

_TASK: Final = "TaskCompleted"
_PROCESS: Final = "Progress"
"""What the types of messages end with; what they begin with tells creatives from photos."""

_LARGEST_BODY: Final = 64 * 1024 * 1024


class Ear:
    """The notifications that have come, of creatives and of photos; safe for several threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._successes: set[str] = set()
        self._failures: dict[str, str] = {}
        self._ended: set[str] = set()

    def hear(self, message: dict[str, Any]) -> None:
        """Keep one notification. Raises `KeyError` for something else than a notification."""
        with self._changed:
            if message["MessageType"].endswith(_TASK):
                self._keep_task(message)
            elif message["MessageType"].endswith(_PROCESS) and message["Progress"] == 100:
                self._ended.add(message["ImageRenderProcessId"])
            self._changed.notify_all()

    def _keep_task(self, message: dict[str, Any]) -> None:
        if message["IsSuccessful"]:
            self._successes.add(message["TaskId"])
        else:
            self._failures[message["TaskId"]] = message["ErrorMessage"]

    @property
    def tasks(self) -> set[str]:
        """The tasks whose success was told."""
        with self._changed:
            return set(self._successes)

    @property
    def failures(self) -> dict[str, str]:
        """The tasks whose failure was told, with the reasons."""
        with self._changed:
            return dict(self._failures)

    @property
    def ended(self) -> set[str]:
        """The processes that were told to be complete."""
        with self._changed:
            return set(self._ended)

    def wait_for(self, tasks: int, seconds: float, processes: int = 1) -> bool:
        """Wait until so many tasks and whole processes are told; False when that takes longer than ``seconds``."""

        def complete() -> bool:
            return len(self._successes) + len(self._failures) >= tasks and len(self._ended) >= processes

        with self._changed:
            return self._changed.wait_for(complete, seconds)


@contextmanager
def listening(ear: Ear) -> Iterator[str]:
    """Receive notifications for ``ear`` while the block runs; gives the webhook's URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = HTTPStatus.OK
            try:
                length = min(int(self.headers["Content-Length"]), _LARGEST_BODY)
                ear.hear(json.loads(self.rfile.read(length)))
            except (KeyError, TypeError, ValueError):
                status = HTTPStatus.BAD_REQUEST
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/notifications"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
