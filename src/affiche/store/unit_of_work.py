# SPDX-License-Identifier: Apache-2.0
"""Transactions."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session


class Store:
    """The database. One `transaction` is one all-or-nothing change; jobs enqueued in it belong to it.

    On SQLite a transaction takes the write lock with its first write, and what it read before is not protected. So a
    use case that decides by what it reads writes first (see `processes.lock`), which works the same on PostgreSQL.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commits when the block ends well, else rolls back. Rows stay readable afterwards."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """For reading only: everything inside the block is seen as it was at one moment."""
        with Session(self.engine) as session:
            if self.engine.dialect.name == "sqlite":
                session.connection().exec_driver_sql("BEGIN")
            else:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    def check(self) -> None:
        """Raise whatever the database driver raises if the database cannot be reached."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(1))

    def close(self) -> None:
        self.engine.dispose()
