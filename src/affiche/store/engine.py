# SPDX-License-Identifier: Apache-2.0
"""Opening the database: SQLite tuned for several processes, or PostgreSQL."""

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

POOL_SIZE: Final = 5
POOL_OVERFLOW: Final = 15
"""A process holds at most 20 connections; PostgreSQL's default is 100 in all."""

_BUSY_SECONDS: Final = 30.0
_LOOK_SECONDS: Final = 0.01
_PRIMARY_CODE: Final = 0xFF  # the rest of SQLite's extended codes says more than we need
_SQLITE_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000:.0f}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
)


def database_url(text: str) -> URL:
    """The URL with the driver that we ship: psycopg 3 for any spelling of PostgreSQL."""
    url = make_url(text)
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def open_engine(text: str) -> sa.Engine:
    """An engine for ``text``; a SQLite file's folder is made if it is missing."""
    url = database_url(text)
    options: dict[str, Any] = {"pool_size": POOL_SIZE, "max_overflow": POOL_OVERFLOW}
    if url.get_backend_name() == "sqlite":
        if url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url, **options)
        sa.event.listen(engine, "connect", _tune_sqlite)
        return engine
    return sa.create_engine(url, pool_pre_ping=True, **options)


def _tune_sqlite(connection: Any, _record: object) -> None:
    """Readers never wait (WAL); a writer queues for its turn at its first write instead of failing at a later one."""
    connection.isolation_level = "IMMEDIATE"
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Switch a new file to WAL. SQLite's busy timeout does not cover several servers that do so at once."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & _PRIMARY_CODE in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(_LOOK_SECONDS)
