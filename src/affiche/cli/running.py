# SPDX-License-Identifier: Apache-2.0
"""``affiche serve``, ``api`` and ``worker``: the processes of a server."""

import socket
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affiche.cli.terminal import notes
from affiche.errors import InvalidInput

if TYPE_CHECKING:
    from affiche.settings import Settings

Host = Annotated[str | None, typer.Option(help="Address to listen on; AFFICHE_HOST otherwise.", show_default=False)]
Port = Annotated[int | None, typer.Option(help="Port to listen on; AFFICHE_PORT otherwise.", show_default=False)]
Workers = Annotated[
    int | None, typer.Option(help="Render processes; AFFICHE_WORKERS or one per core otherwise.", show_default=False)
]


def serve(host: Host = None, port: Port = None, workers: Workers = None) -> None:
    """Run the whole server: the API and a worker. Ctrl-C ends it within ten seconds."""
    settings = _settings(host=host, port=port, workers=workers)
    _require_free(settings.host, settings.port)
    from affiche.jobs.supervisor import serve as supervise

    notes().print(f"Affiche listens on {settings.url}; its API reference is {settings.url}/docs")
    raise typer.Exit(supervise(settings))


def api(host: Host = None, port: Port = None) -> None:
    """Run the API alone; workers run elsewhere on the same database and storage."""
    settings = _settings(host=host, port=port)
    _require_free(settings.host, settings.port)
    from affiche import logs
    from affiche.api.app import create_app
    from affiche.api.server import HttpServer

    logs.configure(settings.log_format, settings.log_level)
    HttpServer(create_app(settings), settings.host, settings.port).run()


def worker(workers: Workers = None) -> None:
    """Run a worker alone; it draws and delivers what API processes on the same database have accepted."""
    settings = _settings(workers=workers)
    from affiche.jobs.worker import run_worker

    run_worker(settings)


def _settings(**given: Any) -> "Settings":
    from affiche.settings import Settings

    return Settings(**{name: value for name, value in given.items() if value is not None})


def _require_free(host: str, port: int) -> None:
    """Raise `InvalidInput` when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InvalidInput(
                "port", f"Port {port} of {host} cannot be used ({reason}); choose another with --port or AFFICHE_PORT."
            ) from error
