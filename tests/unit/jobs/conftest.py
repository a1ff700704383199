# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterator

import pytest

from affiche.jobs.dbos_jobs import migrate_jobs
from affiche.store.engine import open_engine
from affiche.store.migrate import migrate
from affiche.store.unit_of_work import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    migrate(engine)
    migrate_jobs(engine)
    opened = Store(engine)
    yield opened
    opened.close()
