# SPDX-License-Identifier: Apache-2.0
"""Bringing the database to the current schema at start, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x6166666963686501  # "affiche" and a version, as PostgreSQL's advisory locks are numbers


def migrate(engine: sa.Engine) -> None:
    """Apply the missing migrations. Safe when several processes start at once: the others wait, then find it done."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    if is_current(engine, config):
        return
    with _exclusive(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: sa.Engine, config: Config) -> bool:
    with engine.connect() as connection:
        heads = set(MigrationContext.configure(connection).get_current_heads())
    return heads == set(ScriptDirectory.from_config(config).get_heads())


@contextmanager
def _exclusive(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other migration runs beside."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection
