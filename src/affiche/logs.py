# SPDX-License-Identifier: Apache-2.0
"""Structured logs: one line per event on standard error, JSON for machines or coloured text for people.

Bind the ids of what is under way with ``structlog.contextvars.bound_contextvars(request_id=..., process_id=...,
task_id=...)``; every line inside carries them, lines of libraries too.
"""

import logging
import sys
from typing import Final, Literal

import structlog
from structlog.typing import Processor

_QUIET: Final = ("pyvips", "dbos", "alembic", "httpx2", "httpcore2", "aio_pika", "aiormq", "uvicorn.access")


def configure(log_format: Literal["json", "console"], level: str) -> None:
    """Set up logging for this process; chatty libraries speak from ``warning`` on."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared[:3],
            *shared[4:],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_output(log_format)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _output(log_format: Literal["json", "console"]) -> list[Processor]:
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if log_format == "json":
        return [remove, structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [remove, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for module ``name``."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return bound
