# SPDX-License-Identifier: Apache-2.0
"""The service on every database and storage."""

from collections.abc import Callable, Iterator

import pytest

from affiche.settings import Settings
from tests.doubles.house import House


@pytest.fixture
def house(database_url: str, storage_url: str, make_settings: Callable[..., Settings]) -> Iterator[House]:
    with House.open(make_settings(database_url=database_url, storage_url=storage_url)) as opened:
        yield opened
