# SPDX-License-Identifier: Apache-2.0
import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from affiche.store.engine import open_engine


def test_a_new_file_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "affiche.db"
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE mine (id INTEGER)")
        held.set()
        released.wait(10)
        other.execute("COMMIT")
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    threading.Timer(0.3, released.set).start()
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
    engine.dispose()
    holder.join()


def test_connections_that_open_a_new_file_at_once_all_succeed(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def connect(number: int, barrier: threading.Barrier) -> None:
        engine = open_engine(f"sqlite:///{tmp_path / f'{number}.db'}")
        barrier.wait(10)
        try:
            engine.connect().close()
        except sa.exc.OperationalError as error:
            faults.append(error)
        engine.dispose()

    for number in range(40):
        barrier = threading.Barrier(6)
        threads = [threading.Thread(target=connect, args=(number, barrier)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert faults == []


def test_a_file_that_is_no_database_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "affiche.db"
    path.write_text("This is a letter and not a database. " * 100)
    with pytest.raises(sa.exc.DatabaseError, match="not a database"):
        open_engine(f"sqlite:///{path}").connect()
