# SPDX-License-Identifier: Apache-2.0
"""The HTTP server process: uvicorn, without a banner and with a bounded farewell."""

from typing import Final

import uvicorn
from starlette.types import ASGIApp

FAREWELL_SECONDS: Final = 8
BACKLOG: Final = 2048


class HttpServer:
    """Serves ``app`` on ``host`` and ``port``. `run` blocks until `stop` is called or a signal comes (SIGINT, SIGTERM,
    when it runs in the main thread); requests under way then get `FAREWELL_SECONDS` to finish.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                backlog=BACKLOG,
                server_header=False,
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=FAREWELL_SECONDS,
            )
        )

    @property
    def started(self) -> bool:
        """Whether connections are accepted."""
        return self._server.started

    def run(self) -> None:
        self._server.run()

    def stop(self) -> None:
        """Stop accepting and leave; returns at once."""
        self._server.should_exit = True
