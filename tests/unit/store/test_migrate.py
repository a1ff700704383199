# SPDX-License-Identifier: Apache-2.0
import importlib.util
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from affiche.store import key_tables, ledger_tables, tables
from affiche.store.base import Base
from affiche.store.engine import open_engine
from affiche.store.migrate import migrate

if importlib.util.find_spec("affiche.store.notification_tables"):
    importlib.import_module("affiche.store.notification_tables")


def test_the_migrations_make_what_the_rows_describe(empty_database_url: str) -> None:
    engine = open_engine(empty_database_url)
    migrate(engine)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        for row in (tables.TaskRow, ledger_tables.LedgerEntryRow, key_tables.ApiKeyRow):
            assert connection.scalar(sa.select(sa.func.count()).select_from(row)) == 0
    engine.dispose()


def test_servers_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    def start(_: int) -> None:
        engine = open_engine(empty_database_url)
        migrate(engine)
        engine.dispose()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(start, range(6)))
    engine = open_engine(empty_database_url)
    with engine.connect() as connection:
        assert len(connection.execute(sa.text("select version_num from alembic_version")).all()) == 1
    engine.dispose()
